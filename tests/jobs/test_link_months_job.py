"""The month's check of links goes to the tasks that promised it: once, on the last afternoon or whenever made up."""

from datetime import date, timedelta

import pytest

from tests import factories_public
from tests.clocks import at
from tests.factories import make_evidence, make_measure, make_organization, make_people, make_task
from tests.factories_public import make_link, make_link_check
from tests.statements import count_queries
from tracker.documents.evidence.storage import Storage
from tracker.domain.history import EventKind
from tracker.domain.links import Cause, LinkCheckUse, Verdict
from tracker.domain.statuses import Review, Status
from tracker.extensions import db as database
from tracker.jobs import link_months
from tracker.models import Event, Evidence, Task, TaskState
from tracker.services import events, evidence, tasks

CHOSEN = date(2026, 2, 2)
FRIDAY = date(2026, 2, 27)  # February's last working day
FEBRUARY = "month:2026-02"


@pytest.fixture
def people(db):
    return make_people(make_organization(divisions=["สำนักปลัด", "กองคลัง", "กองช่าง"]))


@pytest.fixture
def organization(people):
    return people.clerk.user.organization


@pytest.fixture
def measure(people):
    measure = make_measure(9, words="ทุกเดือน")
    measure.link_check, measure.link_check_from = LinkCheckUse.EVIDENCE, CHOSEN
    return measure


@pytest.fixture
def task(measure):
    return make_task(measure=measure, due_on=date(2026, 2, 28), slot=FEBRUARY)


@pytest.fixture
def link(organization):
    return watched(organization, "https://town.example/plan", Verdict.OK, Verdict.OK)


def watched(organization, url, *verdicts, number=9, division=None, first=date(2026, 2, 10)):
    """Make an address of an item, with a look a day."""
    link = make_link(url, organization=organization)
    factories_public.make_item(number, organization=organization, division=division, links=(link,))
    for days, verdict in enumerate(verdicts):
        cause = Cause.GONE if verdict == Verdict.BROKEN else None
        make_link_check(link, at=at(first + timedelta(days=days)), verdict=verdict, cause=cause)
    return link


@pytest.fixture
def run(app, db, clock):
    """Run the job on a day and at an hour."""

    def run(day=FRIDAY, hour=16):
        clock.set(day, hour)
        db.session.commit()
        db.session.expire_all()
        with app.app_context():
            link_months.run()

    return run


def attached(task):
    rows = database.select(Evidence).where(Evidence.task_id == task.id, Evidence.added_by_id.is_(None))
    return database.session.scalars(rows).all()


def told(task):
    rows = database.session.scalars(database.select(Event).where(Event.task_id == task.id).order_by(Event.seq))
    return [(event.kind, event.by) for event in rows]


def test_the_report_is_attached_as_the_programs_own_evidence(task, link, run, app):
    run()

    (piece,) = attached(task)
    assert piece.title == "ผลการตรวจสอบลิงก์ประจำเดือนกุมภาพันธ์ 2569.pdf"
    assert Storage(app.config["SETTINGS"].uploads).path_of(piece.file.name).read_bytes().startswith(b"%PDF")
    assert told(task) == [(EventKind.EVIDENCE_ADDED, None)]
    assert task.status == Status.NOT_STARTED
    assert events.first_break(task.plan) is None


@pytest.mark.parametrize("use", [LinkCheckUse.EVIDENCE, LinkCheckUse.COMPLETION])
def test_a_second_run_attaches_nothing(task, link, run, use):
    task.measure.link_check = use
    run()
    run(FRIDAY, 17)
    run(date(2026, 3, 9))

    assert len(attached(task)) == 1


def test_before_the_last_afternoon_nothing_is_attached(task, link, run):
    run(FRIDAY, 14)

    assert attached(task) == []


def test_a_machine_that_was_off_makes_up_for_it_once(task, link, run):
    run(date(2026, 4, 20))
    run(date(2026, 4, 21))

    (piece,) = attached(task)
    assert "กุมภาพันธ์" in piece.title


def test_a_measure_that_does_not_use_it_gets_nothing(task, link, run):
    task.measure.link_check, task.measure.link_check_from = LinkCheckUse.NONE, None

    run()

    assert attached(task) == []


def test_months_before_the_choice_are_left_alone(measure, link, run):
    january = make_task(measure=measure, due_on=date(2026, 1, 31), slot="month:2026-01")
    make_link_check(link, at=at(date(2026, 1, 15)))

    run()

    assert attached(january) == []


def test_only_the_months_task_gets_it(measure, link, run):
    others = [make_task(measure=measure, due_on=FRIDAY, slot=slot) for slot in ("round:1", "month:2026-03")]

    run()

    assert [attached(other) for other in others] == [[], []]


def test_a_month_in_which_nobody_looked_has_nothing_to_report(task, organization, run):
    watched(organization, "https://town.example/plan", Verdict.OK, first=date(2026, 1, 5))

    run()

    assert attached(task) == []


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE])
def test_a_task_that_is_not_open_is_left_alone(measure, link, run, status):
    task = make_task(measure=measure, due_on=date(2026, 2, 28), slot=FEBRUARY, status=status)

    run()

    assert attached(task) == []
    assert task.status == status


@pytest.fixture
def completing(task):
    task.measure.link_check = LinkCheckUse.COMPLETION
    return task


def test_where_the_clerk_chose_so_the_task_is_done_by_it_on_time(completing, link, run):
    run()

    assert (completing.status, completing.submitted_on, completing.submitted_by_id) == (Status.DONE, FRIDAY, None)
    kinds = [EventKind.EVIDENCE_ADDED, EventKind.SUBMITTED, EventKind.ACCEPTED]
    assert told(completing) == [(kind, None) for kind in kinds]
    assert events.first_break(completing.plan) is None


def test_the_history_says_which_check_did_it(completing, link, run):
    run()

    notes = set(database.session.scalars(database.select(Event.note).where(Event.task_id == completing.id)))
    assert notes == {"ผลการตรวจสอบลิงก์ประจำเดือนกุมภาพันธ์ 2569: ตรวจ 1 ลิงก์ รวม 2 ครั้ง เปิดได้ทุกลิงก์"}


def test_without_review_handing_in_is_the_end_of_it(completing, link, run):
    completing.plan.review = Review.OFF

    run()

    assert completing.status == Status.DONE
    assert [kind for kind, _ in told(completing)] == [EventKind.EVIDENCE_ADDED, EventKind.SUBMITTED]


def test_figures_count_it_as_done(completing, link, run):
    run()

    states = database.select(TaskState.status).where(TaskState.task_id == completing.id).order_by(TaskState.id)
    assert database.session.scalars(states).all()[-1] == Status.DONE


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ((Verdict.BROKEN, Verdict.BROKEN), "เปิดไม่ได้ 1 ลิงก์"),
        ((Verdict.OK, Verdict.BROKEN), "เปิดไม่ได้ในครั้งล่าสุด 1 ลิงก์"),
        ((), "ยังไม่ได้ตรวจ 1 ลิงก์"),
    ],
)
def test_with_an_address_broken_or_not_looked_at_it_is_attached_and_says_so(
    completing, link, organization, run, verdicts, words
):
    watched(organization, "https://town.example/other", *verdicts, number=10)

    run()

    assert completing.status == Status.NOT_STARTED
    (note,) = database.session.scalars(database.select(Event.note).where(Event.task_id == completing.id))
    assert note.endswith(f"{words} จึงยังไม่ถือว่าดำเนินการแล้ว")


def test_an_address_that_needs_a_look_does_not_hold_it_back(completing, organization, run):
    watched(organization, "https://town.example/plan", Verdict.CAUTION)

    run()

    assert completing.status == Status.DONE
    notes = database.session.scalars(database.select(Event.note).where(Event.task_id == completing.id)).all()
    assert all(note.endswith("ควรเข้าไปดู 1 ลิงก์") for note in notes)  # that every address opens nobody has seen


def test_a_division_is_judged_by_its_own_items_and_not_by_those_of_others(completing, organization, run):
    own, other = organization.divisions[:2]
    watched(organization, "https://town.example/own", Verdict.OK, division=own)
    watched(organization, "https://town.example/other", Verdict.BROKEN, Verdict.BROKEN, number=10, division=other)
    theirs = make_task(measure=completing.measure, due_on=date(2026, 2, 28), slot=FEBRUARY, division=other)
    everybodys = make_task(
        measure=completing.measure, due_on=date(2026, 2, 28), slot=FEBRUARY, division=organization.divisions[2]
    )

    run()

    assert [one.status for one in (completing, theirs, everybodys)] == [Status.DONE, Status.NOT_STARTED, Status.DONE]
    assert [len(attached(one)) for one in (completing, theirs, everybodys)] == [1, 1, 1]


def test_a_division_without_items_is_judged_by_those_that_nobody_keeps(completing, organization, run):
    watched(organization, "https://town.example/other", Verdict.OK, division=organization.divisions[1])
    watched(organization, "https://town.example/nobodys", Verdict.BROKEN, Verdict.BROKEN, number=10)

    run()

    assert completing.status == Status.NOT_STARTED


def test_until_the_years_list_is_begun_that_of_the_year_before_is_checked(completing, organization, run):
    before = make_link("https://town.example/before", organization=organization)
    factories_public.make_item(9, organization=organization, fiscal_year=2568, links=(before,))
    make_link_check(before, at=at(date(2026, 2, 10)))

    run()

    assert completing.status == Status.DONE


def test_once_the_years_list_is_begun_that_of_the_year_before_holds_nothing_up(completing, link, organization, run):
    before = make_link("https://town.example/before", organization=organization)
    factories_public.make_item(9, organization=organization, fiscal_year=2568, links=(before,))

    run()

    assert completing.status == Status.DONE


def test_an_obstacle_waits_for_a_person(completing, link, run):
    completing.blocked_reason = "รอข้อมูล"

    run()

    assert completing.status == Status.NOT_STARTED
    assert len(attached(completing)) == 1


def test_people_reopen_it_and_the_next_run_leaves_that_alone(completing, link, run, people, clock):
    run()
    tasks.reopen(task=completing, by=people.clerk, now=clock.moment, note="ตรวจซ้ำด้วยคน")
    run(FRIDAY, 18)

    assert completing.status == Status.IN_PROGRESS
    tasks.submit(task=completing, by=people.member, now=clock.moment, today=FRIDAY)
    tasks.accept(task=completing, by=people.clerk, now=clock.moment)
    assert completing.status == Status.DONE


def test_what_a_person_withdrew_is_not_attached_again(task, link, run, people, clock):
    run()
    evidence.withdraw(evidence=attached(task)[0], reason="ไม่ใช้", by=people.member, now=clock.moment)

    run(FRIDAY, 18)

    assert len(attached(task)) == 1


def test_one_task_that_fails_holds_back_no_other(measure, task, link, organization, run, monkeypatch, caplog):
    other = make_task(measure=measure, due_on=FRIDAY, slot=FEBRUARY, division=organization.divisions[1])
    add, its_id = evidence.add_report, task.id

    def failing(**values):
        if values["task"].id == its_id:
            raise OSError("disk full")
        return add(**values)

    monkeypatch.setattr(evidence, "add_report", failing)
    run()

    assert (len(attached(task)), len(attached(other))) == (0, 1)


def test_nothing_of_a_completion_stays_when_it_fails_half_way(completing, link, run, monkeypatch):
    def failing(**values):
        raise RuntimeError("killed")

    monkeypatch.setattr(tasks, "complete_by_check", failing)
    run()
    monkeypatch.undo()
    assert attached(completing) == []

    run(FRIDAY, 17)

    assert completing.status == Status.DONE
    assert len(attached(completing)) == 1


def test_what_people_attached_is_no_reason_to_leave_it_out(task, link, run, people):
    make_evidence(task, by=people.member)

    run()

    assert len(attached(task)) == 1
    assert database.session.scalar(database.select(database.func.count(Task.id))) == 1


def test_waiting_costs_the_same_however_many_tasks_wait(measure, link, run):
    def waiting():
        with count_queries() as heard:
            run(FRIDAY, 14)
        return sum("holiday" in statement for statement in heard.all)

    make_task(measure=measure, due_on=date(2026, 2, 28), slot=FEBRUARY)
    few = waiting()
    for division in measure.plan.organization.divisions[1:]:
        make_task(measure=measure, due_on=date(2026, 2, 28), slot=FEBRUARY, division=division)

    assert waiting() == few == 1
