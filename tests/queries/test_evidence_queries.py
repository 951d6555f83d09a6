import pytest

from tests.factories import make_evidence, make_organization, make_people, make_task
from tests.statements import count_queries
from tracker.queries import evidence


@pytest.fixture
def divisions(db):
    """Two divisions of one organization."""
    return make_people(make_organization()).member.user.organization.divisions


def titles(rows):
    return [row.title for row in rows]


def test_all_evidence_of_a_task_comes_in_one_statement_however_much_there_is(db, divisions):
    task = make_task()
    old = make_evidence(task, title="1.jpg")
    make_evidence(task, title="2.jpg", replaces=old)
    make_evidence(task, title="3.jpg", is_withdrawn=True)
    make_evidence(task, title="ลิงก์", url="https://example.go.th/")
    make_evidence(make_task(), title="อื่น.jpg")
    db.session.expire_all()

    with count_queries() as heard:
        shown = [
            (row.title, row.file and row.file.size, row.added_by.position.title, row.withdrawn_by)
            for row in evidence.of_task(task.id)
        ]

    assert [title for title, *_ in shown] == ["ลิงก์", "3.jpg", "2.jpg", "1.jpg"]
    assert len(heard) == 2  # the task's number, which the test itself reads anew, and the evidence


def test_only_what_stands_is_counted(divisions):
    task = make_task()
    make_evidence(task, replaces=make_evidence(task))
    make_evidence(task, is_withdrawn=True)
    make_evidence(task, url="https://example.go.th/")

    assert evidence.count_of(task.id) == 2


def test_earlier_files_are_those_of_the_division_on_other_tasks_the_newest_first(divisions):
    ours, theirs = divisions
    task = make_task(division=ours)
    make_evidence(make_task(division=ours), title="เก่า.jpg")
    make_evidence(make_task(division=ours), title="ใหม่.jpg")
    make_evidence(make_task(division=ours), title="ถอนแล้ว.jpg", is_withdrawn=True)
    make_evidence(make_task(division=ours), title="ลิงก์", url="https://example.go.th/")
    make_evidence(make_task(division=theirs), title="ของกองอื่น.jpg")
    make_evidence(task, title="อยู่แล้ว.jpg")

    assert titles(evidence.earlier_files(task)) == ["ใหม่.jpg", "เก่า.jpg"]


def test_a_content_that_was_used_often_is_offered_once(divisions):
    task, other = make_task(), make_task()
    first = make_evidence(other, title="ชื่อแรก.jpg")
    again = make_evidence(make_task(), title="ชื่อหลัง.jpg")
    again.file = first.file

    assert titles(evidence.earlier_files(task)) == ["ชื่อหลัง.jpg"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ประชุม", ["ประชุม ABC 100%.jpg"]),
        ("abc ประชุม", ["ประชุม ABC 100%.jpg"]),
        ("100%", ["ประชุม ABC 100%.jpg"]),
        ("%", ["ประชุม ABC 100%.jpg"]),
        ("_", []),
        ("ไม่มี", []),
    ],
)
def test_words_narrow_the_earlier_files(divisions, words, found):
    task = make_task()
    for title in ("ประชุม ABC 100%.jpg", "ภาพกิจกรรม.jpg"):
        make_evidence(make_task(), title=title)

    assert titles(evidence.earlier_files(task, words=words)) == found


def test_names_on_the_disk_are_known_by_file_and_previews(divisions):
    file = make_evidence(make_task()).file
    names = [file.name, file.preview_name, file.thumbnail_name]

    assert evidence.kept_names([*names, "0" * 32]) == set(names)
