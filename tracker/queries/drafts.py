"""Reports on their way in."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer

from tracker.extensions import db
from tracker.models import Draft


def of(organization_id: int, *, limit: int = 20) -> Sequence[Draft]:
    """Return an organization's uploaded reports without their content, newest first."""
    return db.session.scalars(
        select(Draft)
        .where(Draft.organization_id == organization_id)
        .options(defer(Draft.content), defer(Draft.report))
        .order_by(Draft.id.desc())
        .limit(limit)
    ).all()
