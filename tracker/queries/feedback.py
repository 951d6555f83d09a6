"""What citizens wrote: for moderators, for the public page, for a citizen with a receipt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import joinedload

from tracker.domain.feedback import FeedbackState
from tracker.extensions import db
from tracker.models import Appointment, Division, Feedback, Measure, Plan, PublicWindow
from tracker.queries.public_plans import open_window

PAGE = 30
PUBLIC_PAGE = 20  # of a measure, on its public page


@dataclass(frozen=True)
class ShownWord:
    """A citizen's word as the public reads it, with the answer where that is public."""

    sent_at: datetime
    text: str
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class ShownWords:
    """How many words on a measure are shown, and a page of them, the newest first."""

    count: int = 0
    words: Sequence[ShownWord] = ()
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class Counts:
    """How many words came in, and what became of them."""

    received: int = 0
    new: int = 0
    shown: int = 0
    hidden: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Narrowing:
    """Which words a list has: of one state, of one measure, of some divisions' measures; None is all of them."""

    state: FeedbackState | None = None
    measure_id: int | None = None
    division_ids: Collection[int] | None = None


def measure_open_for_words(public_name: str, fiscal_year: int, measure_id: int) -> Measure | None:
    """Return the measure on which the public may write under this address; None where it may not."""
    address = open_window(public_name, fiscal_year)
    if address is None or not address.window.takes_feedback:
        return None
    return db.session.scalar(
        select(Measure)
        .where(Measure.id == measure_id, Measure.plan_id == address.plan.id, Measure.is_retired.is_(False))
        .options(joinedload(Measure.plan).joinedload(Plan.organization))
    )


def of_receipt(receipt: str) -> Feedback | None:
    """Return what a citizen asks after, while the window through which it came is open for words."""
    return db.session.scalar(
        select(Feedback)
        .join(Feedback.measure)
        .join(PublicWindow, PublicWindow.plan_id == Measure.plan_id)
        .where(Feedback.receipt == receipt, PublicWindow.published_at.is_not(None), PublicWindow.takes_feedback)
        .options(joinedload(Feedback.measure).joinedload(Measure.plan).joinedload(Plan.organization))
    )


def public_of(plan_id: int) -> dict[int, ShownWords]:
    """Return what the public reads on each measure (by its id) that has any: the newest word, in one statement."""
    return _public(Measure.plan_id == plan_id, first=1, last=1)


def public_on(measure_id: int, *, page: int = 1, limit: int = PUBLIC_PAGE) -> ShownWords:
    """Return a page of what the public reads on a measure; the first where there is no such page."""
    of_measure = Measure.id == measure_id
    found = _public(of_measure, first=(page - 1) * limit + 1, last=page * limit).get(measure_id)
    if found is None:
        return ShownWords() if page == 1 else public_on(measure_id, limit=limit)
    return replace(found, page=page, pages=-(-found.count // limit))


def _public(whose: ColumnElement[bool], *, first: int, last: int) -> dict[int, ShownWords]:
    """Return, by measure, the words from one place to another, counted from the newest, in one statement."""
    ranked = (
        select(
            Feedback.id,
            func.row_number().over(partition_by=Feedback.measure_id, order_by=Feedback.id.desc()).label("place"),
            func.count().over(partition_by=Feedback.measure_id).label("count"),
        )
        .join(Feedback.measure)
        .where(whose, Feedback.state == FeedbackState.SHOWN)
        .subquery()
    )
    rows = db.session.execute(
        select(Feedback, ranked.c.count)
        .join(ranked, ranked.c.id == Feedback.id)
        .where(ranked.c.place.between(first, last))
        .order_by(Feedback.measure_id, Feedback.id.desc())
        .execution_options(populate_existing=True)
    )
    found: dict[int, ShownWords] = {}
    for row, count in rows:
        before = found.get(row.measure_id, ShownWords(count))
        found[row.measure_id] = replace(before, words=(*before.words, _shown(row)))
    return found


def _shown(row: Feedback) -> ShownWord:
    answer = (row.answer, row.answered_at) if row.is_answer_shown else ("", None)
    return ShownWord(row.sent_at, row.text, *answer)


def counts_of(plan_id: int, *, measure_id: int | None = None) -> Counts:
    """Return what came in on a plan, or on one measure of it, and what became of it, in one statement."""
    whose = [Measure.plan_id == plan_id] + ([] if measure_id is None else [Measure.id == measure_id])

    def those(fact: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(case((fact, 1)))

    new, shown, hidden = (those(Feedback.state == state) for state in FeedbackState)
    row = db.session.execute(
        select(func.count(), new, shown, hidden, those(Feedback.answer != ""))
        .select_from(Feedback)
        .join(Feedback.measure)
        .where(*whose)
    ).one()
    return Counts(*row)


def newest_unread(plan_id: int) -> int | None:
    """Return the id of the newest comment on a plan that nobody has read yet."""
    return db.session.scalar(
        select(func.max(Feedback.id))
        .join(Feedback.measure)
        .where(Measure.plan_id == plan_id, Feedback.state == FeedbackState.NEW)
    )


def waiting(plan_ids: Collection[int]) -> dict[int, int]:
    """Return how many comments nobody has read yet, by plan (its id); plans without any are left out."""
    rows = db.session.execute(
        select(Measure.plan_id, func.count())
        .select_from(Feedback)
        .join(Feedback.measure)
        .where(Measure.plan_id.in_(plan_ids), Feedback.state == FeedbackState.NEW)
        .group_by(Measure.plan_id)
    )
    return dict(rows.all())


def one(feedback_id: int) -> Feedback | None:
    """Return a word with its measure, plan and who settled it."""
    return db.session.scalar(select(Feedback).where(Feedback.id == feedback_id).options(*_TOGETHER))


def listed(
    organization_id: int, narrowing: Narrowing, *, limit: int = PAGE, page: int = 1
) -> tuple[Sequence[Feedback], int]:
    """Return a page of the words that an organization was sent – new ones first, then the newest – and how many."""
    facts = [Feedback.organization_id == organization_id, *_facts(narrowing)]
    count = db.session.scalar(select(func.count()).select_from(Feedback).where(*facts)) or 0
    rows = db.session.scalars(
        select(Feedback)
        .where(*facts)
        .options(*_TOGETHER)
        .order_by(case((Feedback.state == FeedbackState.NEW, 0), else_=1), Feedback.id.desc())
        .limit(limit)
        .offset((page - 1) * limit)
    ).all()
    return rows, count


def spoken_of(organization_id: int, division_ids: Collection[int] | None) -> Sequence[Measure]:
    """Return the measures on which somebody wrote, the newest plan first, to narrow a list to one."""
    has_words = exists().where(Feedback.measure_id == Measure.id)
    theirs = [] if division_ids is None else [_is_of(division_ids)]
    return db.session.scalars(
        select(Measure)
        .join(Measure.plan)
        .where(Measure.organization_id == organization_id, has_words, *theirs)
        .options(joinedload(Measure.plan))
        .order_by(Plan.fiscal_year.desc(), Measure.indicator, Measure.id)
    ).all()


def is_of(feedback: Feedback, division_ids: Collection[int]) -> bool:
    """Return whether a word is on a measure of one of these divisions."""
    return bool(db.session.scalar(select(exists().where(Measure.id == feedback.measure_id, _is_of(division_ids)))))


def _facts(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    facts: list[ColumnElement[bool]] = []
    if narrowing.state is not None:
        facts.append(Feedback.state == narrowing.state)
    if narrowing.measure_id is not None:
        facts.append(Feedback.measure_id == narrowing.measure_id)
    if narrowing.division_ids is not None:
        facts.append(Feedback.measure.has(_is_of(narrowing.division_ids)))
    return facts


def _is_of(division_ids: Collection[int]) -> ColumnElement[bool]:
    return Measure.divisions.any(Division.id.in_(division_ids))


_TOGETHER = (
    joinedload(Feedback.measure).joinedload(Measure.plan),
    joinedload(Feedback.settled_by).options(joinedload(Appointment.position), joinedload(Appointment.user)),
)
