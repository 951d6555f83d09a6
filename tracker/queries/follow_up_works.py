"""What divisions did about the tasks of a plan as of the end of a day, in three statements whatever the size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from tracker.documents.composing.follow_up import Promise, Proof, Work
from tracker.domain.calendar import THAILAND
from tracker.domain.deadlines import Festival
from tracker.domain.figures import Named
from tracker.domain.history import EventKind
from tracker.domain.statuses import Placement, Status
from tracker.extensions import db
from tracker.models import Appointment, Division, Event, Evidence, Measure, Step, Task, TaskState
from tracker.queries.tasks import slots_asked

TEXTS = {
    "result": EventKind.RESULT_WRITTEN,
    "obstacles": EventKind.OBSTACLES_WRITTEN,
    "suggestions": EventKind.SUGGESTIONS_WRITTEN,
}
TICKS = frozenset({EventKind.STEP_CHECKED, EventKind.STEP_UNCHECKED})
TOLD = frozenset({*TEXTS.values(), *TICKS, EventKind.BUDGET_STATED, EventKind.SUBMITTED, EventKind.ACCEPTED})


def promises(measures: Sequence[Measure]) -> Iterator[Promise]:
    """Yield measures (by indicator) in the plan's own words, counted within their indicator."""
    place: dict[int, int] = {}
    for measure in measures:
        place[measure.indicator] = place.get(measure.indicator, 0) + 1
        yield Promise(
            id=measure.id,
            indicator=measure.indicator,
            number=f"{measure.indicator}.{place[measure.indicator]}",
            title=measure.title,
            time_frame=measure.schedule_words or measure.time_frame_text,
            responsible=measure.responsible_text,
            budget=measure.budget_text,
            success=measure.success_text,
        )


def as_of(
    plan_id: int,
    *,
    moment: datetime,
    measures: Sequence[Measure],
    rounds: Sequence[date],
    festivals: Sequence[Festival],
) -> tuple[Work, ...]:
    """
    Return every task as it stood just before a moment, by measure, division and deadline.

    Where it stood and whose it was comes from its state, words, money and ticks from the plan's history, evidence from
    its versions. What the plan itself asks – the steps, and whether the schedule still asks for the task – is kept as
    it is today only.

    :param measures: of the plan, with their steps
    """
    history, proofs = _history(plan_id, moment), _evidence(plan_id, moment)
    steps = _Steps({measure.id: measure for measure in measures}, rounds, festivals)
    return tuple(
        _work(row, history.get(row.task_id, _NOTHING), tuple(proofs.get(row.task_id, ())), steps)
        for row in _states(plan_id, moment)
    )


def _states(plan_id: int, moment: datetime) -> Sequence[Any]:
    state = TaskState
    return db.session.execute(
        select(
            state.task_id, state.measure_id, state.status, state.due_on, state.submitted_on, state.submitted_by_id,
            state.status_reason, state.blocked_reason, state.division_id, Division.name, Task.slot, Task.placement,
        )
        .join(Task, Task.id == state.task_id)
        .join(Division, Division.id == state.division_id)
        .where(state.plan_id == plan_id, state.valid_to >= moment, state.valid_from < moment)
        .order_by(state.indicator, state.measure_id, Division.order, state.division_id, state.due_on, state.task_id)
    ).all()  # fmt: skip


@dataclass
class _History:
    """What the history last told of a task."""

    last: dict[EventKind, Any]
    ticks: dict[str, tuple[int, bool]]  # by the step's number, the event that last ticked it or took the tick back

    def words(self, kind: EventKind) -> str:
        return self.last[kind].note if kind in self.last else ""

    @property
    def acceptance(self) -> Any:
        """The event that accepted what was handed in last; None where nobody had to look at it."""
        accepted, submitted = self.last.get(EventKind.ACCEPTED), self.last.get(EventKind.SUBMITTED)
        return accepted if accepted and (not submitted or accepted.seq > submitted.seq) else None


_NOTHING = _History({}, {})


def _history(plan_id: int, moment: datetime) -> dict[int, _History]:
    """Return what each task's history last said by then of every kind, and of every step."""
    step = case((Event.kind.in_(sorted(TICKS)), Event.before + Event.after), else_="")
    last = (
        select(func.max(Event.seq))
        .where(Event.plan_id == plan_id, Event.kind.in_(sorted(TOLD)), Event.at < moment, Event.task_id.is_not(None))
        .group_by(Event.task_id, Event.kind, step)
    )
    rows = db.session.execute(
        select(
            Event.task_id, Event.seq, Event.kind, Event.at, Event.before, Event.after, Event.note, Appointment.user_id
        )
        .outerjoin(Appointment, Appointment.id == Event.appointment_id)
        .where(Event.plan_id == plan_id, Event.seq.in_(last))
        .order_by(Event.seq)
    )
    found: dict[int, _History] = {}
    for row in rows:
        told = found.setdefault(row.task_id, _History({}, {}))
        if row.kind in TICKS:
            told.ticks[row.before + row.after] = (row.seq, row.kind == EventKind.STEP_CHECKED)
        else:
            told.last[row.kind] = row
    return found


def _evidence(plan_id: int, moment: datetime) -> dict[int, list[Proof]]:
    """Return the evidence of each task that stood then: added by then, neither withdrawn nor replaced by then."""
    later = aliased(Evidence)
    rows = db.session.execute(
        select(Evidence.task_id, Evidence.title, Evidence.url)
        .join(Task, Task.id == Evidence.task_id)
        .outerjoin(later, and_(later.replaces_id == Evidence.id, later.added_at < moment))
        .where(
            Task.plan_id == plan_id,
            Evidence.added_at < moment,
            or_(Evidence.withdrawn_at.is_(None), Evidence.withdrawn_at >= moment),
            later.id.is_(None),
        )
        .order_by(Evidence.task_id, Evidence.id)
    )
    found: dict[int, list[Proof]] = {}
    for task_id, title, url in rows:
        found.setdefault(task_id, []).append(Proof(title, url))
    return found


class _Steps:
    """Which steps a task is the checklist of, each measure's schedule looked at once."""

    def __init__(self, measures: Mapping[int, Measure], rounds: Sequence[date], festivals: Sequence[Festival]) -> None:
        self._asked = {
            measure.id: slots_asked(measure.current_steps, rounds=rounds, festivals=festivals)
            for measure in measures.values()
        }

    def of(self, measure_id: int, slot: str) -> list[Step]:
        asked = self._asked.get(measure_id, [])
        return [step for step, keys in asked if slot in keys] or [step for step, _ in asked]


def _work(row: Any, history: _History, proofs: tuple[Proof, ...], steps: _Steps) -> Work:
    asked = steps.of(row.measure_id, row.slot)
    acceptance = history.acceptance if row.status == Status.DONE else None
    is_own = acceptance is not None and acceptance.user_id is not None and acceptance.user_id == row.submitted_by_id
    stated = history.last.get(EventKind.BUDGET_STATED)
    return Work(
        measure_id=row.measure_id,
        division=Named(row.division_id, row.name),
        due_on=row.due_on,
        status=row.status,
        submitted_on=row.submitted_on,
        accepted_on=acceptance.at.astimezone(THAILAND).date() if acceptance else None,
        **{name: history.words(kind) for name, kind in TEXTS.items()},
        budget=Decimal(stated.after) if stated and stated.after else None,
        evidence=proofs,
        ticked=sum(history.ticks.get(str(step.order), (0, False))[1] for step in asked),
        steps=len(asked),
        reason=row.status_reason,
        blocked=row.blocked_reason,
        own_acceptance=acceptance.note if acceptance and is_own else "",
        is_outside=row.placement == Placement.OUTSIDE,
    )


def measures_of(plan_id: int) -> Sequence[Measure]:
    """Return the measures of a plan with their steps, in two statements."""
    return (
        db.session.scalars(
            select(Measure)
            .where(Measure.plan_id == plan_id)
            .options(joinedload(Measure.steps))
            .order_by(Measure.indicator, Measure.id)
        )
        .unique()
        .all()
    )
