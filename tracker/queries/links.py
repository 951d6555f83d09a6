"""Watched addresses: which they are, how they stand, where each is used, what was seen of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from tracker.domain.link_histories import Look
from tracker.domain.link_schedules import LEASE
from tracker.domain.links import Frequency, Verdict
from tracker.extensions import db
from tracker.models import DisclosureAddress, DisclosureItem, Evidence, Link, LinkCheck, LinkRules, Task
from tracker.queries.link_keepers import is_counted_on, year_in_force

WORST_FIRST = (Verdict.BROKEN, Verdict.CAUTION, Verdict.UNCHECKED, Verdict.OK)
PAGE = 50


@dataclass(frozen=True)
class Seen:
    """Whose watched addresses are meant: those of items, which are public, and evidence of these divisions."""

    organization_id: int
    today: date
    division_ids: Collection[int] | None = None  # whose evidence may be seen; None: everybody's


@dataclass(frozen=True)
class Narrowing:
    """What a list of addresses is narrowed to; None: all."""

    verdict: Verdict | None = None
    division_id: int | None = None
    is_of_items: bool | None = None  # False: of evidence


def is_watched(seen: Seen, narrowing: Narrowing = Narrowing()) -> ColumnElement[bool]:
    """
    Return, as a condition, whether an address is watched: somebody counts on it now.

    Those of items not retired of the list in force, the one before and those that are prepared, and links that stand
    as evidence on tasks of plans that are still reminded of: this fiscal year's, last year's and later ones.
    """
    items, pieces = _of_items(seen, narrowing), _of_evidence(seen, narrowing)
    of_items = Link.id.in_(items.with_only_columns(DisclosureAddress.link_id))
    of_evidence = Link.url.in_(pieces.with_only_columns(Evidence.url))
    used = {True: of_items, False: of_evidence, None: or_(of_items, of_evidence)}[narrowing.is_of_items]
    return and_(Link.organization_id == seen.organization_id, used)


def listed(seen: Seen, narrowing: Narrowing, *, page: int = 1, limit: int = PAGE) -> Sequence[Link]:
    """Return a page of the watched addresses, the worst first."""
    place = case({verdict: number for number, verdict in enumerate(WORST_FIRST)}, value=Link.verdict)
    is_shown = Link.id.in_(select(DisclosureAddress.link_id))  # what the public looks for comes before evidence
    order = (place, Link.failing_since.nulls_last(), ~is_shown, Link.url, Link.id)
    statement = select(Link).where(is_watched(seen, narrowing)).order_by(*order)
    if narrowing.verdict:
        statement = statement.where(Link.verdict == narrowing.verdict)
    return db.session.scalars(statement.offset((page - 1) * limit).limit(limit)).all()


def ids(seen: Seen, *, item_id: int | None = None, only: int | None = None) -> Sequence[int]:
    """Return the watched addresses (ids), or those of one item alone, or one only if it is watched."""
    statement = select(Link.id).where(is_watched(seen))
    if only is not None:
        statement = statement.where(Link.id == only)
    if item_id is not None:
        its = select(DisclosureAddress.link_id).where(DisclosureAddress.item_id == item_id)
        statement = statement.where(Link.id.in_(its))
    return db.session.scalars(statement.order_by(Link.id)).all()


def counts(seen: Seen, narrowing: Narrowing = Narrowing()) -> dict[Verdict, int]:
    """Return how many of the watched addresses stand how, whatever verdict the list is narrowed to."""
    statement = select(Link.verdict, func.count()).where(is_watched(seen, narrowing)).group_by(Link.verdict)
    found = {row[0]: row[1] for row in db.session.execute(statement)}
    return {verdict: found.get(verdict, 0) for verdict in WORST_FIRST}


def due(
    organization_id: int, *, today: date, now: datetime, machine_now: datetime, limit: int, only: int | None = None
) -> Sequence[int]:
    """
    Return watched addresses (ids) whose time has come and that nobody has in hand, the longest waiting first.

    :param only: look no further than this address
    """
    waits = (*_due(organization_id, today, now), is_free(machine_now))
    statement = select(Link.id).where(*waits).order_by(Link.next_check_at, Link.id)
    if only is not None:
        statement = statement.where(Link.id == only)
    return db.session.scalars(statement.limit(limit)).all()


def count_due(organization_id: int, *, today: date, now: datetime) -> int:
    """Return how many watched addresses wait to be looked at."""
    return db.session.scalar(select(func.count(Link.id)).where(*_due(organization_id, today, now))) or 0


def is_free(machine_now: datetime) -> ColumnElement[bool]:
    """Return, as a condition, whether nobody looks at an address now, or whoever did has not been heard of since."""
    gone = or_(Link.leased_until <= machine_now, Link.leased_until > machine_now + 2 * LEASE)
    return or_(Link.leased_until.is_(None), gone)


def rules(organization_id: int) -> LinkRules:
    """Return how an organization's addresses are checked; the usual where nobody has said anything."""
    return db.session.get(LinkRules, organization_id) or usual_rules(organization_id)


def usual_rules(organization_id: int) -> LinkRules:
    """Return the rules of an organization that has said nothing; they are in no database."""
    return LinkRules(organization_id=organization_id, every=Frequency.DAILY, intranet_names=[])


def one(link_id: int) -> Link | None:
    """Return an address."""
    return db.session.get(Link, link_id)


def history(link_id: int, *, limit: int) -> Sequence[LinkCheck]:
    """Return the looks at an address that are kept, the newest first."""
    looks = select(LinkCheck).where(LinkCheck.link_id == link_id).order_by(LinkCheck.at.desc(), LinkCheck.id.desc())
    return db.session.scalars(looks.limit(limit)).all()


def looks(link_ids: Collection[int], *, since: datetime, until: datetime | None = None) -> Mapping[int, list[Look]]:
    """
    Return what looks at these addresses said since a moment, in time order, and the last one before it.

    :param until: exclusive; None: all
    """
    before = select(func.max(LinkCheck.at)).where(LinkCheck.link_id == Link.id, LinkCheck.at < since)
    begins = func.coalesce(before.correlate(Link).scalar_subquery(), since)
    ends = () if until is None else (LinkCheck.at < until,)
    rows = db.session.execute(
        select(LinkCheck.link_id, LinkCheck.at, LinkCheck.verdict, LinkCheck.cause)
        .join(Link, Link.id == LinkCheck.link_id)
        .where(Link.id.in_(link_ids), LinkCheck.at >= begins, *ends)
        .order_by(LinkCheck.at, LinkCheck.id)
    )
    found: dict[int, list[Look]] = {link_id: [] for link_id in link_ids}
    for link_id, at, verdict, cause in rows:
        found[link_id].append(Look(at, verdict, cause))
    return found


def _due(organization_id: int, today: date, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return is_watched(Seen(organization_id, today)), Link.next_check_at <= now


def _of_items(seen: Seen, narrowing: Narrowing) -> Select[Any]:
    statement = (
        select(DisclosureAddress)
        .join(DisclosureItem, DisclosureItem.id == DisclosureAddress.item_id)
        .where(
            DisclosureItem.organization_id == seen.organization_id,
            ~DisclosureItem.is_retired,
            DisclosureItem.fiscal_year >= func.coalesce(year_in_force(seen.today) - 1, 0),
        )
    )
    if narrowing.division_id is not None:
        statement = statement.where(DisclosureItem.division_id == narrowing.division_id)
    return statement


def _of_evidence(seen: Seen, narrowing: Narrowing) -> Select[Any]:
    statement = (
        select(Evidence)
        .join(Task, Task.id == Evidence.task_id)
        .where(Evidence.organization_id == seen.organization_id, is_counted_on(seen.today))
    )
    if seen.division_ids is not None:
        statement = statement.where(Task.division_id.in_(seen.division_ids) if seen.division_ids else false())
    if narrowing.division_id is not None:
        statement = statement.where(Task.division_id == narrowing.division_id)
    return statement
