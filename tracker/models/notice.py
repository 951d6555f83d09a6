"""What is owed to a person, the digest that carries it, and each attempt to deliver that."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.deliveries import DeliveryState
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.organization import Organization
from tracker.models.task import Task
from tracker.models.user import User


class Message(db.Model):
    """The one digest of a person and day, as it was told."""

    __table_args__ = (UniqueConstraint("user_id", "digest_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    digest_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)

    user: Mapped[User] = relationship()
    notices: Mapped[list["Notice"]] = relationship(back_populates="message")
    deliveries: Mapped[list["Delivery"]] = relationship(back_populates="message")


class Notice(db.Model):
    """That a person has been told of one step on the way to one occasion (the deadline or event it is about)."""

    __table_args__ = (UniqueConstraint("user_id", "task_id", "step", "occasion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    task_id: Mapped[int] = mapped_column(ForeignKey(Task.id), index=True)
    step: Mapped[str]
    occasion: Mapped[str]
    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id), index=True)

    task: Mapped[Task] = relationship()
    message: Mapped[Message] = relationship(back_populates="notices")


class Delivery(db.Model):
    """Handing one message over on one channel. `header_id` never changes, so a double can be recognised."""

    __table_args__ = (
        UniqueConstraint("message_id", "channel"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_pair"),
        Index("ix_delivery_waiting", "state", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id), index=True)
    channel: Mapped[str]
    header_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[DeliveryState] = mapped_column(word(DeliveryState), default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str] = mapped_column(default="")

    message: Mapped[Message] = relationship(back_populates="deliveries")
