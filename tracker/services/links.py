"""Addresses that are watched: taking one up."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker.extensions import db
from tracker.models import Link


def watch(*, organization_id: int, url: str, now: datetime) -> Link:
    """Return the organization's row of an address, as `web_address` spells it; a new one is looked at soon."""
    known = select(Link).where(Link.organization_id == organization_id, Link.url == url)
    link = db.session.scalar(known)
    if link is None:
        try:
            with db.session.begin_nested():
                link = Link(organization_id=organization_id, url=url, added_at=now, next_check_at=now)
                db.session.add(link)
        except IntegrityError:  # somebody added the same in this moment
            link = db.session.scalars(known).one()
    return link
