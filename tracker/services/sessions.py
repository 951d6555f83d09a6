"""Beginning and ending the sessions of a person."""

from datetime import datetime

from sqlalchemy import delete

from tracker.domain.sign_in import REMEMBERED_LENGTH, SESSION_LENGTH, RecordKind, Visit
from tracker.extensions import db
from tracker.models import User, UserSession
from tracker.services import sign_in_records, tokens

PURPOSE = "session"


def begin(
    *, user: User, visit: Visit, now: datetime, machine_now: datetime, is_remembered: bool = False
) -> tuple[UserSession, str]:
    """Begin a session, and return it with the token for the browser's cookies."""
    token = tokens.new_token()
    row = UserSession(
        user_id=user.id,
        fingerprint=fingerprint(token),
        created_at=now,
        last_used_at=now,
        expires_at=machine_now + (REMEMBERED_LENGTH if is_remembered else SESSION_LENGTH),
        address=visit.address,
        device=visit.device,
        is_remembered=is_remembered,
    )
    db.session.add(row)
    sign_in_records.record(RecordKind.SIGNED_IN, user=user, by=user, visit=visit, now=now)
    return row, token


def fingerprint(token: str) -> str:
    """Return what is kept of a session's token."""
    return tokens.fingerprint(PURPOSE, token)


def drop(*, token: str) -> None:
    """Forget the session of this token, if it is still there: its own person has left it."""
    db.session.execute(delete(UserSession).where(UserSession.fingerprint == fingerprint(token)))


def end(*, session: UserSession, by: User, visit: Visit, now: datetime) -> None:
    """End one session from another; the next request with its cookie is a stranger's."""
    user = session.user
    db.session.delete(session)
    sign_in_records.record(RecordKind.SESSION_ENDED, user=user, by=by, visit=visit, now=now)


def end_all(*, user: User, by: User | None, visit: Visit, now: datetime, keep: UserSession | None = None) -> int:
    """End every session of a person but the one to keep, and return how many there were."""
    ended = forget(user=user, keep=keep)
    sign_in_records.record(RecordKind.SESSIONS_ENDED, user=user, by=by, visit=visit, now=now)
    return ended


def forget(*, user: User, keep: UserSession | None = None) -> int:
    """Delete a person's sessions but the one to keep, as part of something else that is recorded."""
    ended = delete(UserSession).where(UserSession.user_id == user.id)
    if keep is not None:
        ended = ended.where(UserSession.id != keep.id)
    return db.session.execute(ended).rowcount  # type: ignore[attr-defined]
