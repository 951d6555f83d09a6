"""An organization itself: setting it up, and holding it while its people and divisions change."""

from collections.abc import Sequence

from sqlalchemy import select

from tracker.domain import responsibles
from tracker.extensions import db
from tracker.models import Division, Organization


def create(*, name: str, divisions: Sequence[responsibles.Division]) -> Organization:
    """Create an organization with its divisions in the order given."""
    organization = Organization(name=name)
    for order, division in enumerate(divisions, start=1):
        organization.divisions.append(
            Division(
                name=division.name,
                short_names=list(division.short_names),
                head_title=division.head,
                order=order,
            )
        )
    db.session.add(organization)
    db.session.flush()
    return organization


def lock(organization_id: int) -> Organization:
    """
    Hold an organization until the transaction ends: its divisions, positions and people change one after another.

    Whoever locks an organization and its plans locks the organization first.
    """
    # Others may go on adding rows that only refer to it, such as tasks and messages.
    held = select(Organization).where(Organization.id == organization_id).with_for_update(key_share=True)
    return db.session.scalars(held.execution_options(populate_existing=True)).one()
