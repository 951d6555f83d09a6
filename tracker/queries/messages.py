"""A person's digests, and what every page must know of them and of the queue of reviewers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Delivery, Lease, Message, Notice, Plan, Task

SILENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Standing:
    """How many digests a person has not opened, when the scheduler last ticked, and how many tasks wait for review."""

    unread: int
    last_tick_at: datetime | None
    waiting: int = 0  # for who reviews

    def is_silent(self, machine_now: datetime) -> bool:
        """Return whether ticks have stopped; before the first one nothing is wrong yet."""
        return self.last_tick_at is not None and machine_now - self.last_tick_at > SILENCE


def standing(*, user_id: int, reviews_of: int | None = None) -> Standing:
    """
    Return what every page must know, in one statement.

    :param reviews_of: the organization whose tasks the person reviews
    """
    return Standing(*db.session.execute(_STANDING, {"user_id": user_id, "reviews_of": reviews_of}).one())


def last_tick() -> datetime | None:
    """Return when any process last ticked."""
    return db.session.scalar(select(func.max(Lease.last_tick_at)))


def of_user(user_id: int, *, limit: int = 50) -> Sequence[Message]:
    """Return a person's latest digests with what each told, newest first."""
    return db.session.scalars(
        select(Message)
        .where(Message.user_id == user_id)
        .options(
            selectinload(Message.notices)
            .joinedload(Notice.task)
            .options(joinedload(Task.measure), joinedload(Task.division)),
        )
        .order_by(Message.digest_on.desc(), Message.id.desc())
        .limit(limit)
    ).all()


def recent_deliveries(organization_id: int, *, limit: int = 50) -> Sequence[Delivery]:
    """Return an organization's latest deliveries with their people, newest first."""
    return db.session.scalars(
        select(Delivery)
        .join(Delivery.message)
        .where(Message.organization_id == organization_id)
        .options(joinedload(Delivery.message).joinedload(Message.user))
        .order_by(Delivery.id.desc())
        .limit(limit)
    ).all()


# Built once, and of tables rather than entities: every page asks for it.
_message, _lease, _task = Message.__table__.c, Lease.__table__.c, Task.__table__.c
# By the plans, for the index of tasks begins with them.
_plans = select(Plan.__table__.c.id).where(Plan.__table__.c.organization_id == bindparam("reviews_of", type_=Integer))
_STANDING = select(
    select(func.count()).where(_message.user_id == bindparam("user_id"), _message.read_at.is_(None)).scalar_subquery(),
    select(func.max(_lease.last_tick_at)).scalar_subquery(),
    select(func.count()).where(_task.plan_id.in_(_plans), _task.status == Status.SUBMITTED).scalar_subquery(),
)
