"""Making the address of a calendar that a person's program subscribes to, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from tracker.domain.feeds import MOST_FEEDS
from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import RecordKind, Visit
from tracker.extensions import db
from tracker.models import Division, Feed, User
from tracker.queries import feeds
from tracker.services import sign_in_records, tokens

PURPOSE = "feed"


class TooManyFeeds(Refusal):
    """Addresses that nobody remembers are doors that nobody closes."""

    def __init__(self) -> None:
        super().__init__(
            N_("You have %(count)s calendar addresses already. Revoke one that is not in use first."), count=MOST_FEEDS
        )


@dataclass(frozen=True)
class Made:
    """A new feed, with the token of its address: it is shown this once."""

    feed: Feed
    token: str


def make(*, user: User, division: Division | None, visit: Visit, now: datetime) -> Made:
    """
    Make an address under which a person reads a division's calendar or, without one, their own.

    :raises TooManyFeeds: if the person has as many as one can look after
    """
    if len(feeds.of_user(user.id)) >= MOST_FEEDS:
        raise TooManyFeeds()
    token = tokens.new_token()
    feed = Feed(user=user, division=division, fingerprint=fingerprint(token), created_at=now)
    db.session.add(feed)
    sign_in_records.record(RecordKind.FEED_MADE, user=user, by=user, visit=visit, now=now)
    return Made(feed, token)


def revoke(*, feed: Feed, by: User, visit: Visit, now: datetime) -> None:
    """Take an address back: from now on there is nothing under it."""
    user = feed.user
    db.session.delete(feed)
    sign_in_records.record(RecordKind.FEED_REVOKED, user=user, by=by, visit=visit, now=now)


def forget(*, user: User) -> None:
    """Take all addresses of a person back, as part of something else that is recorded."""
    db.session.execute(delete(Feed).where(Feed.user_id == user.id))


def fingerprint(token: str) -> str:
    """Return what is kept of an address's token."""
    return tokens.fingerprint(PURPOSE, token)
