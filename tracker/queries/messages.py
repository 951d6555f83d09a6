"""A person's digests, and what every page must know of them and of the queue of reviewers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Integer, bindparam, exists, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.domain.channels import MAIL
from tracker.domain.deliveries import Problem, is_down
from tracker.domain.feedback import FeedbackState
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import ChannelStanding, Delivery, Feedback, Lease, Message, Notice, Plan, PublicWindow, Task

SILENCE = timedelta(minutes=10)
PAGE = 10  # digests


@dataclass(frozen=True)
class Standing:
    """What every page must know: digests not opened, tasks to review, the scheduler's last tick, how mail goes."""

    unread: int
    last_tick_at: datetime | None
    waiting: int = 0  # tasks, for who reviews
    comments: int = 0  # of citizens that nobody has read yet, for who answers them
    hears_citizens: bool = False  # somebody wrote, or may write
    failures: int = 0
    failing_since: datetime | None = None
    problem: Problem | None = None

    def is_silent(self, machine_now: datetime) -> bool:
        """Return whether ticks have stopped; before the first one nothing is wrong yet."""
        return self.last_tick_at is not None and machine_now - self.last_tick_at > SILENCE

    def is_mail_down(self, machine_now: datetime) -> bool:
        """Return whether no mail leaves any more; before the first one nothing is wrong yet."""
        return is_down(failures=self.failures, problem=self.problem, failing_since=self.failing_since, now=machine_now)


def standing(*, user_id: int, reviews_of: int | None = None, comments_of: int | None = None) -> Standing:
    """
    Return what every page must know, in one statement.

    :param reviews_of: the organization whose tasks the person reviews
    :param comments_of: the organization whose citizens' comments the person reads
    """
    whose = {"user_id": user_id, "reviews_of": reviews_of, "comments_of": comments_of}
    return Standing(*db.session.execute(_STANDING, whose).one())


def of_user(user_id: int, *, before: date | None = None, limit: int = 50) -> Sequence[Message]:
    """Return a person's latest digests with what each told, newest first; only those of days before one, if given."""
    statement = select(Message).where(Message.user_id == user_id)
    if before is not None:
        statement = statement.where(Message.digest_on < before)
    return db.session.scalars(
        statement.options(
            selectinload(Message.notices).options(
                joinedload(Notice.task).options(joinedload(Task.measure), joinedload(Task.division)),
                joinedload(Notice.plan),
                joinedload(Notice.link),
            )
        )
        .order_by(Message.digest_on.desc(), Message.id.desc())
        .limit(limit)
    ).all()


def page_of_user(user_id: int, *, before: date | None = None) -> tuple[Sequence[Message], date | None]:
    """Return a page of a person's digests, newest first, and the day to go on from (None: there are no older ones)."""
    found = of_user(user_id, before=before, limit=PAGE + 1)
    return found[:PAGE], found[PAGE - 1].digest_on if len(found) > PAGE else None


def recent_deliveries(organization_id: int, *, limit: int = 50) -> Sequence[Delivery]:
    """Return an organization's latest deliveries with their people, newest first."""
    return db.session.scalars(
        select(Delivery)
        .join(Delivery.message)
        .where(Message.organization_id == organization_id)
        .options(joinedload(Delivery.message).joinedload(Message.user))
        .order_by(Delivery.id.desc())
        .limit(limit)
    ).all()


# Built once, and of tables rather than entities: every page asks for it.
_message, _lease, _mail = Message.__table__.c, Lease.__table__.c, ChannelStanding.__table__.c
_task, _plan = Task.__table__.c, Plan.__table__.c
_comment, _window = Feedback.__table__.c, PublicWindow.__table__.c
_always = select(literal(1).label("one")).subquery()  # also where no mail was ever tried
# By the plans, for the index of tasks begins with them.
_plans = select(_plan.id).where(_plan.organization_id == bindparam("reviews_of", type_=Integer))
_comments_of = bindparam("comments_of", type_=Integer)
_STANDING = select(
    select(func.count()).where(_message.user_id == bindparam("user_id"), _message.read_at.is_(None)).scalar_subquery(),
    select(func.max(_lease.last_tick_at)).scalar_subquery(),
    select(func.count()).where(_task.plan_id.in_(_plans), _task.status == Status.SUBMITTED).scalar_subquery(),
    select(func.count())
    .where(_comment.organization_id == _comments_of, _comment.state == FeedbackState.NEW)
    .scalar_subquery(),
    or_(
        exists().where(_window.organization_id == _comments_of, _window.takes_feedback),
        exists().where(_comment.organization_id == _comments_of),
    ),
    func.coalesce(_mail.failures, 0),
    _mail.failing_since,
    _mail.problem,
).select_from(_always.outerjoin(ChannelStanding.__table__, _mail.channel == MAIL))
