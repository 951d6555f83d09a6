"""Closing a follow-up round, and checking that nobody changed what was closed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from tracker.domain import closings as rules
from tracker.domain.history import EventKind
from tracker.domain.indicators import INDICATORS
from tracker.extensions import db
from tracker.models import Appointment, Closing, Event, Plan
from tracker.queries import closings as queries
from tracker.queries import progress
from tracker.services import events, locks


def close(
    *, plan: Plan, round_on: date, as_of: date, note: str, by: Appointment, now: datetime, today: date
) -> Closing:
    """
    Freeze the plan's figures as of the end of a day for one of its rounds, and return what is kept.

    A round that was closed before gets one revision more; what was frozen stays beside it.

    :raises NoSuchRound: if the plan has no round on this day
    :raises Refusal: `RoundAhead`, `DayBeforeRound`, `DayNotOver` or `ReasonNeeded`
    :raises NothingToClose: if there was no task on that day
    """
    locks.hold_plan(plan)
    db.session.refresh(plan, ["rounds"])
    if round_on not in plan.round_dates:
        raise rules.NoSuchRound()
    earlier = queries.of_plan(plan.id)
    replaced = queries.latest(earlier).get(round_on)
    revision = replaced.revision + 1 if replaced else 1
    rules.check_day(round_on=round_on, as_of=as_of, today=today)
    rules.check_reason(round_on=round_on, as_of=as_of, revision=revision, note=note)
    closing = Closing(
        plan=plan,
        plan_id=plan.id,
        round_on=round_on,
        revision=revision,
        as_of=as_of,
        closed_at=now,
        closed_by=by,
        closed_by_id=by.id,
        note=note,
        figures=_snapshot(plan, as_of, by).canonical(),
        head_seq=plan.last_seq,
        head_hash=plan.last_hash,
        previous_seal=max(earlier, key=lambda one: one.head_seq).seal if earlier else "",
    )
    _seal(closing, replaces=replaced)
    return closing


def _seal(closing: Closing, *, replaces: Closing | None) -> None:
    """Seal a closing and let the plan's history, which it follows, hold the seal."""
    closing.seal = closing.seal_of_content
    db.session.add(closing)
    db.session.flush()
    events.record(
        plan=closing.plan,
        kind=EventKind.ROUND_CLOSED,
        by=closing.closed_by,
        now=closing.closed_at,
        before=replaces.seal if replaces else "",
        after=closing.seal,
        note=closing.note,
    )


def _snapshot(plan: Plan, as_of: date, by: Appointment) -> rules.Snapshot:
    figures = progress.as_of(plan.id, day=as_of)
    if not figures.cells:
        raise rules.NothingToClose(as_of)
    return rules.Snapshot(
        organization=plan.organization.name,
        fiscal_year=plan.fiscal_year,
        closed_by=by.position.title,
        indicators={indicator.number: (indicator.name_th, indicator.name_en) for indicator in INDICATORS},
        measures=queries.measure_titles(plan.id),
        figures=figures,
    )


@dataclass(frozen=True)
class Break:
    """The first closing of a plan that is not what was sealed."""

    plan: Plan
    seq: int  # of its event in the plan's history
    closing: Closing | None  # None: it is no longer there


def first_break(plan: Plan) -> Break | None:
    """Return the first closing that was changed, taken out or put in; None when all are as they were sealed."""
    of_closings = select(Event).where(Event.plan_id == plan.id, Event.kind == EventKind.ROUND_CLOSED)
    told = {event.seq: event for event in db.session.scalars(of_closings)}
    kept = {one.head_seq + 1: one for one in db.session.scalars(select(Closing).where(Closing.plan_id == plan.id))}
    previous = ""
    for seq in sorted({*told, *kept}):
        closing = kept.get(seq)
        if closing is None or closing.previous_seal != previous or not closing.is_whole(told.get(seq)):
            return Break(plan, seq, closing)
        previous = closing.seal
    return None
