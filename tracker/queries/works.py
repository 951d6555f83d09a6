"""Work that takes longer than a second: what waits, and how far a piece is."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from tracker.domain.works import LEASE, OUTWARD, WorkKind, WorkState
from tracker.extensions import db
from tracker.models import Work


def is_free(machine_now: datetime) -> ColumnElement[bool]:
    """
    Return, as a condition, whether work may be taken: it waits, or whoever took it has not been heard of.

    A lease longer than any can be was taken by a clock that was set back since.
    """
    is_abandoned = or_(Work.leased_until <= machine_now, Work.leased_until > machine_now + 2 * LEASE)
    return or_(Work.state == WorkState.WAITING, and_(Work.state == WorkState.RUNNING, is_abandoned))


def is_any_free(*, machine_now: datetime, kinds: Collection[WorkKind]) -> bool:
    """Return whether there is work of these kinds to take."""
    return bool(db.session.scalar(select(exists().where(is_free(machine_now), Work.kind.in_(kinds)))))


def is_lane_taken(*, machine_now: datetime) -> bool:
    """Return whether somebody, in whatever process, is at work that waits for the servers of others."""
    under_way = (Work.kind.in_(OUTWARD), Work.state == WorkState.RUNNING, ~is_free(machine_now))
    return bool(db.session.scalar(select(exists().where(*under_way))))


def latest(*, kind: WorkKind, subject_id: int) -> Work | None:
    """Return the work that was last asked for about a row, with how far it is now."""
    asked = select(Work).where(Work.kind == kind, Work.subject_id == subject_id)
    return db.session.scalar(asked.order_by(Work.id.desc()).limit(1).execution_options(populate_existing=True))


def latest_by_subject(*, kind: WorkKind, subject_ids: Iterable[int]) -> Mapping[int, Work]:
    """Return the work that was last asked for about each of these rows; what nobody asked for is not among it."""
    last = select(func.max(Work.id)).where(Work.kind == kind, Work.subject_id.in_(list(subject_ids)))
    found = db.session.scalars(select(Work).where(Work.id.in_(last.group_by(Work.subject_id))))
    return {work.subject_id: work for work in found}
