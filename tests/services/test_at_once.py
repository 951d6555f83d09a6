import io
import threading

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_organization, make_person, make_plan, make_position, make_task, storage
from tests.papers import pdf
from tracker.documents.evidence.intake import taken_in
from tracker.documents.reading.draft import MeasureDraft, ReportDraft
from tracker.domain.appointments import LastAdministrator
from tracker.domain.divisions import UnfinishedTasks
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.responsibles import Division as Named
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import CannotMove
from tracker.extensions import db
from tracker.models import (
    Appointment,
    Change,
    Division,
    Draft,
    Event,
    Evidence,
    Measure,
    Organization,
    Plan,
    Position,
    StoredFile,
    Task,
)
from tracker.services import (
    administrators,
    appointments,
    changes,
    divisions,
    events,
    evidence,
    measures,
    next_plans,
    people,
    reimports,
    schedules,
    tasks,
)
from tracker.services.appointments import CoverOverlaps, HolderChanged
from tracker.services.evidence import AlreadyThere
from tracker.services.imports import PlanExists
from tracker.services.measures import MeasureChange
from tracker.services.reimports import Choices


@pytest.fixture
def at_once(fresh_app):
    """Do something in several threads, each with a transaction of its own, and return what came of it."""

    def at_once(deed, count=4):
        gate, outcomes = threading.Barrier(count), []

        def act():
            with fresh_app.app_context():
                gate.wait()
                try:
                    deed()
                    db.session.commit()
                    outcomes.append("done")
                except Exception as error:
                    db.session.rollback()
                    outcomes.append(type(error))

        threads = [threading.Thread(target=act) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    with fresh_app.app_context():
        make_person(division=make_organization().divisions[0])
        make_plan()
        make_task()
        db.session.commit()
    return at_once


@pytest.fixture
def two_administrators(fresh_app, at_once):
    """Two administrators of the organization, and a vacant position (their ids)."""
    with fresh_app.app_context():
        ids = [make_person(Role.ADMINISTRATOR).id for _ in range(2)], make_position(Role.CLERK).id
        db.session.commit()
    return ids


def make_division():
    """Make a division to which nothing belongs yet."""
    division = Division(organization_id=1, name="กองใหม่", order=9)
    db.session.add(division)
    db.session.flush()
    return division


def test_two_administrators_who_send_each_other_away_at_once_leave_one(fresh_app, at_once, two_administrators):
    (first, second), _ = two_administrators
    pairs = iter([(first, second), (second, first)])

    def send_away():
        by, gone = (db.session.get(Appointment, id_) for id_ in next(pairs))
        people.close_account(user=gone.user, by=by, now=MORNING, today=TODAY)

    assert sorted(at_once(send_away, count=2), key=str) == [LastAdministrator, "done"]
    with fresh_app.app_context():
        administrators.check(1, today=TODAY)


def test_two_administrators_who_hand_a_position_over_at_once_leave_one_holder(fresh_app, at_once, two_administrators):
    administrators_, position_id = two_administrators
    people_ = iter(administrators_)

    def hand_over():
        by = db.session.get(Appointment, next(people_))
        appointments.hand_over(
            position=db.session.get(Position, position_id), user=by.user, starts_on=TODAY, seen=0, by=by, now=MORNING,
            today=TODAY,
        )  # fmt: skip

    assert sorted(at_once(hand_over, count=2), key=str) == [HolderChanged, "done"]
    with fresh_app.app_context():
        rows = db.session.scalars(select(Appointment).where(Appointment.position_id == position_id)).all()
        assert [row.is_in_force(TODAY) for row in rows] == [True]


def test_two_administrators_who_appoint_cover_at_once_appoint_one(fresh_app, at_once, two_administrators):
    administrators_, position_id = two_administrators
    people_ = iter(administrators_)

    def cover():
        by = db.session.get(Appointment, next(people_))
        appointments.cover(
            position=db.session.get(Position, position_id), user=by.user, starts_on=TODAY, ends_on=TODAY, by=by,
            now=MORNING, today=TODAY,
        )  # fmt: skip

    assert sorted(at_once(cover, count=2), key=str) == [CoverOverlaps, "done"]


def test_administrators_who_act_at_once_leave_one_unbroken_record(fresh_app, at_once, two_administrators):
    (by_id, _), _ = two_administrators
    names = iter(["กองหนึ่ง", "กองสอง", "กองสาม", "กองสี่"])

    def add():
        by = db.session.get(Appointment, by_id)
        divisions.add(organization_id=1, named=Named(next(names)), by=by, now=MORNING)

    assert at_once(add) == ["done"] * 4
    with fresh_app.app_context():
        assert db.session.scalars(select(Change.seq).order_by(Change.seq)).all() == [1, 2, 3, 4]
        assert changes.first_break(db.session.get(Organization, 1)) is None


def test_a_division_that_is_closed_and_given_work_at_once_gets_one_or_the_other(fresh_app, at_once, two_administrators):
    (by_id, _), _ = two_administrators
    with fresh_app.app_context():
        division = make_division()
        measure = make_measure(divisions=[])
        ids = division.id, measure.id
        db.session.commit()

    def close():
        by, division = db.session.get(Appointment, by_id), db.session.get(Division, ids[0])
        divisions.close(division=division, by=by, now=MORNING, today=TODAY)

    def give_work():
        by, measure = db.session.get(Appointment, by_id), db.session.get(Measure, ids[1])
        wanted = MeasureChange(
            title=measure.title, schedule_words=measure.time_frame_text, weight=1,
            division_ids=frozenset({ids[0]}), steps=(),
            basis=measures.basis_of(measure),
        )  # fmt: skip
        measures.change(measure=measure, change=wanted, by=by, now=MORNING)
        schedules.apply(plan=measure.plan, by=by, now=MORNING)

    deeds = iter([close, give_work])

    outcomes = at_once(lambda: next(deeds)(), count=2)

    assert outcomes.count("done") == 1
    assert set(outcomes) < {"done", UnfinishedTasks, Refusal}


def test_people_who_act_at_once_leave_one_unbroken_history(fresh_app, at_once):
    def record_three():
        plan = db.session.scalar(select(Plan))
        for _ in range(3):
            events.record(plan=plan, kind=EventKind.ROUNDS_CHANGED, by=None, now=MORNING)

    assert at_once(record_three) == ["done"] * 4
    with fresh_app.app_context():
        assert db.session.scalars(select(Event.seq).order_by(Event.seq)).all() == list(range(1, 13))
        assert events.first_break(db.session.scalar(select(Plan))) is None


def test_of_people_who_start_a_task_at_once_one_does_and_the_others_are_told(fresh_app, at_once):
    def start():
        task, person = db.session.scalar(select(Task)), db.session.scalar(select(Appointment))
        tasks.start(task=task, by=person, now=MORNING)

    outcomes = at_once(start)

    assert sorted(outcomes, key=str) == [CannotMove] * 3 + ["done"]
    with fresh_app.app_context():
        assert len(db.session.scalars(select(Event)).all()) == 1


def attach(task):
    with taken_in(io.BytesIO(pdf()), name="รายงาน.pdf", storage=storage(), limit=100_000) as file:
        person = db.session.scalar(select(Appointment))
        evidence.add_file(task=task, file=file, storage=storage(), by=person, now=MORNING)


def test_of_people_who_attach_the_same_file_at_once_one_does_and_the_others_are_told(fresh_app, at_once):
    outcomes = at_once(lambda: attach(db.session.scalar(select(Task))))

    assert sorted(outcomes, key=str) == [AlreadyThere] * 3 + ["done"]
    with fresh_app.app_context():
        assert len(db.session.scalars(select(Evidence)).all()) == 1
        assert len(list(storage().all_files())) == 1


def test_the_same_file_attached_in_several_plans_at_once_is_stored_once(fresh_app, at_once):
    """Tasks of different plans are held by different locks, so that only the database keeps the content single."""
    with fresh_app.app_context():
        for year in (2570, 2571, 2572):
            make_task(measure=make_measure(plan=make_plan(year, rounds=())))
        db.session.commit()
        task_ids = iter(db.session.scalars(select(Task.id)).all())

    outcomes = at_once(lambda: attach(db.session.get(Task, next(task_ids))))

    assert outcomes == ["done"] * 4
    with fresh_app.app_context():
        assert len(db.session.scalars(select(Evidence)).all()) == 4
        stored = db.session.scalars(select(StoredFile)).one()
        assert storage().has(stored.name)


PROMISED = MeasureDraft(10, "มาตรการไม่รับของขวัญ", (), ("ประกาศนโยบาย",), "ทุกเดือน", "ทุกส่วนราชการ", ())


def keep_report(measures_):
    report = ReportDraft("", 2568, 2569, "", (), (), (), measures_)
    draft = Draft(organization_id=1, uploaded_at=MORNING, file_name="รายงาน.txt", content=b"", report=report.to_json())
    db.session.add(draft)
    db.session.flush()
    return draft.id


def test_copies_of_a_report_taken_over_at_once_add_its_measure_once(fresh_app, at_once):
    with fresh_app.app_context():
        waiting = iter([keep_report((PROMISED,)) for _ in range(4)])
        db.session.commit()

    def take_over():
        draft = db.session.get(Draft, next(waiting))
        reimports.take_over(draft=draft, choices=Choices(), by=db.session.get(Appointment, 1), now=MORNING)

    assert at_once(take_over) == ["done"] * 4
    with fresh_app.app_context():
        assert db.session.query(Measure).filter_by(title=PROMISED.title).count() == 1
        assert events.first_break(db.session.scalars(select(Plan)).one()) is None


def test_the_next_plan_begun_twice_at_once_is_there_once(fresh_app, at_once):
    def begin():
        plan = db.session.scalars(select(Plan).where(Plan.fiscal_year == 2569)).one()
        ids = [measure.id for measure in plan.measures]
        next_plans.begin(after=plan, measure_ids=ids, by=None, now=MORNING, today=TODAY)

    assert sorted(at_once(begin), key=str) == [*[PlanExists] * 3, "done"]
    with fresh_app.app_context():
        assert db.session.query(Plan).filter_by(fiscal_year=2570).count() == 1
