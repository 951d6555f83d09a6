"""What watched addresses are used for: items that must be open to the public, and evidence on tasks; who keeps them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Row,
    ScalarSelect,
    and_,
    cast,
    func,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload

from tracker.domain.calendar import fiscal_year_of
from tracker.domain.evidence import EvidenceKind
from tracker.domain.links import Verdict
from tracker.domain.permissions import MAY, Act, Role
from tracker.domain.statuses import Placement
from tracker.extensions import db
from tracker.models import DisclosureAddress, DisclosureItem, Division, Evidence, Link, Measure, Plan, Position, Task
from tracker.models.evidence import is_current
from tracker.queries.recipients import is_for, is_theirs


@dataclass(frozen=True)
class Use:
    """One thing that an address is for: an item, or evidence on a task."""

    link: Link
    item: DisclosureItem | None = None
    task: Task | None = None

    def is_kept_in(self, posts: Collection[Position]) -> bool:
        """Return whether somebody in these positions has to mend it: as `broken_kept_by` says it in SQL."""
        if self.task:
            return any(is_for(self.task, post) for post in posts)
        division = self.item.division if self.item else None
        if division is None or division.closed_on is not None:
            return any(post.role == Role.CLERK for post in posts)
        return any(post.role in MAY[Act.REPORT] and post.division_id == division.id for post in posts)


def year_in_force(today: date) -> ScalarSelect[int]:
    """Return, of the organization of an item, the newest fiscal year (พ.ศ.) with items that has begun by a day."""
    newest = aliased(DisclosureItem)
    return (
        select(func.max(newest.fiscal_year))
        .where(newest.organization_id == DisclosureItem.organization_id, newest.fiscal_year <= fiscal_year_of(today))
        .correlate(DisclosureItem)
        .scalar_subquery()
    )


def is_in_force(today: date) -> ColumnElement[bool]:
    """Say that an item is asked for on a day."""
    return and_(DisclosureItem.is_retired.is_(False), DisclosureItem.fiscal_year == year_in_force(today))


def is_of_evidence() -> ColumnElement[bool]:
    """Say that an address is the one of a piece of evidence."""
    return and_(Link.organization_id == Evidence.organization_id, Link.url == Evidence.url)


def is_counted_on(today: date) -> ColumnElement[bool]:
    """
    Say that a piece of evidence is a link that stands on a task of a plan that people are still reminded of.

    The one rule of whose address is watched, told of and shown as dead: of any other nobody looks whether it is back.
    """
    recent = select(Plan.id).where(Plan.fiscal_year >= fiscal_year_of(today) - 1)
    is_link = and_(Evidence.kind == EvidenceKind.LINK, is_current())
    return and_(is_link, Task.placement != Placement.RETIRED, Task.plan_id.in_(recent))


def broken_kept_by(posts: FromClause, organization_id: int, *, plan_ids: Collection[int], today: date) -> Sequence[Row]:
    """
    Return who is to know of which broken addresses, as rows of a person's id and the address, each once.

    An item is kept by its division's people, or by the clerk where no open division has it; evidence by those who
    report on its task.

    :param plan_ids: of whose tasks evidence is looked at
    """
    has_begun = Link.failing_since.is_not(None)
    is_broken = and_(Link.organization_id == organization_id, Link.verdict == Verdict.BROKEN, has_begun)
    reports = posts.c.role.in_(sorted(MAY[Act.REPORT]))
    is_kept_by_nobody = or_(DisclosureItem.division_id.is_(None), Division.closed_on.is_not(None))
    kept_by = or_(
        and_(reports, posts.c.division_id == DisclosureItem.division_id, Division.closed_on.is_(None)),
        and_(posts.c.role == Role.CLERK, is_kept_by_nobody),
    )
    of_items = (
        select(posts.c.user_id, Link.id.label("link_id"))
        .select_from(Link)
        .join(DisclosureAddress, DisclosureAddress.link_id == Link.id)
        .join(DisclosureItem, DisclosureItem.id == DisclosureAddress.item_id)
        .outerjoin(Division, Division.id == DisclosureItem.division_id)
        .join(posts, kept_by)
        .where(is_broken, is_in_force(today))
    )
    of_evidence = (
        select(posts.c.user_id, Link.id)
        .select_from(Link)
        .join(Evidence, is_of_evidence())
        .join(Task, Task.id == Evidence.task_id)
        .join(posts, is_theirs(posts))
        .where(is_broken, Task.plan_id.in_(plan_ids), is_counted_on(today))
    )
    found = of_items.union(of_evidence).subquery()
    rows = select(found.c.user_id, Link).join(Link, Link.id == found.c.link_id).order_by(found.c.user_id, Link.id)
    return db.session.execute(rows).all()


def broken_kept_in(organization_id: int, posts: Collection[Position], *, today: date) -> list[Use]:
    """Return what somebody in these positions has to mend now; where nothing is broken, in one statement."""
    broken = select(Link.id).where(Link.organization_id == organization_id, Link.verdict == Verdict.BROKEN)
    link_ids = db.session.scalars(broken).all()
    return [use for use in uses_of(link_ids, today=today) if use.is_kept_in(posts)]


def uses_of(link_ids: Collection[int], *, today: date) -> Sequence[Use]:
    """Return what these addresses are for: items in force by number, then evidence by deadline; in one statement."""
    if not link_ids:
        return []
    nothing = cast(null(), Integer)
    of_items = (
        select(DisclosureAddress.link_id, DisclosureItem.id.label("item_id"), nothing.label("task_id"))
        .join(DisclosureItem, DisclosureItem.id == DisclosureAddress.item_id)
        .where(DisclosureAddress.link_id.in_(link_ids), is_in_force(today))
    )
    of_evidence = (
        select(Link.id, nothing, Evidence.task_id)
        .join(Evidence, is_of_evidence())
        .join(Task, Task.id == Evidence.task_id)
        .where(Link.id.in_(link_ids), is_counted_on(today))
    )
    found = union_all(of_items, of_evidence).subquery()
    rows = db.session.execute(
        select(Link, DisclosureItem, Task)
        .select_from(found)
        .join(Link, Link.id == found.c.link_id)
        .outerjoin(DisclosureItem, DisclosureItem.id == found.c.item_id)
        .outerjoin(Task, Task.id == found.c.task_id)
        .options(
            joinedload(DisclosureItem.division).load_only(Division.name, Division.closed_on),
            joinedload(Task.measure).load_only(Measure.title),
            joinedload(Task.division).load_only(Division.name),
            joinedload(Task.plan).load_only(Plan.fiscal_year),
        )
        .order_by(found.c.task_id.is_not(None), DisclosureItem.number, Task.due_on, Task.id, Link.id)
        .execution_options(populate_existing=True)
    )
    uses = [Use(*row) for row in rows]
    return list({(use.link.id, use.item and use.item.id, use.task and use.task.id): use for use in uses}.values())
