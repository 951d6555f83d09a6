"""The facts of the follow-up report of a round or a year, in a fixed number of statements whatever the size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.documents.composing.follow_up import Closed, Concern, Concerns, Earlier, Facts
from tracker.domain.calendar import THAILAND, Calendar, end_of, last_day
from tracker.domain.closings import NoSuchRound, Snapshot
from tracker.domain.deadlines import Festival, festival_deadline
from tracker.domain.figures import Figures
from tracker.domain.results import Cycle, History
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Closing, Division, Event, Plan
from tracker.models import Festival as FestivalRow
from tracker.queries import closings, curves, decisions, follow_up_works, progress, signers
from tracker.queries.overview import around

MOST_CONCERNS = 10  # tasks of a matter that the summary names


class RoundNotCome(Refusal):
    """Nobody has reported for a round that lies ahead."""

    def __init__(self, round_on: date) -> None:
        super().__init__(
            N_("The round of %(day)s has not come yet, so there is nothing to report on it."), day=round_on
        )


class BrokenSeal(Refusal):
    """A report must not quote figures that somebody changed."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The seal does not fit what is kept: somebody has changed this closed round or the history behind the "
                "program's back. Its figures are not shown. Ask the administrator to check the history."
            )
        )


def facts(plan_id: int, *, on: date, round_on: date | None) -> Facts:
    """
    Return what the follow-up report says as of the end of a local day.

    The report of a round quotes its last closing by that day, and is then as of the day the closing was; of a round
    that is not closed, and of the year (`round_on` None), it is as of `on`. Where tasks stood, whose they were, what
    was written about them, ticked, spent and shown is rebuilt as it was then.

    Kept as it is today only, and therefore told so: the wording and steps of measures, the names of divisions and
    positions, the plan's rounds and rules, whether the schedule still asks for a task, findings and scores. Words
    that were erased from the history are gone.

    :param on: a day that has come
    :raises NoSuchRound: if the plan neither has nor had a round on that day
    :raises RoundNotCome: if the round lies after `on`
    :raises BrokenSeal: if somebody changed a closing that would be quoted
    """
    plan = _plan(plan_id)
    known = [one for one in closings.of_plan(plan.id) if one.closed_at < end_of(on)]
    _check_round(plan, known, round_on, on)
    latest = closings.latest(known)
    before = _round_before(plan, latest, round_on or on)
    frozen = _frozen([latest[day].id for day in (round_on, before) if day in latest])
    quoted = frozen.get(round_on) if round_on else None
    counted = _counted(plan, quoted, on=on, round_on=round_on)
    compared = replace(counted, earlier=_earlier(plan, before, frozen), closings=[_closed(one) for one in known])
    return _surrounded(plan, compared)


def _plan(plan_id: int) -> Plan:
    return db.session.scalars(
        select(Plan).where(Plan.id == plan_id).options(joinedload(Plan.organization), selectinload(Plan.rounds))
    ).one()


def _check_round(plan: Plan, known: Sequence[Closing], round_on: date | None, on: date) -> None:
    if round_on is None:
        return
    if round_on not in {*plan.round_dates, *(one.round_on for one in known)}:
        raise NoSuchRound()
    if round_on > on:
        raise RoundNotCome(round_on)


def _round_before(plan: Plan, closed: Mapping[date, Closing], day: date) -> date | None:
    """Return the last round before a day."""
    return max((one for one in {*plan.round_dates, *closed} if one < day), default=None)


@dataclass(frozen=True)
class _Frozen:
    """What a closing froze."""

    closed: Closed
    snapshot: Snapshot


def _frozen(ids: Sequence[int]) -> dict[date, _Frozen]:
    """
    Return by round what these closings froze.

    :raises BrokenSeal: if one of them is not as it was sealed
    """
    rows = db.session.execute(
        select(Closing, Event)
        .outerjoin(Event, and_(Event.plan_id == Closing.plan_id, Event.seq == Closing.head_seq + 1))
        .where(Closing.id.in_(ids))
        .execution_options(populate_existing=True)
    ).all()
    if not all(closing.is_whole(event) for closing, event in rows):
        raise BrokenSeal()
    return {closing.round_on: _Frozen(_closed(closing), closing.snapshot) for closing, _ in rows}


def _closed(closing: Closing) -> Closed:
    return Closed(
        round_on=closing.round_on,
        revision=closing.revision,
        as_of=closing.as_of,
        closed_on=_local_day(closing.closed_at),
        closed_by=closing.closed_by.position.title,
        note=closing.note,
        seal=closing.seal,
    )


def _local_day(moment: datetime) -> date:
    return moment.astimezone(THAILAND).date()


def _counted(plan: Plan, quoted: _Frozen | None, *, on: date, round_on: date | None) -> Facts:
    """Return the figures of the day, those that were frozen where they are quoted."""
    day = quoted.closed.as_of if quoted else on
    counted, curve = curves.as_of(plan.id, fiscal_year=plan.fiscal_year, day=day)
    return Facts(
        organization=plan.organization.name,
        fiscal_year=plan.fiscal_year,
        day=day,
        figures=quoted.snapshot.figures if quoted else counted,
        curve=curve,
        round_on=round_on,
        rounds=plan.round_dates,
        closed=quoted.closed if quoted else None,
        differs=len(quoted.snapshot.differences(counted)) if quoted else 0,
        rules=plan.reminder_rules,
        head_seq=plan.last_seq,
        head_hash=plan.last_hash,
    )


def _earlier(plan: Plan, before: date | None, frozen: Mapping[date, _Frozen]) -> Earlier | None:
    """Return how the plan stood in the round before, counted again where that was not closed."""
    if before is None:
        return None
    if before in frozen:
        return Earlier(before, frozen[before].snapshot.figures, frozen[before].closed)
    return Earlier(before, progress.as_of(plan.id, day=before))


def _surrounded(plan: Plan, facts: Facts) -> Facts:
    """Return the facts with what was done and what surrounds the figures, as of their day."""
    known, names = around(plan), _division_names(plan.organization_id)
    measures = follow_up_works.measures_of(plan.id)
    works = follow_up_works.as_of(
        plan.id,
        moment=end_of(facts.day),
        measures=measures,
        rounds=plan.round_dates,
        festivals=_festivals(plan, known.calendar),
    )
    worked_on = {work.measure_id for work in works}
    told = [one for one in measures if not one.is_retired or one.id in worked_on]
    return replace(
        facts,
        measures=tuple(follow_up_works.promises(told)),
        works=works,
        division_names=names,
        concerns=tuple(_concerns(plan, facts.day, known.calendar)),
        signers=signers.of(plan.organization_id),
        findings=[(one.indicator, one.text) for one in known.findings],
        cycle=_cycle(plan.fiscal_year, known.results, facts.figures) if facts.round_on is None else None,
    )


def _division_names(organization_id: int) -> dict[int, str]:
    rows = db.session.execute(select(Division.id, Division.name).where(Division.organization_id == organization_id))
    return {row.id: row.name for row in rows}


def _festivals(plan: Plan, calendar: Calendar) -> tuple[Festival, ...]:
    rows = db.session.scalars(
        select(FestivalRow)
        .where(FestivalRow.organization_id == plan.organization_id, FestivalRow.fiscal_year == plan.fiscal_year)
        .order_by(FestivalRow.on_day)
    )
    return tuple(Festival(row.key, festival_deadline(row.on_day, calendar)) for row in rows)


def _concerns(plan: Plan, day: date, calendar: Calendar) -> Iterator[Concerns]:
    found = decisions.as_of(plan, day=day, calendar=calendar, is_now=False, most=MOST_CONCERNS)
    for matter, count in found.counts.items():
        first = (
            Concern(one.indicator, one.title, one.division_name, one.responsible, one.due_on, one.since)
            for one in found.items[matter]
        )
        yield Concerns(matter, count, tuple(first))


def _cycle(year: int, history: History, figures: Figures) -> Cycle:
    """Return the scores around a plan's year; its own are known once it is over: when they were entered is not kept."""
    is_over = figures.day >= last_day(year)
    results = {one: result for one, result in history.results.items() if one < year or is_over}
    return Cycle(year, History(results), figures, figures.day)
