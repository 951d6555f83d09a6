"""Which positions sign a paper."""

from sqlalchemy import or_, select

from tracker.documents.composing.signers import Signers
from tracker.domain.permissions import Role
from tracker.extensions import db
from tracker.models import Position

DEPUTY = "รอง"


def of(organization_id: int) -> Signers:
    """Return who signs for an organization; a deputy only where there is nobody else."""
    rows = db.session.execute(
        select(Position.title, Position.role, Position.leads_at)
        .where(Position.organization_id == organization_id, Position.abolished_on.is_(None))
        .where(or_(Position.role == Role.CLERK, Position.leads_at.is_not(None)))
        .order_by(Position.id)
    ).all()
    titles = sorted(rows, key=lambda row: row.title.startswith(DEPUTY))
    makers = [row.title for row in titles if row.role == Role.CLERK]
    checkers, approvers = ([row.title for row in titles if row.leads_at == level] for level in (1, 2))
    return Signers(*("".join(found[:1]) for found in (makers, checkers, approvers)))
