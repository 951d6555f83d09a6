"""Days off and festivals of an organization: editable, because the cabinet adds days at short notice."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import db
from tracker.models.organization import Organization


class Holiday(db.Model):
    """A day on which the office is closed."""

    __table_args__ = (UniqueConstraint("organization_id", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    on_day: Mapped[date]
    name: Mapped[str]


class Festival(db.Model):
    """A festival of a fiscal year (พ.ศ.); its tasks fall due on the working day before `on_day`."""

    __table_args__ = (UniqueConstraint("organization_id", "fiscal_year", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    fiscal_year: Mapped[int]
    key: Mapped[str]
    name: Mapped[str]
    on_day: Mapped[date]
