"""What leadership has to decide about a plan at the end of a day: every matter counted, its first tasks, at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)

from tracker.domain.calendar import ONE_DAY, THAILAND, Calendar, end_of, start_of
from tracker.domain.decisions import Matter, limits
from tracker.domain.figures import Named
from tracker.domain.statuses import OPEN, Placement, Status
from tracker.extensions import db
from tracker.models import Division, Event, Measure, Plan, Position, Task, TaskState
from tracker.models.base import Moment
from tracker.models.task import in_work, is_blocked, still_open
from tracker.queries import obstacles

MOST = 100  # rows of a matter on its own page


class Item(NamedTuple):
    """A task that asks for a decision, and since when it does."""

    matter: Matter
    task_id: int
    indicator: int
    title: str
    division: Named
    division_name: str
    responsible: str  # the position it was given to, else that of the head of the division
    due_on: date
    since: date
    reason: str  # of the obstacle


class OpenFinding(NamedTuple):
    """A finding of the assessment that no measure answers."""

    indicator: int
    text: str


@dataclass(frozen=True)
class Decisions:
    """How many there are of each matter, and the first of them, what has waited longest first."""

    day: date
    counts: Mapping[Matter, int] = field(default_factory=dict)
    items: Mapping[Matter, Sequence[Item]] = field(default_factory=dict)
    findings: Sequence[OpenFinding] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be decided."""
        return not any(self.counts.values())


def as_of(
    plan: Plan,
    *,
    day: date,
    calendar: Calendar,
    is_now: bool,
    most: int = MOST,
    findings: Sequence[OpenFinding] = (),
) -> Decisions:
    """
    Return what is to be decided at the end of a local day, in one statement whatever the size.

    :param is_now: the day is today, so that the tasks themselves say it, found by their indexes
    :param most: how many rows of each matter are told
    :param findings: those that no measure answers; who counts them has asked for them with something else
    """
    if end_of(day) <= plan.created_at:
        return Decisions(day)  # before there was a plan
    until = limits(plan.reminder_rules, day=day, calendar=calendar)
    asked = {"plan": plan.id, "day": day, "moment": end_of(day), "most": most}
    asked |= {matter.value: limit for matter, limit in until.items()}
    asked |= {_over(matter): start_of(limit + ONE_DAY) for matter, limit in until.items()}
    found: dict[Matter, list[Item]] = {}
    counts: dict[Matter, int] = {}
    for row in db.session.execute(_statement(is_now, tuple(until)), asked):
        matter = Matter(row.matter)
        counts[matter] = row.how_many
        found.setdefault(matter, []).append(_item(matter, row))
    if findings:
        counts[Matter.FINDING] = len(findings)
    in_order = {matter: sorted(found[matter], key=lambda item: (item.since, item.task_id)) for matter in found}
    return Decisions(day, {matter: counts[matter] for matter in Matter if matter in counts}, in_order, findings)


def _item(matter: Matter, row: Any) -> Item:
    since = row.since_on or row.since_at.astimezone(THAILAND).date()
    division = Named(row.division_id, row.short_names[0] if row.short_names else row.division_name)
    place = (matter, row.id, row.indicator, row.measure_title, division, row.division_name, row.responsible)
    return Item(*place, row.due_on, since, row.blocked_reason)


# What a statement is asked with. It is the same for every plan and day, so that it is built once.
_PLAN = bindparam("plan", type_=Integer)
_DAY = bindparam("day", type_=Date)
_MOMENT = bindparam("moment", type_=Moment)
_MOST = bindparam("most", type_=Integer)


def _over(matter: Matter) -> str:
    """Return the name under which a statement is told the moment at which a matter's last day is over."""
    return f"{matter.value}_over"


@dataclass(frozen=True)
class _Source:
    """The tasks of a plan as of a moment (exclusive), and in the words of what finds them how they stood."""

    task: Any  # their columns
    is_of_plan: ColumnElement[bool]
    is_scheduled: ColumnElement[bool]  # the schedule asks for it
    is_open: ColumnElement[bool]
    is_blocked: ColumnElement[bool]
    is_in_work: ColumnElement[bool]
    last_word: ColumnElement[Any]


def _now() -> _Source:
    return _Source(
        task=Task,
        is_of_plan=Task.plan_id == _PLAN,
        is_scheduled=Task.placement == Placement.SCHEDULED,
        is_open=still_open(),
        is_blocked=is_blocked(),
        is_in_work=in_work(Task, _DAY),
        last_word=Task.last_event_at.expression,
    )


def _then() -> _Source:
    """Whether the schedule asks for a task is kept as it is today only, so that is what counts."""
    state: CTE = (
        select(
            TaskState.task_id.label("id"), TaskState.measure_id, TaskState.division_id, TaskState.position_id,
            TaskState.due_on, TaskState.status, TaskState.submitted_on, TaskState.blocked_reason, Task.placement,
        )
        .join(Task, Task.id == TaskState.task_id)
        .where(TaskState.plan_id == _PLAN, TaskState.valid_to >= _MOMENT, TaskState.valid_from < _MOMENT)
        .where(TaskState.status.in_(sorted({*OPEN, Status.SUBMITTED})))
        .cte("state")
    )  # fmt: skip
    last_word = select(func.max(Event.at)).where(Event.task_id == state.c.id, Event.at < _MOMENT)
    return _Source(
        task=state.c,
        is_of_plan=true(),  # no other is among them
        is_scheduled=state.c.placement == Placement.SCHEDULED,
        is_open=state.c.status.in_(sorted(OPEN)),
        is_blocked=and_(state.c.status.in_(sorted(OPEN)), state.c.blocked_reason != ""),
        is_in_work=in_work(state.c, _DAY),
        last_word=last_word.scalar_subquery(),
    )


@cache
def _statement(is_now: bool, matters: tuple[Matter, ...]) -> Select:
    """Return the first tasks of these matters with how many there are of each, named as pages name them."""
    source = _now() if is_now else _then()
    found = union_all(*(_first_of(matter, source, matters) for matter in matters)).subquery("found")
    return (
        select(
            found,
            Division.name.label("division_name"),
            Division.short_names,
            Measure.indicator,
            Measure.title.label("measure_title"),
            func.coalesce(Position.title, Division.head_title).label("responsible"),
        )
        .join(Division, Division.id == found.c.division_id)
        .join(Measure, Measure.id == found.c.measure_id)
        .outerjoin(Position, Position.id == found.c.position_id)
    )


def _first_of(matter: Matter, source: _Source, matters: Collection[Matter]) -> Select:
    task = source.task
    condition, since = _meaning(matter, source, matters)
    is_day = isinstance(since.type, Date)
    matching = and_(source.is_of_plan, condition)
    count = select(func.count(task.id)).where(matching).scalar_subquery()
    rows = (
        select(
            literal(matter.value).label("matter"), count.label("how_many"), task.id, task.division_id, task.measure_id,
            task.position_id, task.due_on, task.blocked_reason,
            (since if is_day else cast(null(), Date)).label("since_on"),
            (cast(null(), Moment) if is_day else since).label("since_at"),
        )
        .where(matching)
        .order_by(since, task.id)
        .limit(_MOST)
    )  # fmt: skip
    return select(rows.subquery())


def _meaning(
    matter: Matter, source: _Source, matters: Collection[Matter]
) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    """Return when a task is such a matter, and since when it is."""
    task, limit = source.task, bindparam(matter.value, type_=Date)
    over = bindparam(_over(matter), type_=Moment)
    if matter == Matter.REVIEW:
        # Whoever handed something in waits for an answer, whether the schedule still asks for it or not.
        return and_(task.status == Status.SUBMITTED, task.submitted_on <= limit), task.submitted_on
    if matter == Matter.BLOCKED:
        told_at = obstacles.last_told(Event.at, task_id=task.id, before=_MOMENT)
        return and_(source.is_scheduled, source.is_blocked, told_at < over), told_at
    if matter == Matter.STALLED:
        return and_(source.is_scheduled, source.is_in_work, source.last_word < over), source.last_word
    late = and_(source.is_scheduled, source.is_open, task.due_on <= limit)
    if matter == Matter.LATE_1 and Matter.LATE_2 in matters:
        late = and_(late, task.due_on > bindparam(Matter.LATE_2.value, type_=Date))
    return late, task.due_on
