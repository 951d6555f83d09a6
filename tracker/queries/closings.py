"""Closed rounds: which there are, what one has frozen, and how a plan's rounds stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import and_, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from tracker.domain.closings import Standing, standing
from tracker.extensions import db
from tracker.models import Appointment, Closing, Event, Measure, Plan


def of_plan(plan_id: int) -> Sequence[Closing]:
    """
    Return every closing of a plan by round and revision, without the figures themselves, in one statement.

    Of a round the last one counts: `latest`.
    """
    return db.session.scalars(
        select(Closing)
        .where(Closing.plan_id == plan_id)
        .options(defer(Closing.figures), joinedload(Closing.closed_by).joinedload(Appointment.position))
        .order_by(Closing.round_on, Closing.revision)
    ).all()


def latest(closings: Sequence[Closing]) -> dict[date, Closing]:
    """Return of each round the closing that counts, in time order."""
    return {closing.round_on: closing for closing in closings}


@dataclass(frozen=True)
class RoundStanding:
    """A round, where it stands and its closings, the one that counts first."""

    round_on: date
    standing: Standing
    closings: Sequence[Closing]
    is_planned: bool  # False: moved or taken out of the plan since it was closed

    @property
    def latest(self) -> Closing | None:
        """The closing that counts."""
        return self.closings[0] if self.closings else None


def rounds(plan: Plan, *, today: date) -> list[RoundStanding]:
    """Return how the rounds of a plan stand, those too that it had when they were closed, in time order."""
    closed = {day: list(group)[::-1] for day, group in groupby(of_plan(plan.id), key=lambda one: one.round_on)}
    return [
        RoundStanding(
            day, standing(day, is_closed=day in closed, today=today), closed.get(day, []), day in plan.round_dates
        )
        for day in sorted({*closed, *plan.round_dates})
    ]


@dataclass(frozen=True)
class Kept:
    """A closing, the event of it in the plan's history, and which revision of the round counts."""

    closing: Closing
    event: Event | None
    latest_revision: int

    @property
    def is_whole(self) -> bool:
        """Whether nobody changed it."""
        return self.closing.is_whole(self.event)

    @property
    def is_latest(self) -> bool:
        """Whether it is the one that counts."""
        return self.closing.revision == self.latest_revision


def one(closing_id: int) -> Kept | None:
    """Return a closing with its plan, who closed it and its event, in one statement."""
    newer = Closing.__table__.alias()
    latest_revision = (
        select(func.max(newer.c.revision))
        .where(newer.c.plan_id == Closing.plan_id, newer.c.round_on == Closing.round_on)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(Closing, Event, latest_revision)
        .join(Closing.plan)
        .outerjoin(Event, and_(Event.plan_id == Closing.plan_id, Event.seq == Closing.head_seq + 1))
        .where(Closing.id == closing_id)
        .options(
            contains_eager(Closing.plan).joinedload(Plan.organization),
            joinedload(Closing.closed_by).joinedload(Appointment.position),
        )
    ).one_or_none()
    return Kept(*row) if row else None


def measure_titles(plan_id: int) -> dict[int, str]:
    """Return the titles of a plan's measures by their ids."""
    titles = select(Measure.id, Measure.title).where(Measure.plan_id == plan_id).order_by(Measure.id)
    return {row.id: row.title for row in db.session.execute(titles)}
