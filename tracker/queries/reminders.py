"""Who is owed which reminder, derived from the state of the tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.domain import reminders
from tracker.domain.calendar import THAILAND, Calendar
from tracker.domain.deliveries import DeliveryState
from tracker.domain.history import EventKind
from tracker.domain.permissions import MAY, Act, Role
from tracker.domain.statuses import OPEN, Placement
from tracker.extensions import db
from tracker.models import Appointment, Delivery, Event, Message, Notice, Organization, Plan, Position, Task, User
from tracker.models.position import in_force

# What is told apart from deadlines, and the events that it is about.
NEWS_KINDS = {
    reminders.RETURNED: [EventKind.RETURNED, EventKind.REOPENED],
    reminders.ASSIGNED: [EventKind.ASSIGNED],
}


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
    reached = [
        *_rungs(organization_id, today, calendar),
        *(one for step in NEWS_KINDS for one in _news(organization_id, today, step)),
    ]
    people = _reporters(organization_id, today)
    told = _told([one.task.id for one in reached])
    digests: dict[User, list[Owed]] = {}
    for user, posts in people.items():
        for one in reached:
            is_told = (user.id, one.task.id, one.step, one.occasion) in told
            if _is_for(one.task, posts) and not is_told:
                digests.setdefault(user, []).append(Owed(user, one.task, one.step, one.occasion))
    return digests


def has_digest(user_id: int, *, on: date) -> bool:
    """Return whether a person already has the digest of a day."""
    return bool(db.session.scalar(select(exists().where(Message.user_id == user_id, Message.digest_on == on))))


def is_superseded(message: Message) -> bool:
    """Return whether the person has a newer digest, which then tells what this one could not."""
    newer = exists().where(Message.user_id == message.user_id, Message.digest_on > message.digest_on)
    return bool(db.session.scalar(select(newer)))


def untold(message: Message, *, today: date) -> list[Untold]:
    """
    Return what a digest has to tell: the tasks still open now and still the person's, by deadline.

    With them come those of earlier digests that never arrived; what was done or given away since leaves it.
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
    posts = _reporters(message.organization_id, today, user_id=message.user_id).get(message.user, [])
    steps: dict[Task, set[str]] = {}
    for task, step in rows:
        if _is_for(task, posts):
            steps.setdefault(task, set()).add(step)
    return [Untold(task, frozenset(told)) for task, told in steps.items()]


def _rungs(organization_id: int, today: date, calendar: Calendar) -> list[_Reached]:
    """Return the tasks that have reached a rung on the way to their deadline."""
    candidates = db.session.execute(
        select(Task, Plan.reminders_from)
        .join(Plan, Plan.id == Task.plan_id)
        .where(Task.organization_id == organization_id, Task.due_on <= today + timedelta(days=60), _is_owed())
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


def _news(organization_id: int, today: date, step: str) -> list[_Reached]:
    """Return the tasks to which such news came of late – given to somebody, sent back – and that nobody took back."""
    kinds = NEWS_KINDS[step]
    is_about = or_(Event.kind.in_(kinds), and_(Event.kind == EventKind.UNDONE, Event.before.in_(kinds)))
    last = select(func.max(Event.id)).where(Event.task_id == Task.id, is_about).correlate(Task).scalar_subquery()
    rows = db.session.execute(
        select(Task, Event.seq, Event.at, Plan.reminders_from)
        .join(Event, Event.id == last)
        .join(Plan, Plan.id == Task.plan_id)
        .where(Task.organization_id == organization_id, Event.kind.in_(kinds), _is_owed())
        .options(joinedload(Task.measure), joinedload(Task.division))
        .order_by(Task.due_on, Task.id)
    )
    return [
        _Reached(task, step, str(seq))
        for task, seq, at, since in rows
        if max(since, today - reminders.NEWS) <= at.astimezone(THAILAND).date() <= today
    ]


def _reporters(organization_id: int, today: date, user_id: int | None = None) -> dict[User, list[Position]]:
    """Return in which positions people report for divisions on this day, also in an acting capacity."""
    rows = db.session.execute(
        select(User, Position)
        .join(Appointment, Appointment.user_id == User.id)
        .join(Position, Position.id == Appointment.position_id)
        .where(
            User.organization_id == organization_id,
            User.id == user_id if user_id else User.active,
            Position.role.in_(sorted(MAY[Act.REPORT])),
            Position.division_id.is_not(None),
            in_force(today),
        )
        .order_by(User.id, Position.id)
    )
    people: dict[User, list[Position]] = {}
    for user, position in rows:
        people.setdefault(user, []).append(position)
    return people


def _is_for(task: Task, posts: Sequence[Position]) -> bool:
    """Return whether a task is told in one of these positions: given to one post, it is also the head's."""
    return any(
        post.division_id == task.division_id and (task.position_id in (None, post.id) or post.role == Role.HEAD)
        for post in posts
    )


def _told(task_ids: Sequence[int]) -> set[tuple[int, int, str, str]]:
    rows = db.session.execute(
        select(Notice.user_id, Notice.task_id, Notice.step, Notice.occasion).where(Notice.task_id.in_(task_ids))
    )
    return {tuple(row) for row in rows}  # type: ignore[misc]
