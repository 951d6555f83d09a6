"""A municipality of any size, written straight into the tables."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, insert, literal, select, text

from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.responsibles import Division
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Measure, Plan, Task, TaskState, User
from tracker.models.base import FOREVER, Moment
from tracker.sample import report_bytes
from tracker.services import imports, organizations, staff

TODAY = date(2026, 2, 20)
NOW = datetime(2026, 2, 20, 3, tzinfo=UTC)
DIVISIONS = 6
CHUNK = 10_000
# Most tasks fall due at the end of a month, many in the two rounds, and some were moved to the middle of a month.
MIDDLES = [date(2025 + (month > 12), (month - 1) % 12 + 1, 15) for month in range(10, 22)]
ENDS = [(middle + timedelta(days=20)).replace(day=1) - timedelta(days=1) for middle in MIDDLES]
ROUNDS = [ENDS[5], ENDS[11]]
BEGAN = NOW - timedelta(days=140)
MOVES = [NOW - timedelta(days=days) for days in range(1, 130, 7)]  # when tasks became what they are


def build(tasks: int) -> tuple[Plan, list[staff.Account]]:
    """Create one organization with its plan and exactly this many tasks, each with its history."""
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
    """Add very many tasks like those of a plan, with their history, in one transaction."""
    last = db.session.query(func.max(Task.id)).scalar()
    known = (Task.plan_id == plan.id, Task.slot.startswith("bench:"))
    times = -(-count // db.session.query(Task).filter(*known).count())
    number = select(literal(1).label("n")).cte(recursive=True)
    number = number.union_all(select(number.c.n + 1).where(number.c.n < times))
    values = {column.name: column for column in Task.__table__.c if column.name != "id"}
    values["slot"] = Task.slot + literal(":") + cast(number.c.n, String)
    copies = select(*values.values()).where(*known).join(number, literal(True)).limit(count)
    with _without_indexes(Task.__table__, TaskState.__table__):
        db.session.execute(insert(Task.__table__).from_select([*values], copies, include_defaults=False))
        add_history(plan, after=last)
    db.session.commit()
    settle()


@contextmanager
def _without_indexes(*tables: Any) -> Iterator[None]:
    """Take the indexes away while very much is written, and put them back."""
    indexes = [index for table in tables for index in table.indexes]
    for index in indexes:
        index.drop(db.session.connection())
    yield
    for index in indexes:
        index.create(db.session.connection())


def settle() -> None:
    """Let the database know its tables, as it does by itself in time, and which numbers the rows given to it have."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            for table in (table for table in db.metadata.tables.values() if "id" in table.c):
                last = f'SELECT max(id) FROM "{table.name}"'
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), ({last}))"))


def add_history(plan: Plan, *, after: int = 0) -> None:
    """Give a plan's new tasks (ids after one) the states of work that goes on: not begun, then as they are now."""
    moved_at = case(
        *((Task.id % len(MOVES) == n, literal(moment, Moment)) for n, moment in enumerate(MOVES)),
        else_=literal(NOW, Moment),
    )
    began, forever = literal(BEGAN, Moment), literal(FOREVER, Moment)
    is_new = Task.status == Status.NOT_STARTED
    first = (literal(Status.NOT_STARTED), literal(None), began, case((is_new, forever), else_=moved_at))
    new = (Task.plan_id == plan.id, Task.slot.startswith("bench:"), Task.id > after)
    _add_states(first, *new)
    _add_states((Task.status, Task.submitted_on, moved_at, forever), *new, ~is_new)


def _add_states(values: Sequence[ColumnElement], *which: ColumnElement[bool]) -> None:
    copied = ("plan_id", "measure_id", "division_id", "due_on")
    names = ["task_id", *copied, "indicator", "weight", "status_reason", "blocked_reason"]
    same = [Task.id, *(getattr(Task, name) for name in copied), Measure.indicator, literal(1), literal(""), literal("")]
    names += ["status", "submitted_on", "valid_from", "valid_to"]
    rows = select(*same, *values).join(Measure, Measure.id == Task.measure_id).where(*which)
    db.session.execute(insert(TaskState.__table__).from_select(names, rows, include_defaults=False))


def bare_insert(count: int) -> Callable[[], None]:
    """Return a run that inserts as many tasks and states as an import does, by Core alone, and takes them back."""
    plan = db.session.query(Plan).first()
    measure = plan.measures[0]
    tasks = [_task(plan, measure, plan.organization.divisions[0].id, -n, 1, Random(n)) for n in range(1, count + 1)]
    known = db.session.query(Task).filter_by(plan_id=plan.id).limit(count).all()
    states = [_state(task, measure.indicator) for task in known]

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
    add_history(plan)


def _task(plan: Plan, measure: Measure, division_id: int, n: int, someone: int, chance: Random) -> dict:
    due_on = chance.choice(chance.choices([ENDS, ROUNDS, MIDDLES], [80, 15, 5])[0])
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
        "submitted_on": min(due_on + timedelta(days=chance.randrange(-10, 5)), TODAY) if handed_in else None,
        "submitted_by_id": someone if handed_in else None,
        "last_event_at": NOW,
    }


def _state(task: Task, indicator: int) -> dict:
    return {
        "task_id": task.id,
        "plan_id": task.plan_id,
        "measure_id": task.measure_id,
        "indicator": indicator,
        "division_id": task.division_id,
        "due_on": task.due_on,
        "weight": 1,
        "status": task.status,
        "submitted_on": task.submitted_on,
        "valid_from": NOW,
        "valid_to": FOREVER,
    }
