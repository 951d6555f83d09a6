"""What of a plan can be carried over into the next fiscal year, and what is unfinished in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tracker.domain.deadlines import Festival
from tracker.domain.generation import days_by_slot
from tracker.domain.statuses import OPEN, Placement
from tracker.domain.timeframes import Kind, TimeFrame, read_time_frame, step_time_frame
from tracker.domain.years import a_year_later, day_a_year_later
from tracker.extensions import db
from tracker.models import Division, Measure, Plan, Step, Task
from tracker.queries import calendars


@dataclass(frozen=True)
class CarriedStep:
    """A step as it reads a year later. The years of its text move only where they say when it is due."""

    text: str
    printed: str | None
    own_schedule: TimeFrame | None
    own_schedule_words: str


@dataclass(frozen=True)
class Carried:
    """A measure as it reads a year later; `closed` are the divisions that are no more, and left out."""

    measure: Measure
    time_frame_text: str
    schedule_words: str
    schedule: TimeFrame
    steps: tuple[CarriedStep, ...]
    divisions: tuple[Division, ...]
    closed: tuple[Division, ...]
    tasks: int

    @property
    def words(self) -> str:
        """When it is due, in words."""
        return self.schedule_words or self.time_frame_text

    @property
    def words_before(self) -> str:
        """The same in the plan it is carried over from."""
        return self.measure.schedule_words or self.measure.time_frame_text

    @property
    def is_unclear(self) -> bool:
        """Whether no due days can be read from the words."""
        return self.schedule.kind == Kind.UNCLEAR


@dataclass(frozen=True)
class Unfinished:
    """How many tasks of a plan are not handed in yet, by division in the official order and by measure (id)."""

    divisions: tuple[tuple[Division, int], ...]
    measures: dict[int, int]


def rounds_after(plan: Plan) -> tuple[date, ...]:
    """Return the plan's follow-up rounds a year later."""
    return tuple(day_a_year_later(day) for day in plan.round_dates)


def of(plan: Plan) -> Sequence[Carried]:
    """Return the plan's measures as they read in the fiscal year after it."""
    loaded = selectinload(Measure.steps), selectinload(Measure.divisions)
    rows = (
        select(Measure)
        .where(Measure.plan_id == plan.id, Measure.is_retired.is_(False))
        .options(*loaded)
        .order_by(Measure.indicator, Measure.id)
    )
    rounds = rounds_after(plan)
    festivals = calendars.expected_festivals(plan.organization_id, fiscal_year=plan.fiscal_year + 1)
    return [_carried(measure, plan.fiscal_year, rounds, festivals) for measure in db.session.scalars(rows)]


def unfinished(plan: Plan) -> Unfinished:
    """Return what nobody has handed in yet of a plan, in one statement."""
    rows = db.session.execute(
        select(Division, Task.measure_id, func.count())
        .join(Task, Task.division_id == Division.id)
        .where(Task.plan_id == plan.id, Task.status.in_(sorted(OPEN)), Task.placement != Placement.RETIRED)
        .group_by(Division.id, Task.measure_id)
        .order_by(Division.order, Division.id)
    )
    divisions: Counter[Division] = Counter()
    measures: Counter[int] = Counter()
    for division, measure_id, count in rows:
        divisions[division] += count
        measures[measure_id] += count
    return Unfinished(tuple(divisions.items()), dict(measures))


def _carried(measure: Measure, year: int, rounds: Sequence[date], festivals: Sequence[Festival]) -> Carried:
    time_frame_text, schedule_words = (
        a_year_later(words, fiscal_year=year) for words in (measure.time_frame_text, measure.schedule_words)
    )
    schedule = read_time_frame(schedule_words or time_frame_text, fiscal_year=year + 1)
    steps = tuple(_step(step, year) for step in measure.current_steps)
    divisions = tuple(one for one in measure.divisions if one.closed_on is None)
    asked = [step.own_schedule or schedule for step in steps] or [schedule]
    days = days_by_slot(asked, rounds=rounds, festivals=festivals)
    return Carried(
        measure=measure,
        time_frame_text=time_frame_text,
        schedule_words=schedule_words,
        schedule=schedule,
        steps=steps,
        divisions=divisions,
        closed=tuple(one for one in measure.divisions if one.closed_on is not None),
        tasks=len(days) * len(divisions),
    )


def _step(step: Step, year: int) -> CarriedStep:
    if step.own_schedule is None:
        return CarriedStep(step.text, step.printed, None, "")
    text, words = (a_year_later(one, fiscal_year=year) for one in (step.text, step.own_schedule_words))
    printed = step.printed and a_year_later(step.printed, fiscal_year=year)
    own = read_time_frame(words, fiscal_year=year + 1) if words else step_time_frame(text, fiscal_year=year + 1)
    return CarriedStep(text, printed, own, words)
