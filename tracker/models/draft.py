"""A report on its way in: what was read and what the clerk corrected, kept until a plan is made of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import db
from tracker.models.base import Moment
from tracker.models.organization import Organization
from tracker.models.plan import Plan
from tracker.models.position import Appointment


class Draft(db.Model):
    """
    An uploaded report: `report` is what was read of it, `corrections` what a person decided instead, the newest under
    its `revision`.

    A file that takes a while is read by a job; until then there is no `report`.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))
    uploaded_at: Mapped[datetime] = mapped_column(Moment)
    file_name: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)  # the file as it came
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    corrections: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=0)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey(Plan.id))  # once created
