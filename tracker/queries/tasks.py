"""Tasks ready to show: what is owed, what waits for review, one task with its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.domain.deadlines import Festival, slots
from tracker.domain.statuses import OPEN, Placement, Status
from tracker.extensions import db
from tracker.models import Division, Measure, Plan, Step, StepCheck, Task
from tracker.models.task import overdue
from tracker.queries import calendars

MOST_REVIEWS = 30
MOST_IN_FILE = 10_000
FIRST = {"overdue": 30, "soon": 30, "later": 5, "submitted": 5}  # rows on the page of one's own work
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Group:
    """How many tasks there are, and the first of them by deadline."""

    count: int
    tasks: Sequence[Task]


@dataclass(frozen=True)
class Work:
    """What divisions owe, by urgency."""

    overdue: Group
    soon: Group
    later: Group
    submitted: Group

    @property
    def open_count(self) -> int:
        """How many tasks the divisions still have to report on."""
        return self.overdue.count + self.soon.count + self.later.count


def work_of(division_ids: Sequence[int], *, today: date) -> Work:
    """Return what divisions still owe and what waits for review, in two statements whatever the size."""
    count, first = _work_statements()
    asked = {"division_ids": list(division_ids), "today": today, "soon_until": today + SOON}
    counts = db.session.execute(count, asked).one()
    rows = db.session.execute(first, asked).all()
    groups = {name: [task for task, group in rows if group == name] for name in FIRST}
    return Work(*(Group(count, groups[name]) for name, count in zip(FIRST, counts, strict=True)))


@cache
def _work_statements() -> tuple[Select, Select]:
    """Return the statements of the groups: how many tasks each has, and its first rows by deadline; built once."""
    today, soon_until = (bindparam(name, type_=Date) for name in ("today", "soon_until"))
    in_divisions = Task.division_id.in_(bindparam("division_ids", expanding=True))
    belongs, is_open = and_(in_divisions, Task.placement != Placement.RETIRED), Task.status.in_(sorted(OPEN))
    groups = {
        "overdue": overdue(Task, today),
        "soon": and_(is_open, Task.due_on >= today, Task.due_on <= soon_until),
        "later": and_(is_open, Task.due_on > soon_until),
        "submitted": Task.status == Status.SUBMITTED,
    }
    conditions = [(groups[name], name) for name in FIRST]
    counted = (func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition, _ in conditions)
    group = case(*conditions)
    # What came back waits for an answer: it stands before what was never handed in.
    order = (case((_came_back(), 0), else_=1), Task.due_on, Task.id)
    rank = func.row_number().over(partition_by=group, order_by=order).label("rank")
    ranked = select(Task.id, group.label("group"), rank).where(belongs, or_(*groups.values())).subquery()
    first = _shown(select(Task, ranked.c.group).join(ranked, ranked.c.id == Task.id))
    is_first = ranked.c.rank <= case(FIRST, value=ranked.c.group)
    return select(*counted).select_from(Task).where(belongs), first.where(is_first).order_by(*order)


def _came_back() -> ColumnElement[bool]:
    return and_(Task.status == Status.IN_PROGRESS, Task.status_reason != "")


def waiting_for_review(organization_id: int) -> Group:
    """Return the tasks that a reviewer has to accept or return, the longest waiting first."""
    waiting = (Task.organization_id == organization_id, Task.status == Status.SUBMITTED)
    count = db.session.scalar(select(func.count()).select_from(Task).where(*waiting)) or 0
    first = _shown(select(Task)).where(*waiting).order_by(Task.submitted_on, Task.due_on, Task.id).limit(MOST_REVIEWS)
    return Group(count, db.session.scalars(first).all())


def owed_by(division_ids: Sequence[int]) -> Sequence[Task]:
    """Return everything that divisions owe or have handed in, by deadline."""
    wanted = (Task.division_id.in_(division_ids), Task.status.in_(sorted({*OPEN, Status.SUBMITTED})))
    return _whole(wanted, (Task.due_on, Task.id))


def all_waiting_for_review(organization_id: int) -> Sequence[Task]:
    """Return everything that a reviewer has to accept or return, the longest waiting first."""
    wanted = (Task.organization_id == organization_id, Task.status == Status.SUBMITTED)
    return _whole(wanted, (Task.submitted_on, Task.due_on, Task.id))


def _whole(wanted: Sequence[ColumnElement[bool]], order: Sequence[Any]) -> Sequence[Task]:
    statement = _shown(select(Task)).options(joinedload(Task.position))
    rows = statement.where(*wanted, Task.placement != Placement.RETIRED).order_by(*order).limit(MOST_IN_FILE)
    return db.session.scalars(rows).all()


def checklist(task: Task) -> list[Step]:
    """Return the steps to tick on a task: those whose schedule asks for its slot, all of them where none does."""
    festivals = calendars.festivals(task.organization_id, fiscal_year=task.plan.fiscal_year)
    asked = slots_asked(task.measure.current_steps, rounds=task.plan.round_dates, festivals=festivals)
    return [step for step, keys in asked if task.slot in keys] or [step for step, _ in asked]


def slots_asked(
    steps: Iterable[Step], *, rounds: Sequence[date], festivals: Sequence[Festival]
) -> list[tuple[Step, set[str]]]:
    """Return each step with the slots that its schedule asks for."""
    return [(step, {slot.key for slot in slots(step.schedule, rounds=rounds, festivals=festivals)}) for step in steps]


def ticked_step_ids(task: Task) -> set[int]:
    """Return the ids of the steps that are ticked on a task."""
    return set(db.session.scalars(select(StepCheck.step_id).where(StepCheck.task_id == task.id)))


def one(task_id: int) -> Task | None:
    """Return a task with what its page shows."""
    return db.session.scalar(
        select(Task)
        .where(Task.id == task_id)
        .options(
            joinedload(Task.measure),
            joinedload(Task.division),
            joinedload(Task.plan).selectinload(Plan.rounds),
        )
    )


def _shown(statement: Select) -> Select:
    # What a row shows, without the report's own long words.
    titled = joinedload(Task.measure).load_only(Measure.indicator, Measure.title)
    return statement.options(titled, joinedload(Task.division).load_only(Division.name))
