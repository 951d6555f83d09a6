"""The record of changes, ready to show."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Appointment, Change

PAGE = 50


def listed(organization_id: int, *, before: int | None = None, most: int = PAGE) -> tuple[Sequence[Change], int | None]:
    """
    Return the newest changes of an organization, and what to pass for those before them (None: there are none).

    :param before: only changes with a smaller number
    """
    statement = select(Change).where(Change.organization_id == organization_id)
    if before is not None:
        statement = statement.where(Change.seq < before)
    rows = db.session.scalars(
        statement.options(
            joinedload(Change.by).options(joinedload(Appointment.position), joinedload(Appointment.user)),
            joinedload(Change.division),
            joinedload(Change.position),
            joinedload(Change.person),
        )
        .order_by(Change.seq.desc())
        .limit(most + 1)
    ).all()
    return rows[:most], rows[most - 1].seq if len(rows) > most else None
