import pytest

from tests.factories import make_task
from tracker.domain.statuses import Status


@pytest.mark.parametrize(
    ("who", "before", "name"),
    [
        ("clerk", Status.SUBMITTED, "return"),
        ("clerk", Status.DONE, "reopen"),
        ("clerk", Status.IN_PROGRESS, "not_applicable"),
        ("member", Status.IN_PROGRESS, "block"),
    ],
)
@pytest.mark.parametrize("note", ["", "  \n "])
def test_what_sets_a_duty_aside_needs_a_reason(move, visit, people, told, who, before, name, note):
    task = make_task(status=before)

    page = move(visit(getattr(people, who)), task, name, note=note, status=422)

    assert page.alerts == ["โปรดระบุเหตุผลโดยย่อ เพื่อให้ผู้เกี่ยวข้องทราบจากประวัติ"]
    assert (task.status, task.blocked_reason, told(task)) == (before, "", [])


def test_a_note_of_the_longest_length_is_taken_and_a_longer_one_is_refused_but_not_lost(move, visit, people):
    task = make_task()
    longest = "ก" * 2000
    visitor = visit(people.member)

    refused = move(visitor, task, "start", note=longest + "ข", status=422)

    assert "2000" in " ".join(refused.alerts)
    assert ["".join(area.content) for area in refused.root.all("textarea") if area.get("name") == "note"] == [
        longest + "ข"
    ]
    assert task.status == Status.NOT_STARTED
    assert longest in move(visitor, task, "start", note=longest).main


def test_lines_that_a_browser_ends_in_two_characters_count_as_one(move, visit, people):
    task = make_task()

    move(visit(people.member), task, "start", note="ก\r\n" * 1000)

    assert task.status == Status.IN_PROGRESS


def test_a_note_is_shown_as_written_never_run(move, visit, people):
    task = make_task()

    page = move(visit(people.member), task, "start", note="<img src=x onerror=alert(1)> & 'quotes'")

    assert "<img src=x onerror=alert(1)> & 'quotes'" in page.main
    assert page.root.all("img") == []


@pytest.mark.parametrize("note", ["a\x00b", "\ud83d", "\u202egnp.exe", "\x1b[31m"])
def test_a_note_of_odd_characters_is_no_failure(visit, people, note):
    task = make_task()
    body = note.encode("utf-8", "surrogatepass")

    visitor = visit(people.member)
    visitor.get(f"/tasks/{task.id}")
    visitor.post(f"/tasks/{task.id}/status", {"move": "start", "note": body}, status=302)

    assert task.status == Status.IN_PROGRESS
