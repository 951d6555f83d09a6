"""Which process may act, and since when nobody has."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import db
from tracker.models.base import Moment

SCHEDULER = "scheduler"  # the lease of the process that runs the jobs


class Lease(db.Model):
    """A name that one holder owns until a moment on the machines' clocks; another takes it over once that passed."""

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until_at: Mapped[datetime] = mapped_column(Moment)
    last_tick_at: Mapped[datetime | None] = mapped_column(Moment)
