"""Writing down what happened to an account, in one place."""

from datetime import datetime

from tracker.domain.sign_in import RecordKind, Visit
from tracker.extensions import db
from tracker.models import SignInRecord, User


def record(kind: RecordKind, *, user: User, by: User | None, visit: Visit, now: datetime) -> None:
    """Append what happened to a person's account. `by` is None where nobody was signed in, as with a command."""
    db.session.add(
        SignInRecord(
            kind=kind,
            user_id=user.id,
            by_id=by.id if by else None,
            at=now,
            address=visit.address,
            device=visit.device,
        )
    )
    db.session.flush()
