"""What every row has that is handed over under a lease: a digest on a channel, a letter by mail."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.deliveries import DeliveryState, Problem
from tracker.models.base import Moment, word


class Handed:
    """
    Where the handing over stands. `header_id` never changes, so a double can be recognised.

    `forgiven` attempts no longer count towards giving up: somebody sent it again by hand since.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    header_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[DeliveryState] = mapped_column(word(DeliveryState), default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    forgiven: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(Moment)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    problem: Mapped[Problem | None] = mapped_column(word(Problem))
    error: Mapped[str] = mapped_column(default="")
