"""What digests tell at the moment of telling, for many of them in a few statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Row, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, load_only

from tracker.domain import digests as rules
from tracker.domain.decisions import Matter
from tracker.domain.deliveries import DeliveryState
from tracker.domain.digests import Section
from tracker.domain.figures import Figures
from tracker.domain.links import Verdict as LinkVerdict
from tracker.domain.permissions import MAY, Act, Role
from tracker.domain.progress import Progress
from tracker.domain.reminders import BEHIND, CITIZENS, USUAL, WEEKLY, Rules
from tracker.domain.statuses import Placement, Review, Status
from tracker.domain.verdicts import Verdict, verdict
from tracker.extensions import db
from tracker.models import Delivery, Division, Measure, Message, Notice, Plan, Position, Preference, Task, User
from tracker.queries import calendars, decisions, feedback, link_keepers, progress, recipients
from tracker.queries.decisions import Decisions
from tracker.queries.link_keepers import Use


@dataclass(frozen=True)
class Summary:
    """How a plan stands as a whole, for leadership and for heads whose division is behind."""

    plan: Plan
    verdict: Verdict
    late: tuple[tuple[str, int], ...]  # divisions with overdue tasks and how many, the most first
    is_weekly: bool
    behind: tuple[tuple[str, Progress], ...] = ()  # the person's own divisions
    rules: Rules = USUAL
    decisions: tuple[tuple[Matter, int], ...] = ()  # how many tasks of each matter leadership has to decide on

    @property
    def total(self) -> Progress:
        """The progress of the plan as a whole."""
        return self.verdict.total


@dataclass
class Content:
    """What one digest has to tell, by section; tasks by deadline."""

    message: Message
    user: User
    wants_mail: bool
    is_superseded: bool
    is_here: bool = False  # the person still holds a position
    tasks: dict[Section, list[Task]] = field(default_factory=dict)
    broken: list[Use] = field(default_factory=list)  # what this person keeps and nobody can open
    summaries: list[Summary] = field(default_factory=list)
    comments: int = 0  # of citizens, waiting to be read

    @property
    def is_empty(self) -> bool:
        """Whether all of it was done since."""
        return not (self.tasks or self.summaries or self.broken or self.comments)

    @property
    def divisions(self) -> int:
        """Of how many divisions there are tasks."""
        return len({task.division_id for tasks in self.tasks.values() for task in tasks})

    def count(self, *sections: Section) -> int:
        """Return how many tasks stand in these sections."""
        return sum(len(self.tasks.get(section, ())) for section in sections)


def contents(message_ids: Collection[int], *, today: date) -> dict[int, Content]:
    """
    Return what each of these digests has to tell now, by its id: what is still true and still concerns its person.

    With it comes what earlier digests said that never arrived; what was done or given away since is left out.
    """
    found = {row.Message.id: Content(row.Message, row.User, *row[2:]) for row in _people(message_ids)}
    posts = recipients.positions_of({content.user.id for content in found.values()}, today=today)
    steps: dict[int, dict[Task, set[str]]] = {}
    of_plans: dict[int, dict[Plan, set[tuple[str, str]]]] = {}
    links: dict[int, set[int]] = {}
    for message_id, step, occasion, link_id, plan, task in _told(message_ids):
        if link_id is not None:
            links.setdefault(message_id, set()).add(link_id)
        elif task is not None:
            steps.setdefault(message_id, {}).setdefault(task, set()).add(step)
        else:
            of_plans.setdefault(message_id, {}).setdefault(plan, set()).add((step, occasion))
    figures, uses = _Figures(today), _broken({one for told in links.values() for one in told}, today)
    waiting = _comments(of_plans)
    for message_id, content in found.items():
        theirs = posts.get(content.user.id, [])
        content.is_here = bool(theirs)
        for task, told in steps.get(message_id, {}).items():
            section = rules.section_of(told, _standing(task, content.user, theirs, today))
            if section:
                content.tasks.setdefault(section, []).append(task)
        for plan, owed in of_plans.get(message_id, {}).items():
            content.summaries += _summaries(plan, owed, theirs, figures)
            if CITIZENS in dict(owed) and any(post.role in MAY[Act.ANSWER_CITIZENS] for post in theirs):
                content.comments += waiting.get(plan.id, 0)
        told_of = links.get(message_id, set())
        content.broken = [use for use in uses if use.link.id in told_of and use.is_kept_in(theirs)]
    return found


def _broken(link_ids: Collection[int], today: date) -> list[Use]:
    """Return what those of these addresses are for that still cannot be opened."""
    return [use for use in link_keepers.uses_of(link_ids, today=today) if use.link.verdict == LinkVerdict.BROKEN]


def _comments(told: Mapping[int, Mapping[Plan, set[tuple[str, str]]]]) -> dict[int, int]:
    """Return how many comments of citizens wait now on the plans (by id) of which it was told that some do."""
    plan_ids = {plan.id for plans in told.values() for plan, owed in plans.items() if CITIZENS in dict(owed)}
    return feedback.waiting(plan_ids) if plan_ids else {}


def _people(message_ids: Collection[int]) -> Sequence[Row]:
    newer = aliased(Message)
    # By their order, not by their days: a clock that is set back writes a digest of an earlier day later.
    is_superseded = exists().where(newer.user_id == Message.user_id, newer.id > Message.id)
    return db.session.execute(
        select(Message, User, func.coalesce(Preference.wants_mail, True), is_superseded)
        .join(User, User.id == Message.user_id)
        .outerjoin(Preference, Preference.user_id == User.id)
        .where(Message.id.in_(message_ids))
        .options(joinedload(User.organization))
        .order_by(Message.id)
        .execution_options(populate_existing=True)
    ).all()


def _told(message_ids: Collection[int]) -> Sequence[Row]:
    """
    Return the notices of these digests and of those before them that reached their person on no channel.

    What may have reached them is left to the digest that is in doubt: it leaves again as it was.
    """
    earlier, told = aliased(Message), aliased(Message)
    is_in_doubt = and_(Delivery.state == DeliveryState.WAITING, Delivery.in_doubt)
    last_told = (
        select(func.coalesce(func.max(told.id), 0))
        .join(Delivery, Delivery.message_id == told.id)
        .where(told.user_id == Message.user_id, told.id < Message.id)
        .where(or_(Delivery.state == DeliveryState.SENT, is_in_doubt))
        .correlate(Message)
        .scalar_subquery()
    )
    return db.session.execute(
        select(Message.id, Notice.step, Notice.occasion, Notice.link_id, Plan, Task)
        .select_from(Message)
        .join(earlier, (earlier.user_id == Message.user_id) & (earlier.id <= Message.id) & (earlier.id > last_told))
        .join(Notice, Notice.message_id == earlier.id)
        .join(Plan, Plan.id == Notice.plan_id)
        .outerjoin(Task, Task.id == Notice.task_id)
        .where(Message.id.in_(message_ids))
        .options(
            load_only(Plan.fiscal_year, Plan.review),
            joinedload(Task.measure).load_only(Measure.title),
            joinedload(Task.division).load_only(Division.name),
        )
        .order_by(Message.id, Task.due_on, Task.id)
        .execution_options(populate_existing=True)
    ).all()


def _standing(task: Task, user: User, posts: Sequence[Position], today: date) -> rules.Standing:
    reviews = any(post.role in MAY[Act.REVIEW] for post in posts)
    is_own = task.submitted_by_id == user.id and task.plan.review != Review.SELF
    return rules.Standing(
        is_open=task.takes_reports and task.placement == Placement.SCHEDULED,
        is_overdue=task.placement == Placement.SCHEDULED and task.is_overdue(today),
        is_submitted=task.status == Status.SUBMITTED,
        is_blocked=bool(task.blocked_reason),
        is_theirs=any(recipients.is_for(task, post) for post in posts),
        is_their_submission=is_own,
        reviews=reviews,
        leads=any(post.role == Role.EXECUTIVE for post in posts),
    )


class _Figures:
    """The figures of plans today and what is to be decided, each plan asked for once."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._known: dict[int, Figures] = {}
        self._decided: dict[int, Decisions] = {}

    def of(self, plan: Plan) -> Figures:
        if plan.id not in self._known:
            self._known[plan.id] = progress.as_of(plan.id, day=self._today)
        return self._known[plan.id]

    def decided(self, plan: Plan) -> Decisions:
        if plan.id not in self._decided:
            calendar = calendars.working_days(plan.organization_id)
            # As the figures: a day that is told of afterwards is told of as it was.
            self._decided[plan.id] = decisions.as_of(plan, day=self._today, calendar=calendar, is_now=False, most=1)
        return self._decided[plan.id]


def _summaries(plan: Plan, owed: set[tuple[str, str]], posts: Sequence[Position], known: _Figures) -> list[Summary]:
    """Return what is to be told of a plan as a whole, to whom it still concerns."""
    steps = {step for step, _ in owed}
    is_weekly = WEEKLY in steps and any(post.role in (Role.EXECUTIVE, Role.CLERK) for post in posts)
    headed = {post.division_id for post in posts if post.role == Role.HEAD}
    behind_ids = {int(occasion.partition(":")[0]) for step, occasion in owed if step == BEHIND} & headed
    if not is_weekly and not behind_ids:
        return []
    figures = known.of(plan)
    behind = tuple(
        (division.name, done)
        for division, done in figures.divisions.items()
        if division.id in behind_ids and done.is_behind
    )
    late = tuple((division.name, done.overdue) for division, done in figures.most_late())
    summary = Summary(plan, verdict(figures, fiscal_year=plan.fiscal_year), late, is_weekly, behind)
    if is_weekly:
        counts = tuple(known.decided(plan).counts.items())
        summary = replace(summary, rules=plan.reminder_rules, decisions=counts)
    return [summary] if is_weekly or behind else []
