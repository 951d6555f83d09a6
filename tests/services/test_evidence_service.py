import io
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from tests.clocks import MORNING, TODAY
from tests.factories import make_evidence, make_measure, make_organization, make_plan, make_task, storage
from tests.papers import jpg, pdf
from tracker.documents.evidence.intake import taken_in
from tracker.domain.evidence import EvidenceKind, NotAnAddress
from tracker.domain.history import EventKind, digest
from tracker.domain.statuses import Placement, ReasonNeeded, Status
from tracker.extensions import db
from tracker.models import Evidence, StoredFile
from tracker.models.evidence import is_current
from tracker.queries import evidence as queries
from tracker.services import events, evidence, tasks
from tracker.services.evidence import AlreadyThere, NotCurrent, OtherKind
from tracker.services.tasks import EvidenceNeeded, NotOpen

LATER = MORNING + timedelta(hours=1)
LINK = "https://www.example.go.th/ita"
CLOSED = [Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE]


@contextmanager
def taken(content, name="รายงาน.pdf"):
    with taken_in(io.BytesIO(content), name=name, storage=storage(), limit=1024 * 1024) as file:
        yield file


@pytest.fixture
def attach(people):
    """Add a file to a task as the head of its division."""

    def attach(task, content=None, name="รายงาน.pdf"):
        with taken(content or pdf(), name) as file:
            return evidence.add_file(task=task, file=file, storage=storage(), by=people.member, now=MORNING)

    return attach


@pytest.fixture
def replace(people):
    def replace(old, content, name="ฉบับแก้ไข.pdf"):
        with taken(content, name) as file:
            return evidence.replace_file(evidence=old, file=file, storage=storage(), by=people.member, now=LATER)

    return replace


def link(task, people, url=LINK, title=""):
    return evidence.add_link(task=task, url=url, title=title, by=people.member, now=MORNING)


def withdraw(row, people, reason="แนบผิดงาน"):
    evidence.withdraw(evidence=row, reason=reason, by=people.member, now=LATER)


def current(task):
    return [row.title for row in queries.of_task(task.id) if row.id in set(_current_ids(task))]


def _current_ids(task):
    return db.session.scalars(select(Evidence.id).where(Evidence.task_id == task.id, is_current())).all()


def test_a_file_is_kept_with_its_name_and_who_added_it_when(attach, people):
    task = make_task()

    row = attach(task, name="คำสั่งแต่งตั้ง.pdf")

    assert (row.kind, row.title, row.version) == (EvidenceKind.FILE, "คำสั่งแต่งตั้ง.pdf", 1)
    assert (row.added_at, row.added_by_id) == (MORNING, people.member.id)
    assert storage().path_of(row.file.name).read_bytes() == pdf()


def test_the_history_proves_which_content_was_added(attach, told):
    task = make_task()

    attach(task)

    assert told(task) == [(EventKind.EVIDENCE_ADDED, "", sha256(pdf()).hexdigest(), "รายงาน.pdf")]
    assert events.first_break(task.plan) is None


def test_adding_evidence_leaves_the_status_alone(attach):
    task = make_task()

    attach(task)

    assert task.status == Status.NOT_STARTED
    assert task.last_event_at == MORNING


def test_a_link_is_kept_in_one_spelling_and_proved_by_its_address(people, told):
    task = make_task()

    row = link(task, people, "HTTPS://WWW.Example.go.th/ita", title="ประกาศ  บนเว็บไซต์")

    assert (row.kind, row.url, row.title) == (EvidenceKind.LINK, LINK, "ประกาศ บนเว็บไซต์")
    assert told(task) == [(EventKind.EVIDENCE_ADDED, "", digest(LINK), "ประกาศ บนเว็บไซต์")]


def test_a_link_without_words_is_called_by_its_address(people):
    assert link(make_task(), people).title == "www.example.go.th/ita"


def test_a_link_that_is_none_is_refused(people, told):
    task = make_task()

    with pytest.raises(NotAnAddress):
        link(task, people, "javascript:alert(1)")

    assert told(task) == []


@pytest.mark.parametrize("status", CLOSED)
def test_a_task_that_is_not_open_takes_no_evidence_and_gives_none_back(attach, people, told, status):
    task = make_task(status=status)
    row = make_evidence(task)

    for act in (lambda: attach(task), lambda: link(task, people), lambda: withdraw(row, people)):
        with pytest.raises(NotOpen):
            act()

    assert told(task) == []


def test_a_task_that_the_schedule_gave_up_takes_no_evidence(attach):
    task = make_task()
    task.placement = Placement.RETIRED

    with pytest.raises(NotOpen):
        attach(task)


def test_the_same_content_does_not_stand_on_a_task_twice(attach, people, told):
    task = make_task()
    attach(task)
    link(task, people)

    with pytest.raises(AlreadyThere):
        attach(task, name="อีกชื่อหนึ่ง.pdf")
    with pytest.raises(AlreadyThere):
        link(task, people, LINK.upper().replace("/ITA", "/ita"))

    assert len(told(task)) == 2


def test_the_same_content_on_another_task_is_stored_once(db, attach):
    before = len(list(storage().all_files()))

    first, second = attach(make_task()), attach(make_task(), name="อีกชื่อหนึ่ง.pdf")

    assert first.file_id == second.file_id
    assert [first.title, second.title] == ["รายงาน.pdf", "อีกชื่อหนึ่ง.pdf"]
    assert len(list(storage().all_files())) == before + 1


def test_organizations_share_no_content(db, attach, people):
    attach(make_task())
    elsewhere = make_plan(organization=people.stranger.user.organization)
    foreign = make_task(measure=make_measure(plan=elsewhere))

    with taken(pdf()) as file:
        evidence.add_file(task=foreign, file=file, storage=storage(), by=people.stranger, now=MORNING)

    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 2


def test_a_content_that_was_lost_from_the_disk_is_put_back_by_the_next_upload(attach):
    row = attach(make_task(), jpg(), "ภาพ.jpg")
    for name in (row.file.name, row.file.preview_name):
        storage().path_of(name).unlink()

    attach(make_task(), jpg(), "ภาพ.jpg")

    assert all(storage().has(name) for name in (row.file.name, row.file.preview_name, row.file.thumbnail_name))


def test_a_new_version_stands_in_place_of_the_old_which_stays(attach, replace, told):
    task = make_task()
    old = attach(task)

    new = replace(old, pdf(version="1.4"))

    assert (new.version, new.replaces_id) == (2, old.id)
    assert current(task) == ["ฉบับแก้ไข.pdf"]
    assert storage().path_of(old.file.name).read_bytes() == pdf()
    assert told(task)[-1] == (EventKind.EVIDENCE_REPLACED, old.file.sha256, new.file.sha256, "ฉบับแก้ไข.pdf")


def test_a_version_is_replaced_once(attach, replace, people):
    old = attach(make_task())
    replace(old, pdf(version="1.4"))

    with pytest.raises(NotCurrent):
        replace(old, pdf(version="1.5"))
    with pytest.raises(NotCurrent):
        withdraw(old, people)


def test_a_link_is_replaced_by_a_link_only(attach, replace, people):
    task = make_task()
    old_link, old_file = link(task, people), attach(task)
    other = {"url": "https://example.go.th/b", "title": "", "by": people.member, "now": LATER}

    assert evidence.replace_link(evidence=old_link, **other).version == 2
    with pytest.raises(OtherKind):
        evidence.replace_link(evidence=old_file, **other)
    with pytest.raises(NotCurrent):
        replace(old_link, pdf(version="1.4"))


def test_what_is_withdrawn_stays_with_its_reason(attach, people, told):
    task = make_task()
    row = attach(task)

    withdraw(row, people, " แนบผิดงาน ")

    assert (row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_reason) == (LATER, people.member.id, "แนบผิดงาน")
    assert current(task) == []
    assert storage().has(row.file.name)
    assert told(task)[-1] == (EventKind.EVIDENCE_WITHDRAWN, row.file.sha256, "", "รายงาน.pdf – แนบผิดงาน")
    assert events.first_break(task.plan) is None


def test_withdrawing_needs_a_reason(attach, people):
    row = attach(make_task())

    with pytest.raises(ReasonNeeded):
        withdraw(row, people, "  ")

    assert row.withdrawn_at is None


def test_what_was_withdrawn_can_be_added_again(attach, people):
    task = make_task()
    withdraw(attach(task), people)

    attach(task)

    assert current(task) == ["รายงาน.pdf"]


def test_an_earlier_file_is_used_again_without_a_copy(attach, people, told):
    earlier, task = attach(make_task()), make_task()

    again = evidence.reuse(task=task, earlier=earlier, by=people.member, now=LATER)

    assert (again.file_id, again.title, again.task_id) == (earlier.file_id, "รายงาน.pdf", task.id)
    assert told(task) == [(EventKind.EVIDENCE_ADDED, "", earlier.file.sha256, "รายงาน.pdf")]
    with pytest.raises(AlreadyThere):
        evidence.reuse(task=task, earlier=earlier, by=people.member, now=LATER)


def test_a_withdrawn_file_a_link_and_a_foreign_file_are_not_used_again(attach, people):
    withdrawn, task = attach(make_task()), make_task()
    withdraw(withdrawn, people)
    plan = make_plan(organization=make_organization("เทศบาลตำบลไกล"))
    foreign = make_evidence(make_task(measure=make_measure(plan=plan)))

    for earlier in (withdrawn, link(make_task(), people), foreign):
        with pytest.raises(NotCurrent):
            evidence.reuse(task=task, earlier=earlier, by=people.member, now=LATER)


def test_without_needed_evidence_nothing_is_handed_in(attach, people):
    task = make_task()
    task.measure.needs_evidence = True
    submission = {"task": task, "by": people.member, "now": LATER, "today": TODAY}

    with pytest.raises(EvidenceNeeded):
        tasks.submit(**submission)
    row = attach(task)
    withdraw(row, people)
    with pytest.raises(EvidenceNeeded):
        tasks.submit(**submission)
    link(task, people)
    tasks.submit(**submission)

    assert task.status == Status.SUBMITTED


@pytest.mark.parametrize(
    "wrong",
    [{"url": LINK}, {"file_id": None}, {"version": 2}, {"withdrawn_at": MORNING}, {"withdrawn_reason": "ก"}],
    ids=str,
)
def test_the_database_holds_what_belongs_together(db, attach, wrong):
    row = attach(make_task())

    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(update(Evidence).where(Evidence.id == row.id).values(**wrong))
