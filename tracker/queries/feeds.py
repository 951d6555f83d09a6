"""Feeds, and the tasks that one shows: what is in it now, and what was until a while ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.domain.feeds import Share
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Appointment, Division, Feed, Measure, Position, Task, TaskState, User
from tracker.models.base import FOREVER

MOST = 2_000  # the latest deadlines: far above what one division owes in two years


@dataclass(frozen=True)
class Shown:
    """
    What a feed tells of a task.

    `states` counts what was ever true of it, the last since `began_at`, and `ended` what of that is over, the last
    since `over_at`. It was in the feed `until` then, or is for ever.
    """

    task_id: int
    due_on: date
    status: Status
    slot: str
    indicator: int
    title: str
    division: Division
    position_title: str | None
    states: int
    ended: int
    began_at: datetime
    over_at: datetime | None
    until: datetime

    @property
    def is_cancelled(self) -> bool:
        """Whether it no longer belongs there."""
        return self.until < FOREVER

    @property
    def changed_at(self) -> datetime:
        """When it last changed."""
        return max(self.began_at, self.over_at or self.began_at)


def of_user(user_id: int) -> Sequence[Feed]:
    """Return a person's feeds, the oldest first."""
    return db.session.scalars(
        select(Feed).where(Feed.user_id == user_id).options(joinedload(Feed.division)).order_by(Feed.id)
    ).all()


def of_fingerprint(mark: str) -> Feed | None:
    """Return the feed of this fingerprint, with its person and their positions, as long as the account is open."""
    return (
        db.session.scalars(
            select(Feed)
            .join(Feed.user)
            .where(Feed.fingerprint == mark, User.active)
            .options(
                joinedload(Feed.division),
                joinedload(Feed.user).joinedload(User.appointments).joinedload(Appointment.position),
            )
        )
        .unique()
        .one_or_none()
    )


def shown(
    shares: Sequence[Share], *, organization_id: int, due_from: date, cancelled_from: datetime
) -> Sequence[Shown]:
    """
    Return the tasks that these shares of the work are, by deadline, in one statement whatever their number.

    With them come those that were theirs at `cancelled_from` or later and no longer are: retired, set aside as not
    applicable, given to somebody else.
    """
    if not shares:
        return ()
    rows = db.session.execute(_statement(shares, organization_id, due_from, cancelled_from)).all()
    return [Shown(*row) for row in reversed(rows)]


def _statement(shares: Sequence[Share], organization_id: int, due_from: date, cancelled_from: datetime) -> Select:
    story = _story(shares, organization_id, due_from, cancelled_from)
    return (
        select(
            Task.id, Task.due_on, Task.status, Task.slot, Measure.indicator, Measure.title, Division, Position.title,
            story.c.states, story.c.ended, story.c.began_at, story.c.over_at, story.c.until,
        )
        .join(story, story.c.task_id == Task.id)
        .join(Task.measure)
        .join(Task.division)
        .outerjoin(Task.position)
        .order_by(Task.due_on.desc(), Task.id.desc())
        .limit(MOST)
    )  # fmt: skip


def _story(shares: Sequence[Share], organization_id: int, due_from: date, cancelled_from: datetime) -> Subquery:
    """Return how often each task changed, when it last did, and until when it was one of theirs – today: for ever."""
    is_over = TaskState.valid_to < FOREVER
    is_theirs = and_(
        or_(*map(_is_in, shares)),
        TaskState.status != Status.NOT_APPLICABLE,
        TaskState.valid_to > TaskState.valid_from,  # of two moves in one moment nobody saw the first
    )
    until = func.max(case((is_theirs, TaskState.valid_to)))
    return (
        select(
            TaskState.task_id,
            func.count().label("states"),
            func.sum(case((is_over, 1), else_=0)).label("ended"),
            func.max(TaskState.valid_from).label("began_at"),
            func.max(case((is_over, TaskState.valid_to))).label("over_at"),
            until.label("until"),
        )
        .join(Task, Task.id == TaskState.task_id)
        .where(Task.organization_id == organization_id, Task.due_on >= due_from)
        .group_by(TaskState.task_id)
        .having(until >= cancelled_from)
        .subquery()
    )


def _is_in(share: Share) -> ColumnElement[bool]:
    is_of_division = TaskState.division_id == share.division_id
    if share.position_id is None:
        return is_of_division
    return and_(is_of_division, or_(TaskState.position_id.is_(None), TaskState.position_id == share.position_id))
