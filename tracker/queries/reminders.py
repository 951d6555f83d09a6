"""Who is owed which reminder, derived from the state of the tasks and found by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)  # fmt: skip

from tracker.domain import reminders
from tracker.domain.calendar import ONE_DAY, Calendar, fiscal_year_of, start_of
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.reminders import Window
from tracker.domain.sending_hours import CLOSES
from tracker.domain.statuses import Placement, Review, Status
from tracker.extensions import db
from tracker.models import Appointment, Event, Message, Notice, Organization, Plan, Position, Task
from tracker.models.position import in_force
from tracker.models.task import in_work, is_blocked, still_open
from tracker.queries import feedback, link_reminders, obstacles, progress, recipients

# What is told apart from deadlines, and the events that it is about.
NEWS_KINDS = {
    reminders.RETURNED: (EventKind.RETURNED, EventKind.REOPENED),
    reminders.ASSIGNED: (EventKind.ASSIGNED,),
    reminders.REVIEW: (EventKind.SUBMITTED,),
}
FIRST_DAYS = 7  # of a month: when a division that is behind is told


@dataclass(frozen=True, order=True)
class Owed:
    """
    A person should be told this step of a task, of a watched address, or of a plan as a whole.

    `step` names what is told and `occasion` what it is about – a deadline or an event –, so that the same step of a
    moved deadline, or of a second event, speaks again.
    """

    user_id: int
    plan_id: int
    task_id: int | None
    step: str
    occasion: str
    link_id: int | None = None


def organizations() -> Sequence[Organization]:
    """Return every organization, in a steady order."""
    return db.session.scalars(select(Organization).order_by(Organization.id)).all()


def owed(organization_id: int, *, today: date, calendar: Calendar, at: time = CLOSES) -> list[Owed]:
    """
    Return what people should have been told by this local day and time and were not, each person's together.

    Whoever has the digest of the day, pauses, or has a later hour is owed nothing now.
    """
    posts = recipients.posts(organization_id, today=today, at=at)
    if not db.session.scalar(select(exists(select(posts.c.user_id)))):
        return []
    found: set[Owed] = set()
    plans = _plans(organization_id, today)
    for plan in plans:
        for statement in _statements(plan, posts, organization_id, today, calendar):
            found.update(_owed(plan, row) for row in db.session.execute(statement))
        found.update(_behind(plan, posts, today))
    found.update(
        Owed(user_id, plan_id, None, reminders.LINK_BROKEN, occasion, link_id)
        for user_id, plan_id, link_id, occasion in link_reminders.owed(plans, posts, today=today)
    )
    return sorted(found, key=_place)


def _place(one: Owed) -> tuple[int, int, int, int, str, str]:
    return one.user_id, one.plan_id, one.task_id or 0, one.link_id or 0, one.step, one.occasion


def _owed(plan: Plan, row: Sequence[Any]) -> Owed:
    user_id, task_id, step, occasion = row
    return Owed(user_id, plan.id, task_id, step, occasion)


def _plans(organization_id: int, today: date) -> Sequence[Plan]:
    """Return the plans people may still be reminded of: this fiscal year's, last year's, and what comes after."""
    return db.session.scalars(
        select(Plan)
        .where(Plan.organization_id == organization_id, Plan.fiscal_year >= fiscal_year_of(today) - 1)
        .where(Plan.reminders_from <= today)
        .order_by(Plan.fiscal_year)
    ).all()


def _statements(
    plan: Plan, posts: FromClause, organization_id: int, today: date, calendar: Calendar
) -> list[Select[tuple[int, int | None, str, str]]]:
    """Return the statements whose rows are owed: a person, a task or none, a step, an occasion."""
    since, rules, theirs = plan.reminders_from, plan.reminder_rules, recipients.is_theirs(posts)
    ladder = reminders.windows(since=since, today=today, calendar=calendar, ladder=rules.ladder)
    late = reminders.escalation_windows(since=since, today=today, calendar=calendar, rules=rules)
    leaders = {step: level for level, step in enumerate(reminders.ESCALATED, start=1)}
    recent = max(since, today - reminders.NEWS)
    statements = [_due(plan, posts, [window], _leads(posts, leaders[window.step])) for window in late]
    if ladder:
        statements.append(_due(plan, posts, ladder, theirs))
    for step in (reminders.RETURNED, reminders.ASSIGNED):
        statements.append(_news(plan, posts, step, recent, today, and_(_is_owed(), theirs)))
    if plan.review != Review.OFF:
        reviewed = and_(Task.status == Status.SUBMITTED, _reviews(plan, posts, organization_id, today))
        statements.append(_news(plan, posts, reminders.REVIEW, since, today, reviewed))
    if until := rules.blocked_until(today):
        statements.append(_blocked(plan, posts, until))
    if until := rules.stalled_until(today):
        statements.append(_stalled(plan, posts, today, until))
    if rules.weekly and plan.fiscal_year == fiscal_year_of(today):
        statements += _weekly(plan, posts, today)
    return statements + _comments(plan, posts, today)


def _due(plan: Plan, posts: FromClause, windows: Sequence[Window], whose: ColumnElement[bool]) -> Select:
    """Return what the due dates inside these windows owe."""
    step = case(*((Task.due_on.between(one.first, one.last), literal(one.step)) for one in windows))
    first, last = min(one.first for one in windows), max(one.last for one in windows)
    is_reached = and_(Task.plan_id == plan.id, Task.due_on.between(first, last), step.is_not(None))
    untold = _untold(posts, step, cast(Task.due_on, String)).select_from(posts)
    return untold.join(Task, and_(is_reached, _is_owed(), whose))


def _news(plan: Plan, posts: FromClause, step: str, since: date, until: date, condition: ColumnElement[bool]) -> Select:
    """Return the tasks to which such a thing happened between two days, both inclusive, and was not taken back."""
    kinds = NEWS_KINDS[step]
    is_about = or_(Event.kind.in_(kinds), and_(Event.kind == EventKind.UNDONE, Event.before.in_(kinds)))
    last = (
        select(func.max(Event.seq).label("seq"))
        .where(Event.plan_id == plan.id, Event.kind.in_([*kinds, EventKind.UNDONE]), is_about)
        .where(Event.at >= start_of(since))
        .group_by(Event.task_id)
        .subquery()
    )
    happened = and_(Event.plan_id == plan.id, Event.seq == last.c.seq, Event.kind.in_(kinds))
    return (
        _untold(posts, literal(step), cast(Event.seq, String))
        .select_from(last)
        .join(Event, and_(happened, Event.at < start_of(until + ONE_DAY)))
        .join(Task, Task.id == Event.task_id)
        .join(posts, condition)
    )


def _blocked(plan: Plan, posts: FromClause, until: date) -> Select:
    """Return the tasks whose obstacle was told of by a day (inclusive) and still stands."""
    is_told = or_(posts.c.role == Role.CLERK, _leads(posts, 1))
    stands = and_(is_blocked(), Task.placement == Placement.SCHEDULED, is_told)
    is_told_of = and_(Event.plan_id == plan.id, Event.seq == obstacles.last_told(Event.seq, task_id=Task.id))
    return (
        _untold(posts, literal(reminders.BLOCKED), cast(Event.seq, String))
        .select_from(posts)
        .join(Task, and_(Task.plan_id == plan.id, stands))
        .join(Event, is_told_of)
        .where(Event.at >= start_of(plan.reminders_from), Event.at < start_of(until + ONE_DAY))
    )


def _stalled(plan: Plan, posts: FromClause, today: date, until: date) -> Select:
    """Return the tasks in work, not due yet, of which nobody has heard since a day; what is late is told as late."""
    # The occasion is told by when it was told: after the last word on the task.
    is_told = exists().where(
        Notice.user_id == posts.c.user_id,
        Notice.task_id == Task.id,
        Notice.step == reminders.STALLED,
        Notice.message_id == Message.id,
        Message.created_at > Task.last_event_at,
    )
    idle = and_(
        Task.plan_id == plan.id,
        in_work(Task, today),
        Task.last_event_at < start_of(until + ONE_DAY),
        Task.last_event_at >= start_of(plan.reminders_from),
    )
    return (
        select(posts.c.user_id, Task.id, literal(reminders.STALLED), literal(until.isoformat()))
        .select_from(posts)
        .join(Task, and_(idle, _is_owed(), recipients.is_theirs(posts)))
        .where(~is_told)
    )


def _weekly(plan: Plan, posts: FromClause, today: date) -> list[Select]:
    """Return to whom the summary of this week is owed; a gap over Monday does not lose it."""
    monday = today - timedelta(days=today.weekday())
    if monday < plan.reminders_from:
        return []
    led = posts.c.role.in_([Role.EXECUTIVE, Role.CLERK])
    return [_of_plan(plan, posts, reminders.WEEKLY, monday.isoformat()).where(led)]


def _comments(plan: Plan, posts: FromClause, today: date) -> list[Select]:
    """Return which clerks are told that citizens wrote: when somebody did, and each week that nobody reads it."""
    newest = feedback.newest_unread(plan.id)
    if newest is None:
        return []
    monday = today - timedelta(days=today.weekday())
    occasion = f"{newest}/{monday.isoformat()}"
    return [_of_plan(plan, posts, reminders.CITIZENS, occasion).where(posts.c.role == Role.CLERK)]


def _behind(plan: Plan, posts: FromClause, today: date) -> list[Owed]:
    """Return which heads are told that their division is behind: early in a month, once."""
    if today.day > FIRST_DAYS or today.replace(day=1) < plan.reminders_from or not plan.reminder_rules.behind_by:
        return []
    found = []
    for division, done in progress.as_of(plan.id, day=today).divisions.items():
        if (done.expected_percent or 0) - (done.percent or 0) >= plan.reminder_rules.behind_by:
            occasion = f"{division.id}:{today:%Y-%m}"
            heads = and_(posts.c.role == Role.HEAD, posts.c.division_id == division.id)
            rows = db.session.execute(_of_plan(plan, posts, reminders.BEHIND, occasion).where(heads))
            found += [_owed(plan, row) for row in rows]
    return found


def _untold(posts: FromClause, step: ColumnElement[str], occasion: ColumnElement[str]) -> Select:
    """Return the beginning of a statement: what was told already is not told again."""
    is_told = exists().where(
        Notice.user_id == posts.c.user_id,
        Notice.task_id == Task.id,
        Notice.step == step,
        Notice.occasion == occasion,
    )
    return select(posts.c.user_id, Task.id, step, occasion).where(~is_told)


def _of_plan(plan: Plan, posts: FromClause, step: str, occasion: str) -> Select:
    is_told = exists().where(
        Notice.user_id == posts.c.user_id,
        Notice.plan_id == plan.id,
        Notice.task_id.is_(None),
        Notice.link_id.is_(None),
        Notice.step == step,
        Notice.occasion == occasion,
    )
    return select(posts.c.user_id, literal(None), literal(step), literal(occasion)).where(~is_told)


def _is_owed() -> ColumnElement[bool]:
    return and_(still_open(), Task.placement == Placement.SCHEDULED)


def _leads(posts: FromClause, level: int) -> ColumnElement[bool]:
    return and_(posts.c.role == Role.EXECUTIVE, posts.c.leads_at == level)


def _reviews(plan: Plan, posts: FromClause, organization_id: int, today: date) -> ColumnElement[bool]:
    """
    Say who is asked to look at a submission: a clerk who did not make it; where there is none, the executives.

    Nobody accepts what they submitted, unless the plan says so.
    """
    clerks = list(
        db.session.scalars(
            select(Appointment.user_id)
            .join(Position, Position.id == Appointment.position_id)
            .where(Position.organization_id == organization_id, Position.role == Role.CLERK, in_force(today))
            .distinct()
        )
    )
    is_clerk = posts.c.role == Role.CLERK
    if clerks and plan.review == Review.SELF:
        return is_clerk
    is_other = posts.c.user_id != Task.submitted_by_id
    has_other_clerk = true() if len(clerks) > 1 else (Task.submitted_by_id != clerks[0] if clerks else false())
    return and_(is_other, case((has_other_clerk, is_clerk), else_=_leads(posts, 1)))
