"""Who is owed which reminder, derived from the state of the tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.domain import reminders
from tracker.domain.calendar import Calendar
from tracker.domain.deliveries import DeliveryState
from tracker.domain.permissions import MAY, Act
from tracker.domain.statuses import OPEN, Placement
from tracker.extensions import db
from tracker.models import Appointment, Delivery, Message, Notice, Organization, Plan, Position, Task, User


@dataclass(frozen=True)
class Owed:
    """
    A person should be told this step of a task.

    `step` names what is told and `occasion` what it is about – a deadline or an event –, so that the same step of a
    moved deadline, or of a second event, speaks again.
    """

    user: User
    task: Task
    step: str
    occasion: str


@dataclass(frozen=True)
class Untold:
    """A task that a digest has to tell of, with the steps that brought it there."""

    task: Task
    steps: frozenset[str]


@dataclass(frozen=True)
class _Reached:
    """A task that has come to a step, whoever is to be told of it."""

    task: Task
    step: str
    occasion: str


def organizations() -> Sequence[Organization]:
    """Return every organization, in a steady order."""
    return db.session.scalars(select(Organization).order_by(Organization.id)).all()


def owed(organization_id: int, *, today: date, calendar: Calendar) -> dict[User, list[Owed]]:
    """Return what each person should have been told by today and was not, people and tasks in a steady order."""
    reached = _rungs(organization_id, today, calendar)
    people = _reporters(organization_id, today)
    told = _told([one.task.id for one in reached])
    digests: dict[User, list[Owed]] = {}
    for user, division_ids in people.items():
        for one in reached:
            is_told = (user.id, one.task.id, one.step, one.occasion) in told
            if one.task.division_id in division_ids and not is_told:
                digests.setdefault(user, []).append(Owed(user, one.task, one.step, one.occasion))
    return digests


def has_digest(user_id: int, *, on: date) -> bool:
    """Return whether a person already has the digest of a day."""
    return bool(db.session.scalar(select(exists().where(Message.user_id == user_id, Message.digest_on == on))))


def is_superseded(message: Message) -> bool:
    """Return whether the person has a newer digest, which then tells what this one could not."""
    newer = exists().where(Message.user_id == message.user_id, Message.digest_on > message.digest_on)
    return bool(db.session.scalar(select(newer)))


def untold(message: Message) -> list[Untold]:
    """
    Return what a digest has to tell: the tasks still open now, by deadline.

    With them come those of earlier digests that never arrived; what was done since leaves it.
    """
    last_told = (
        select(func.coalesce(func.max(Message.id), 0))
        .join(Delivery, Delivery.message_id == Message.id)
        .where(Message.user_id == message.user_id, Message.id < message.id, Delivery.state == DeliveryState.SENT)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Task, Notice.step)
        .join(Notice, Notice.task_id == Task.id)
        .join(Message, Message.id == Notice.message_id)
        .where(Message.user_id == message.user_id, Message.id <= message.id, Message.id > last_told, _is_owed())
        .options(joinedload(Task.measure), joinedload(Task.division))
        .order_by(Task.due_on, Task.id)
        .execution_options(populate_existing=True)
    )
    steps: dict[Task, set[str]] = {}
    for task, step in rows:
        steps.setdefault(task, set()).add(step)
    return [Untold(task, frozenset(told)) for task, told in steps.items()]


def _rungs(organization_id: int, today: date, calendar: Calendar) -> list[_Reached]:
    """Return the tasks that have reached a rung on the way to their deadline."""
    candidates = db.session.execute(
        select(Task, Plan.reminders_from)
        .join(Plan, Plan.id == Task.plan_id)
        .where(Task.organization_id == organization_id, Task.due_on <= today + reminders.HORIZON, _is_owed())
        .options(joinedload(Task.measure), joinedload(Task.division))
        .order_by(Task.due_on, Task.id)
    )
    rungs = [
        (task, reminders.reached(due_on=task.due_on, since=since, today=today, calendar=calendar))
        for task, since in candidates
    ]
    return [_Reached(task, rung.name, task.due_on.isoformat()) for task, rung in rungs if rung is not None]


def _is_owed() -> ColumnElement[bool]:
    return and_(Task.status.in_(sorted(OPEN)), Task.placement == Placement.SCHEDULED)


def _reporters(organization_id: int, today: date) -> dict[User, set[int]]:
    """Return who reports for which divisions on this day, also in an acting capacity."""
    rows = db.session.execute(
        select(User, Position.division_id)
        .join(Appointment, Appointment.user_id == User.id)
        .join(Position, Position.id == Appointment.position_id)
        .where(
            User.organization_id == organization_id,
            User.active,
            Position.role.in_(sorted(MAY[Act.REPORT])),
            Position.division_id.is_not(None),
            Appointment.starts_on <= today,
            or_(Appointment.ends_on.is_(None), Appointment.ends_on >= today),
        )
        .order_by(User.id)
    )
    people: dict[User, set[int]] = {}
    for user, division_id in rows:
        people.setdefault(user, set()).add(cast(int, division_id))
    return people


def _told(task_ids: Sequence[int]) -> set[tuple[int, int, str, str]]:
    rows = db.session.execute(
        select(Notice.user_id, Notice.task_id, Notice.step, Notice.occasion).where(Notice.task_id.in_(task_ids))
    )
    return {tuple(row) for row in rows}  # type: ignore[misc]
