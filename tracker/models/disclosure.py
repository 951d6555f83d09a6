"""What must be open to the public (O-items) in a fiscal year, who keeps it, and where it is."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import db
from tracker.models.base import Moment
from tracker.models.link import Link
from tracker.models.organization import Division, Organization
from tracker.models.position import Appointment


class DisclosureItem(db.Model):
    """
    One item of a fiscal year's list (พ.ศ.).

    `meaning` names what it is about and is the same in every year; the number is this year's and says nothing of
    another's. Items that a clerk added have meanings of their own.
    """

    __table_args__ = (
        UniqueConstraint("organization_id", "fiscal_year", "meaning"),
        CheckConstraint("number BETWEEN 1 AND 999", name="number_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    fiscal_year: Mapped[int]
    meaning: Mapped[str]
    number: Mapped[int]  # 9 of O9
    title: Mapped[str]
    is_confirmed: Mapped[bool] = mapped_column(default=True)  # False: the title is not from this year's handbook
    is_retired: Mapped[bool] = mapped_column(default=False)  # not asked for any more; its addresses stay
    division_id: Mapped[int | None] = mapped_column(ForeignKey(Division.id), index=True)

    division: Mapped[Division | None] = relationship()
    addresses: Mapped[list["DisclosureAddress"]] = relationship(
        back_populates="item", order_by="DisclosureAddress.id", cascade="all, delete-orphan"
    )

    @property
    def code(self) -> str:
        """How people name it."""
        return f"O{self.number}"


class DisclosureAddress(db.Model):
    """Where an item is shown to the public."""

    __table_args__ = (UniqueConstraint("item_id", "link_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(DisclosureItem.id))
    link_id: Mapped[int] = mapped_column(ForeignKey(Link.id), index=True)
    title: Mapped[str] = mapped_column(default="")  # what the page calls it
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by_id: Mapped[int] = mapped_column(ForeignKey(Appointment.id))

    item: Mapped[DisclosureItem] = relationship(back_populates="addresses")
    link: Mapped[Link] = relationship()


class FoundPage(db.Model):
    """A page of the organization's own whose links are to be offered for the items; read by a job."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    fiscal_year: Mapped[int]
    url: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Appointment.id))
    # [title, address, what stands beside it …] of each; None: not read yet
    links: Mapped[list[list[str]] | None] = mapped_column(JSON(none_as_null=True))
