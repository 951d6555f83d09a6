"""Addresses that are watched: taking one up, having them looked at, keeping what was seen."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from tracker.domain import link_histories, link_schedules
from tracker.domain.link_histories import Standing
from tracker.domain.link_schedules import JUST_NOW, KEPT, LEASE, OFFLINE_AGAIN
from tracker.domain.links import Judgement, Observation
from tracker.domain.works import SETTLED, WorkKind
from tracker.extensions import db
from tracker.models import Appointment, Link, LinkCheck, Work
from tracker.queries import calendars
from tracker.queries import links as queries
from tracker.queries import works as work_queries
from tracker.services import link_rules, organizations, works

FIELDS = tuple(Standing.__dataclass_fields__)


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


def record(*, link_id: int, observation: Observation, judgement: Judgement, now: datetime) -> Link:
    """Keep one look at an address, and let its row say how it stands after it; whoever had it in hand lets go."""
    # Before the address, as whoever asks for a look does: its change counts in the organization's row.
    organizations.lock(db.session.get_one(Link, link_id).organization_id)
    link = db.session.scalars(
        select(Link).where(Link.id == link_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    check = LinkCheck(
        link_id=link.id,
        at=now,
        verdict=judgement.verdict,
        cause=judgement.cause,
        details=judgement.values,
        status=observation.status,
        final_url=observation.final_url,
        took_ms=observation.took_ms,
    )
    db.session.add(check)
    standing = link_histories.after(_standing(link), judgement, now=now)
    for name in FIELDS:
        setattr(link, name, getattr(standing, name))
    link.next_check_at = link_schedules.next_look(
        standing,
        key=link.id,
        every=queries.rules(link.organization_id).every,
        calendar=calendars.working_days(link.organization_id),
        now=now,
        retry_after=observation.retry_after,
    )
    link.leased_until = None
    db.session.flush()
    return link


def ask_check(*, link: Link, by: Appointment, now: datetime) -> Work:
    """Have one address looked at at once. Asked twice, it is the same work; just looked at, it is left alone."""
    return _ask(WorkKind.CHECK_LINK, link.id, link_ids=[link.id], by=by, now=now)


def ask_checks(*, link_ids: Collection[int], by: Appointment, now: datetime) -> Work:
    """Have these addresses of the asking person's organization looked at at once, with what is due anyway."""
    organization_id = by.position.organization_id
    return _ask(WorkKind.CHECK_LINKS, organization_id, link_ids=link_ids, by=by, now=now)


def hand_over(*, organization_id: int, now: datetime) -> None:
    """Have what is due looked at, nobody asking; the row of the time before is not needed any more."""
    unasked = (Work.kind == WorkKind.CHECK_LINKS, Work.subject_id == organization_id, Work.asked_by_id.is_(None))
    db.session.execute(delete(Work).where(*unasked, Work.state.in_(sorted(SETTLED))))
    if _unsettled(WorkKind.CHECK_LINKS, organization_id) is None:
        line_up(organization_id=organization_id, now=now)
    db.session.flush()


def line_up(*, organization_id: int, now: datetime) -> None:
    """Have what is due, or the rest of it, looked at after all that others asked for before."""
    asked = {"organization_id": organization_id, "subject_id": organization_id, "asked_at": now}
    db.session.add(Work(kind=WorkKind.CHECK_LINKS, **asked))
    db.session.flush()


def lease(link_ids: Sequence[int], *, now: datetime, machine_now: datetime) -> list[Link]:
    """Take those of these addresses that are due and that nobody has in hand, and return them."""
    taken: CursorResult[tuple[int]] = db.session.execute(  # type: ignore[assignment]
        update(Link)
        .where(Link.id.in_(link_ids), Link.next_check_at <= now, queries.is_free(machine_now))
        .values(leased_until=machine_now + LEASE)
        .returning(Link.id)
        .execution_options(synchronize_session=False)
    )
    ids = [row.id for row in taken]
    rows = select(Link).where(Link.id.in_(ids)).order_by(Link.next_check_at, Link.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def give_back(link_ids: Collection[int], *, not_before: datetime | None = None) -> None:
    """Let go of addresses that were not looked at; they stay due, or become so at a moment."""
    values: dict[str, datetime | None] = {"leased_until": None}
    if not_before is not None:
        values["next_check_at"] = not_before
    db.session.execute(update(Link).where(Link.id.in_(link_ids)).values(values))


def note_line(*, organization_id: int, link_ids: Collection[int], is_up: bool, now: datetime) -> None:
    """
    Keep whether the office's own line is up. While it is not, nothing is kept of the looks and nobody is blamed.

    :param link_ids: the addresses that were looked at in vain
    """
    rules = link_rules.of(organization_id)
    if is_up:
        rules.offline_since = None
    else:
        rules.offline_since = rules.offline_since or now
        give_back(link_ids, not_before=now + OFFLINE_AGAIN)
    db.session.flush()


def forget_old(*, now: datetime) -> int:
    """Delete looks that are older than what is kept, and return how many."""
    gone: CursorResult[tuple[int]] = db.session.execute(  # type: ignore[assignment]
        delete(LinkCheck).where(LinkCheck.at < now - KEPT)
    )
    return gone.rowcount


def _standing(link: Link) -> Standing:
    return Standing(**{name: getattr(link, name) for name in FIELDS})


def _ask(kind: WorkKind, subject_id: int, *, link_ids: Collection[int], by: Appointment, now: datetime) -> Work:
    organizations.lock(by.position.organization_id)  # of two who press at once, the second finds the work of the first
    not_just_now = or_(Link.checked_at.is_(None), Link.checked_at <= now - JUST_NOW)
    due = update(Link).where(Link.id.in_(link_ids), Link.next_check_at > now, not_just_now)
    db.session.execute(due.values(next_check_at=now))
    return _unsettled(kind, subject_id) or works.ask(kind=kind, subject_id=subject_id, by=by, now=now)


def _unsettled(kind: WorkKind, subject_id: int) -> Work | None:
    work = work_queries.latest(kind=kind, subject_id=subject_id)
    return None if work is None or work.is_settled else work
