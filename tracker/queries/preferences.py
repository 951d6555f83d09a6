"""What a person chose about being told."""

from tracker.extensions import db
from tracker.models import Preference


def of_user(user_id: int) -> Preference | None:
    """Return what a person chose; None where all is as usual."""
    return db.session.get(Preference, user_id)
