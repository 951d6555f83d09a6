"""Appending to an organization's record of changes, and checking that nobody rewrote it."""

from datetime import datetime

from sqlalchemy import select

from tracker.domain.changes import ChangeEntry, ChangeKind
from tracker.domain.history import chained_hash, digest
from tracker.extensions import db
from tracker.models import Appointment, Change, Division, Organization, Position, User
from tracker.services import chains, organizations


def record(
    *,
    organization_id: int,
    kind: ChangeKind,
    by: Appointment | None,
    now: datetime,
    division: Division | None = None,
    position: Position | None = None,
    person: User | None = None,
    before: str = "",
    after: str = "",
) -> Change:
    """Append what was changed to the organization's record. Its row stays locked until the transaction ends."""
    organization = organizations.lock(organization_id)
    entry = ChangeEntry(
        organization_id=organization.id,
        seq=organization.last_seq + 1,
        at=now,
        appointment_id=by.id if by else None,
        kind=kind,
        division_id=division.id if division else None,
        position_id=position.id if position else None,
        user_id=person.id if person else None,
        before_digest=digest(before),
        after_digest=digest(after),
    )
    change = Change(
        **vars(entry),
        before=before,
        after=after,
        previous_hash=organization.last_hash,
        hash=chained_hash(entry, previous=organization.last_hash),
    )
    db.session.add(change)
    organization.last_seq, organization.last_hash = change.seq, change.hash
    db.session.flush()
    return change


def first_break(organization: Organization) -> chains.Break | None:
    """Return the first row that was changed, taken out or put in; None when the record is whole."""
    rows = select(Change).where(Change.organization_id == organization.id).order_by(Change.seq)
    return chains.first_break(rows, head=organization, is_as_written=_is_as_written)


def _is_as_written(change: Change) -> bool:
    entry = ChangeEntry(
        organization_id=change.organization_id,
        seq=change.seq,
        at=change.at,
        appointment_id=change.appointment_id,
        kind=change.kind,
        division_id=change.division_id,
        position_id=change.position_id,
        user_id=change.user_id,
        before_digest=change.before_digest,
        after_digest=change.after_digest,
    )
    texts = (digest(change.before), digest(change.after)) == (change.before_digest, change.after_digest)
    return texts and change.hash == chained_hash(entry, previous=change.previous_hash)
