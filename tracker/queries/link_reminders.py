"""Who is owed to be told of which address that cannot be opened."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import FromClause, select

from tracker.domain import link_reminders as rules
from tracker.domain.calendar import fiscal_year_of
from tracker.domain.reminders import LINK_BROKEN
from tracker.extensions import db
from tracker.models import Message, Notice, Plan
from tracker.queries import link_keepers


def owed(plans: Sequence[Plan], posts: FromClause, *, today: date) -> list[tuple[int, int, int, str]]:
    """
    Return a person, the plan under which they are told, the address, and the occasion; in two statements at most.

    :param plans: of one organization, of which people may be reminded; without any nobody is told anything
    """
    if not plans:
        return []
    plan = max(plans, key=lambda one: (one.fiscal_year <= fiscal_year_of(today), one.fiscal_year))
    plan_ids = [one.id for one in plans]
    kept = link_keepers.broken_kept_by(posts, plan.organization_id, plan_ids=plan_ids, today=today)
    told = _told({link.id for _, link in kept})
    found = []
    for user_id, link in kept:
        days = told.get((user_id, link.id, rules.break_of(link.failing_since)), [])
        if occasion := rules.occasion(failing_since=link.failing_since, told=days, today=today):
            found.append((user_id, plan.id, link.id, occasion))
    return found


def _told(link_ids: Collection[int]) -> dict[tuple[int, int, str], list[date]]:
    """Return on which days who was told of which break of these addresses."""
    if not link_ids:
        return {}
    rows = db.session.execute(
        select(Notice.user_id, Notice.link_id, Notice.occasion, Message.digest_on)
        .join(Message, Message.id == Notice.message_id)
        .where(Notice.link_id.in_(link_ids), Notice.step == LINK_BROKEN)
    )
    told: dict[tuple[int, int, str], list[date]] = {}
    for user_id, link_id, occasion, day in rows:
        assert link_id is not None
        told.setdefault((user_id, link_id, rules.named_by(occasion)), []).append(day)
    return told
