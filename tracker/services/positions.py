"""What the administrator does to positions: add, change, abolish, restore. Nothing is deleted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from tracker.domain import positions as rules
from tracker.domain.changes import ChangeKind
from tracker.domain.permissions import Role
from tracker.domain.reminders import ESCALATED
from tracker.extensions import db
from tracker.models import Appointment, Division, Organization, Position
from tracker.queries import positions as queries
from tracker.services import administrators, appointments, changes, organizations


@dataclass(frozen=True)
class Details:
    """What an administrator decides about a position."""

    title: str
    role: Role
    division: Division | None = None
    leads_at: int | None = None  # which escalation the position is told of


def create(*, organization: Organization, title: str, role: Role, division: Division | None = None) -> Position:
    """Create a post while an organization is set up; it is not yet anybody's change."""
    position = Position(
        organization_id=organization.id,
        title=title,
        role=role,
        division_id=division.id if division else None,
        leads_at=rules.usual_level(role, title),
    )
    db.session.add(position)
    db.session.flush()
    return position


def add(*, organization_id: int, details: Details, by: Appointment, now: datetime) -> Position:
    """
    Add a vacant position.

    :raises Refusal: `TitleTaken`, `TitleAbolished`, `DivisionNeeded`, `DivisionClosed` or `NoLeader`
    """
    organization = organizations.lock(organization_id)
    _check(details, organization_id)
    position = create(organization=organization, title=details.title, role=details.role, division=details.division)
    position.leads_at = details.leads_at
    db.session.flush()
    _record(position, ChangeKind.POSITION_ADDED, by=by, now=now, after=described(position))
    return position


def change(*, position: Position, details: Details, by: Appointment, now: datetime, today: date) -> None:
    """
    Change what a position is called and what it is for. Whoever fills it may do what it may do from now on.

    :raises Refusal: `TitleTaken`, `TitleAbolished`, `DivisionNeeded`, `DivisionClosed`, `NoLeader` or `Abolished`
    :raises LastAdministrator: if nobody would administer the organization any more
    """
    organizations.lock(position.organization_id)
    db.session.refresh(position)
    _check_there(position)
    _check(details, position.organization_id, position=position)
    before, administered = described(position), administrators.concerns(position)
    if (details.role, details.division) != (position.role, position.division):
        _check_no_tasks(position)
    position.title, position.role, position.division = details.title, details.role, details.division
    position.leads_at = details.leads_at
    db.session.flush()
    if administered:
        administrators.check(position.organization_id, today=today)
    after = described(position)
    if before != after:
        _record(position, ChangeKind.POSITION_CHANGED, by=by, now=now, before=before, after=after)


def abolish(*, position: Position, by: Appointment, now: datetime, today: date) -> None:
    """
    Abolish a position and end everybody's access through it at once. Doing it again changes nothing.

    :raises TasksGiven: if unfinished tasks are given to it
    :raises LastAdministrator: if nobody would administer the organization any more
    """
    organizations.lock(position.organization_id)
    db.session.refresh(position)
    if position.abolished_on is not None:
        return
    _check_no_tasks(position)
    position.abolished_on = today
    appointments.end_all(position=position, by=by, now=now, today=today)
    if administrators.concerns(position):
        administrators.check(position.organization_id, today=today)
    _record(position, ChangeKind.POSITION_ABOLISHED, by=by, now=now)


def _check_no_tasks(position: Position) -> None:
    count = queries.unfinished_tasks(position.id)
    if count:
        raise rules.TasksGiven(position.title, count)


def restore(*, position: Position, by: Appointment, now: datetime) -> None:
    """
    Restore an abolished position; nobody fills it yet. Doing it again changes nothing.

    :raises DivisionClosed: if its division has been closed since
    """
    organizations.lock(position.organization_id)
    db.session.refresh(position)
    if position.abolished_on is None:
        return
    if position.division:
        _check_open(position.division)
    position.abolished_on = None
    db.session.flush()
    _record(position, ChangeKind.POSITION_RESTORED, by=by, now=now)


def described(position: Position) -> str:
    """Return what the record says of a position; role and level of leadership by their names in the rules."""
    division = [position.division.name] if position.division else []
    level = [ESCALATED[position.leads_at - 1]] if position.leads_at else []
    return " · ".join([position.title, position.role, *division, *level])


def _check(details: Details, organization_id: int, position: Position | None = None) -> None:
    rules.check_division(details.role, has_division=details.division is not None)
    rules.check_level(details.role, details.leads_at)
    if details.division and (position is None or position.division_id != details.division.id):
        _check_open(details.division)
    same = select(Position).where(Position.organization_id == organization_id, Position.title == details.title)
    other = db.session.scalar(same.where(Position.id != position.id) if position else same)
    if other and other.abolished_on:
        raise rules.TitleAbolished(details.title)
    if other:
        raise rules.TitleTaken(details.title)


def _check_open(division: Division) -> None:
    db.session.refresh(division, ["closed_on"])
    if division.closed_on is not None:
        raise rules.DivisionClosed(division.name)


def _check_there(position: Position) -> None:
    if position.abolished_on is not None:
        raise rules.Abolished()


def _record(
    position: Position, kind: ChangeKind, *, by: Appointment, now: datetime, before: str = "", after: str = ""
) -> None:
    changes.record(
        organization_id=position.organization_id,
        kind=kind,
        by=by,
        now=now,
        position=position,
        before=before,
        after=after,
    )
