"""How an organization's addresses are checked: how often, and which of its own hosts may be opened."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select, update

from tracker.domain import intranet, link_schedules
from tracker.domain.changes import ChangeKind
from tracker.domain.links import Frequency
from tracker.extensions import db
from tracker.models import Appointment, Link, LinkRules
from tracker.queries import calendars
from tracker.queries import links as queries
from tracker.queries.links import Seen
from tracker.services import changes, organizations


def of(organization_id: int) -> LinkRules:
    """Return the rules of an organization for a change, with a row of their own from now on."""
    organizations.lock(organization_id)
    rules = db.session.get(LinkRules, organization_id, populate_existing=True)
    if rules is None:
        rules = queries.usual_rules(organization_id)
        db.session.add(rules)
        db.session.flush()
    return rules


def change_frequency(*, organization_id: int, every: Frequency, by: Appointment, now: datetime, today: date) -> None:
    """Check addresses this often from now on; those whose next look would be later come sooner, spread as always."""
    rules = of(organization_id)
    if rules.every == every:
        return
    before, rules.every = rules.every, every
    calendar = calendars.working_days(organization_id)
    watched = queries.is_watched(Seen(organization_id, today))
    rows = db.session.execute(select(Link.id, Link.next_check_at).where(watched, Link.failing_since.is_(None)))
    moved = [
        {"id": link_id, "next_check_at": moment}
        for link_id, next_at in rows
        if (moment := link_schedules.regular(key=link_id, every=every, calendar=calendar, now=now)) < next_at
    ]
    if moved:
        db.session.execute(update(Link), moved)
    _record(organization_id, before, every, by, now)


def change_intranet_names(*, organization_id: int, names: Collection[str], by: Appointment, now: datetime) -> None:
    """
    Let these hosts of the office's own network be opened, and no others.

    :raises Refusal: if one of them can never be let in
    """
    allowed = intranet.read_names(names)
    rules = of(organization_id)
    if rules.intranet_names == allowed:
        return
    before, rules.intranet_names = rules.intranet_names, allowed
    db.session.flush()
    _record(organization_id, " ".join(before), " ".join(allowed), by, now)


def _record(organization_id: int, before: str, after: str, by: Appointment, now: datetime) -> None:
    kind = ChangeKind.LINK_RULES_CHANGED
    changes.record(organization_id=organization_id, kind=kind, by=by, now=now, before=before, after=after)
