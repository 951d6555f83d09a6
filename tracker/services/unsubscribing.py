"""The way out of mails with one click (RFC 8058): a signed token that says who, and nothing else."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from tracker.extensions import db
from tracker.models import User
from tracker.services import preferences

LONGEST_TOKEN = 200


def token_for(user: User) -> str:
    """Return the token for a person's mails: the same in each, good as long as the installation keeps its secret."""
    return str(_signer().dumps(user.id))


def user_of(token: str) -> User | None:
    """Return whose mails a token is about; None where we did not sign it."""
    try:
        user_id = _signer().loads(token) if len(token) <= LONGEST_TOKEN else None
    except BadSignature:
        return None
    return db.session.get(User, user_id) if isinstance(user_id, int) else None


def stop(*, user: User) -> None:
    """Send this person no digests by e-mail any more. Doing it again changes nothing."""
    preferences.stop_mail(user=user)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="tracker:unsubscribe")
