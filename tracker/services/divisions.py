"""What the administrator does to divisions: add, rename, put in order, close, reopen. Nothing is deleted."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from tracker.domain import divisions as rules
from tracker.domain import responsibles
from tracker.domain.changes import ChangeKind
from tracker.extensions import db
from tracker.models import Appointment, Division
from tracker.queries import divisions as queries
from tracker.services import changes, drafts, locks, organizations


def add(*, organization_id: int, named: responsibles.Division, by: Appointment, now: datetime) -> Division:
    """
    Add a division behind the others.

    :raises NameTaken: if one of its names means another division
    :raises HeadTaken: if another head has the title
    :raises NameOfClosed: if a closed division has the name
    """
    organizations.lock(organization_id)
    known = _all(organization_id)
    _check_names(named, known)
    division = Division(
        organization_id=organization_id,
        name=named.name,
        short_names=list(named.short_names),
        head_title=named.head,
        order=max((one.order for one in known), default=0) + 1,
    )
    db.session.add(division)
    db.session.flush()
    _record(division, ChangeKind.DIVISION_ADDED, by=by, now=now, after=described(division))
    return division


def change(*, division: Division, named: responsibles.Division, by: Appointment, now: datetime) -> None:
    """
    Give a division other names; its tasks and history stay with it.

    :raises NameTaken: if one of the names means another division
    :raises HeadTaken: if another head has the title
    :raises NameOfClosed: if a closed division has the name
    """
    organizations.lock(division.organization_id)
    others = [one for one in _all(division.organization_id) if one.id != division.id]
    _check_names(named, others)
    before, old_name = described(division), division.name
    division.name, division.short_names, division.head_title = named.name, list(named.short_names), named.head
    db.session.flush()
    drafts.rename_division(organization_id=division.organization_id, before=old_name, after=named.name)
    after = described(division)
    if before != after:
        _record(division, ChangeKind.DIVISION_CHANGED, by=by, now=now, before=before, after=after)


def move(*, division: Division, up: bool, by: Appointment, now: datetime) -> None:
    """Let a division change places with its neighbour in the official order; at the end of the list nothing changes."""
    organizations.lock(division.organization_id)
    known = _all(division.organization_id)
    place = known.index(division)
    neighbours = [one for one in (known[:place][::-1] if up else known[place + 1 :]) if one.closed_on is None]
    if not neighbours:
        return
    before = division.order
    known.insert(known.index(neighbours[0]), known.pop(place))
    for order, one in enumerate(known, start=1):
        one.order = order
    db.session.flush()
    _record(division, ChangeKind.DIVISION_MOVED, by=by, now=now, before=str(before), after=str(division.order))


def close(*, division: Division, by: Appointment, now: datetime, today: date) -> None:
    """
    Close a division: nothing new is given to it, and what it did stays. Closing it again changes nothing.

    :raises UnfinishedTasks: if somebody still has to do, return or accept one of its tasks
    :raises PositionsLeft: if positions still belong to it
    """
    organizations.lock(division.organization_id)
    db.session.refresh(division)
    if division.closed_on is not None:
        return
    locks.hold_plans(queries.plan_ids(division.organization_id))  # no task comes to it between looking and closing
    unfinished = sum(row.count for row in queries.unfinished(division.id))
    if unfinished:
        raise rules.UnfinishedTasks(division.name, unfinished)
    positions = len(queries.positions(division.id))
    if positions:
        raise rules.PositionsLeft(division.name, positions)
    division.closed_on = today
    db.session.flush()
    _record(division, ChangeKind.DIVISION_CLOSED, by=by, now=now)


def reopen(*, division: Division, by: Appointment, now: datetime) -> None:
    """
    Reopen a closed division. Reopening it again changes nothing.

    :raises NameTaken: if one of its names means another division by now
    :raises HeadTaken: if another head has the title by now
    """
    organizations.lock(division.organization_id)
    db.session.refresh(division)
    if division.closed_on is None:
        return
    _check_names(division.as_named(), [one for one in _all(division.organization_id) if one.id != division.id])
    division.closed_on = None
    db.session.flush()
    _record(division, ChangeKind.DIVISION_REOPENED, by=by, now=now)


def described(division: Division) -> str:
    """Return what the record says of a division."""
    return " · ".join(part for part in (division.name, ", ".join(division.short_names), division.head_title) if part)


def _all(organization_id: int) -> list[Division]:
    rows = select(Division).where(Division.organization_id == organization_id).order_by(Division.order, Division.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def _check_names(named: responsibles.Division, others: Sequence[Division]) -> None:
    rules.check_unambiguous(named, others=[one.as_named() for one in others if one.closed_on is None])
    if any(one.name == named.name for one in others if one.closed_on is not None):
        raise rules.NameOfClosed(named.name)


def _record(
    division: Division, kind: ChangeKind, *, by: Appointment, now: datetime, before: str = "", after: str = ""
) -> None:
    changes.record(
        organization_id=division.organization_id,
        kind=kind,
        by=by,
        now=now,
        division=division,
        before=before,
        after=after,
    )
