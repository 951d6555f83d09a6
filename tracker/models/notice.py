"""What is owed to a person, the digest that carries it, and each attempt to deliver that."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import db
from tracker.models.base import Moment
from tracker.models.channel import ChannelAddress
from tracker.models.handed import Handed
from tracker.models.link import Link
from tracker.models.organization import Organization
from tracker.models.plan import Plan
from tracker.models.task import Task
from tracker.models.user import User

OF_THE_PLAN = text("task_id IS NULL AND link_id IS NULL")


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
    """
    That a person has been told of one step on the way to one occasion (the deadline or event it is about).

    It is about a task, or about a watched address of the plan's organization; without either, about the plan as a
    whole: the weekly summary, a division behind what was to be expected.
    """

    __table_args__ = (
        UniqueConstraint("user_id", "task_id", "step", "occasion"),
        UniqueConstraint("user_id", "link_id", "step", "occasion"),
        CheckConstraint("task_id IS NULL OR link_id IS NULL", name="about_one"),
        Index(
            "uq_notice_of_plan", "user_id", "plan_id", "step", "occasion",
            unique=True, sqlite_where=OF_THE_PLAN, postgresql_where=OF_THE_PLAN,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey(Task.id), index=True)
    link_id: Mapped[int | None] = mapped_column(ForeignKey(Link.id), index=True)
    step: Mapped[str]
    occasion: Mapped[str]
    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id), index=True)

    plan: Mapped[Plan] = relationship()
    task: Mapped[Task | None] = relationship()
    link: Mapped[Link | None] = relationship()
    message: Mapped[Message] = relationship(back_populates="notices")


class Delivery(Handed, db.Model):
    """
    Handing one message over on one channel: by mail, or to one of the person's other addresses.

    One that is in doubt may have arrived: only the same mail with the same Message-ID may tell of it again.
    """

    __table_args__ = (
        UniqueConstraint("message_id", "channel"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_pair"),
        Index("ix_delivery_waiting", "state", "next_try_at"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id), index=True)
    channel: Mapped[str]  # "mail", or "address:<id>"
    address_id: Mapped[int | None] = mapped_column(ForeignKey(ChannelAddress.id, ondelete="SET NULL"), index=True)
    in_doubt: Mapped[bool] = mapped_column(default=False)

    message: Mapped[Message] = relationship(back_populates="deliveries")
    address: Mapped[ChannelAddress | None] = relationship()
