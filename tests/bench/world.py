"""A municipality of any size, written straight into the tables."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import insert, text

from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.responsibles import Division
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Measure, Plan, Task, TaskState, User
from tracker.models.base import FOREVER
from tracker.sample import report_bytes
from tracker.services import imports, organizations, staff

TODAY = date(2026, 2, 20)
NOW = datetime(2026, 2, 20, 3, tzinfo=UTC)
DIVISIONS = 6
CHUNK = 10_000
SLOTS_FROM = date(2025, 10, 1)


def build(tasks: int) -> tuple[Plan, list[staff.Account]]:
    """Create one organization with its plan and exactly this many tasks, each with one earlier state."""
    divisions = [Division(f"กองที่ {number}") for number in range(1, DIVISIONS + 1)]
    organization = organizations.create(name=f"เทศบาลขนาด {tasks} งาน", divisions=divisions)
    accounts = staff.create(organization=organization, starts_on=date(2025, 10, 1))
    reading = read_draft(read_text_report(report_bytes()), divisions=divisions)
    plan = imports.create_plan(organization=organization, reading=reading, by=None, now=NOW, today=TODAY)
    existing = db.session.query(Task).filter_by(plan_id=plan.id).count()
    _fill(plan, tasks - existing)
    db.session.commit()
    return plan, accounts


def add_tasks(plan: Plan, count: int) -> None:
    """Add very many tasks without states to a plan, in one transaction."""
    chance = Random(count)
    measures, divisions = list(plan.measures), list(plan.organization.divisions)
    someone = db.session.query(User.id).filter_by(organization_id=plan.organization_id).limit(1).scalar()
    for start in range(0, count, CHUNK):
        tasks = [
            _task(
                plan, measures[n % len(measures)], divisions[n // len(measures) % DIVISIONS].id, -n - 1, someone, chance
            )
            for n in range(start, min(start + CHUNK, count))
        ]
        db.session.execute(insert(Task.__table__), tasks)
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE task"))
        db.session.commit()


def bare_insert(count: int) -> Callable[[], None]:
    """Return a run that inserts as many tasks and states as an import does, by Core alone, and takes them back."""
    plan = db.session.query(Plan).first()
    measure = plan.measures[0]
    tasks = [_task(plan, measure, plan.organization.divisions[0].id, -n, 1, Random(n)) for n in range(1, count + 1)]
    known = db.session.query(Task).filter_by(plan_id=plan.id).limit(count).all()
    states = [_states(task, measure.indicator)[1] for task in known]

    def run() -> None:
        db.session.execute(insert(Task), tasks)
        db.session.execute(insert(TaskState), states)
        db.session.rollback()

    return run


def _fill(plan: Plan, count: int) -> None:
    chance = Random(count)
    measures = list(plan.measures)
    divisions = list(plan.organization.divisions)
    someone = db.session.query(User.id).filter_by(organization_id=plan.organization_id).limit(1).scalar()
    tasks = [
        _task(plan, measures[n % len(measures)], divisions[n // len(measures) % DIVISIONS].id, n, someone, chance)
        for n in range(count)
    ]
    if not tasks:
        return
    db.session.execute(insert(Task), tasks)
    rows = db.session.query(Task).filter(Task.plan_id == plan.id, Task.slot.startswith("bench:"))
    indicators = {measure.id: measure.indicator for measure in measures}
    db.session.execute(
        insert(TaskState), [state for task in rows for state in _states(task, indicators[task.measure_id])]
    )


def _task(plan: Plan, measure: Measure, division_id: int, n: int, someone: int, chance: Random) -> dict:
    due_on = SLOTS_FROM + timedelta(days=chance.randrange(365))
    status = chance.choice([Status.NOT_STARTED, Status.IN_PROGRESS, Status.SUBMITTED, Status.DONE, Status.DONE])
    handed_in = status in {Status.SUBMITTED, Status.DONE}
    return {
        "organization_id": plan.organization_id,
        "plan_id": plan.id,
        "measure_id": measure.id,
        "division_id": division_id,
        "scheduled_division_id": division_id,
        "slot": f"bench:{n}",
        "due_on": due_on,
        "scheduled_on": due_on,
        "status": status,
        "submitted_on": min(due_on, TODAY) if handed_in else None,
        "submitted_by_id": someone if handed_in else None,
        "last_event_at": NOW,
    }


def _states(task: Task, indicator: int) -> list[dict]:
    """Return an earlier state and the present one, as a task in work has them."""
    shared = {
        "task_id": task.id,
        "plan_id": task.plan_id,
        "measure_id": task.measure_id,
        "indicator": indicator,
        "division_id": task.division_id,
        "due_on": task.due_on,
        "weight": 1,
    }
    began = NOW - timedelta(days=100)
    earlier = {"status": Status.NOT_STARTED, "submitted_on": None, "valid_from": began, "valid_to": NOW}
    present = {"status": task.status, "submitted_on": task.submitted_on, "valid_from": NOW, "valid_to": FOREVER}
    return [shared | earlier, shared | present]
