"""When and how a person wants to be told, as they choose it themselves."""

from collections.abc import Collection

from sqlalchemy.exc import IntegrityError

from tracker.domain.sending_hours import Wishes
from tracker.extensions import db
from tracker.models import Preference, User
from tracker.queries import channel_addresses


def change(*, user: User, wishes: Wishes, wants_mail: bool, addresses_on: Collection[int]) -> None:
    """
    Keep what a person wants.

    :param addresses_on: the ids of the person's own addresses that are to be used; those of others change nothing
    """
    row = _row(user)
    row.hour, row.paused_from, row.paused_to = wishes.hour, wishes.paused_from, wishes.paused_to
    row.wants_mail = wants_mail
    for address in channel_addresses.of_user(user.id):
        address.is_on = address.id in addresses_on
    db.session.flush()


def stop_mail(*, user: User) -> None:
    """Send a person no digests by e-mail any more; whatever else they chose stays. Doing it again changes nothing."""
    _row(user).wants_mail = False
    db.session.flush()


def _row(user: User) -> Preference:
    row = db.session.get(Preference, user.id)
    if row is None:
        try:
            with db.session.begin_nested():
                db.session.add(Preference(user_id=user.id))
        except IntegrityError:
            pass  # another request made the row in the same moment
        row = db.session.get_one(Preference, user.id)
    return row
