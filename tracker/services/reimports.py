"""A report of a year that has its plan: bringing the plan into line with it, the work done kept."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.documents.reading.preview import ReportReading
from tracker.domain.generation import Changes
from tracker.domain.history import EventKind
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Appointment, Draft, Measure, Plan
from tracker.queries import differences, plans
from tracker.queries.differences import Difference, MeasureDifference
from tracker.services import (
    assessments,
    drafts,
    events,
    imports,
    locks,
    measure_readings,
    measures,
    organizations,
    schedules,
)


class NoPlanYet(Refusal):
    """There is nothing to compare the report's measures with."""

    def __init__(self, year: int) -> None:
        super().__init__(N_("There is no plan for fiscal year %(year)s yet. Make it from the report."), year=year)


class AlreadyTakenOver(Refusal):
    """The report was taken over before, perhaps in another tab."""

    def __init__(self) -> None:
        super().__init__(N_("This report has been taken over already. Nothing more was changed."))


@dataclass(frozen=True)
class Choices:
    """
    What a person decided about the difference; without a decision the plan stays as a person has made it.

    `pairs` say which measure (its id) a measure of the report is (by its place; None: a new one), `theirs` in which
    conflicts the report counts (`Change.key`), `taken_out` which measures leave the plan (ids), `replaced` for which
    years (พ.ศ.) the report's results count.
    """

    pairs: Mapping[int, int | None] = field(default_factory=dict)
    theirs: frozenset[str] = frozenset()
    taken_out: frozenset[int] = frozenset()
    replaced: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """What came of it: the measures by id with what became of their tasks, and whether results were kept."""

    changed: int = 0
    added: int = 0
    taken_out: int = 0
    tasks: schedules.Summary = schedules.Summary(0, 0, 0, 0)
    tasks_of: Mapping[int, schedules.Summary] = field(default_factory=dict)
    has_scores: bool = False

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.taken_out or self.tasks or self.has_scores)


def compare(*, draft: Draft, pairs: Mapping[int, int | None]) -> tuple[ReportReading, Plan | None, Difference]:
    """
    Return what was read, the year's plan if there is one, and in what the report's measures differ from it.

    :raises Refusal: if the draft cannot be read with what a person decided
    """
    reading = drafts.reading_of(draft=draft, corrections=draft.corrections)
    plan = plans.of_year(draft.organization_id, fiscal_year=reading.plan_year)
    if plan is None or not reading.measures:
        return reading, plan, Difference()
    return reading, plan, differences.between(plan, reading, chosen=pairs)


def take_over(*, draft: Draft, choices: Choices, by: Appointment | None, now: datetime) -> Outcome:
    """
    Bring the plan, its tasks and the year's results into line with the report, all or nothing; what was done stays.

    Doing it again changes nothing, whether with the same report or with another copy of it.

    :raises AlreadyTakenOver: if a plan was made or changed by this very report
    :raises NoPlanYet: if it has measures and the year no plan
    :raises NoIndicator: if a new measure's indicator is unknown
    :raises Refusal: if a measure cannot stand in a plan as it was corrected
    """
    # The organization first, as whoever makes a plan or renames a division does.
    organization = organizations.lock(draft.organization_id)
    drafts.hold(draft)
    if draft.plan_id is not None:
        raise AlreadyTakenOver()
    reading, plan, _ = compare(draft=draft, pairs=choices.pairs)
    if plan is None and reading.measures:
        raise NoPlanYet(reading.plan_year)
    drafts.check(reading)
    if plan is not None:
        locks.hold_plan(plan)
    has_scores = assessments.keep(organization=organization, reading=reading, replaced=choices.replaced, by=by, now=now)
    outcome = Outcome()
    if plan is not None:
        _, _, difference = compare(draft=draft, pairs=choices.pairs)  # as it stands now that the plan is held
        report = _Report(draft.file_name, reading, choices)
        outcome = _take(plan, difference, report, by=by, now=now)
    outcome = replace(outcome, has_scores=has_scores)
    if plan is not None and outcome:
        assessments.answer(plan)
        draft.plan_id = plan.id
    db.session.flush()
    return outcome


@dataclass(frozen=True)
class _Report:
    file_name: str
    reading: ReportReading
    choices: Choices


def _take(plan: Plan, difference: Difference, report: _Report, *, by: Appointment | None, now: datetime) -> Outcome:
    out = [one.measure_id for one in difference.missing if one.measure_id in report.choices.taken_out]
    if not (difference or out):
        return Outcome()
    events.record(plan=plan, kind=EventKind.REPORT_TAKEN_OVER, by=by, now=now, after=report.file_name)
    known = {measure.id: measure for measure in differences.measures_of(plan)}
    recounted = [
        known[one.measure_id]
        for one in difference.matched
        if _counted_otherwise(known[one.measure_id], one, report, by=by, now=now)
    ]
    for measure_id in out:
        known[measure_id].is_retired = True
        title = known[measure_id].title
        events.record(plan=plan, kind=EventKind.MEASURE_TAKEN_OUT, by=by, now=now, before=title)
    for place in difference.new:
        _add(plan, place, report, by=by, now=now)
    pending = schedules.pending_changes(plan)
    tasks = schedules.apply(plan=plan, by=by, now=now)
    for measure in recounted:
        measures.keep_states(measure, now=now)
    return Outcome(len(difference.changed), len(difference.new), len(out), tasks, _by_measure(pending))


def _counted_otherwise(
    measure: Measure, difference: MeasureDifference, report: _Report, *, by: Appointment | None, now: datetime
) -> bool:
    """Bring a measure into line with the report, and return whether figures count it otherwise from now on."""
    counted = measure.indicator, measure.weight
    before, after = measure_readings.bring_into_line(
        measure,
        difference,
        report.reading.measures[difference.place],
        theirs=report.choices.theirs,
    )
    if before != after:
        kind = EventKind.MEASURE_CHANGED
        events.record(plan=measure.plan, kind=kind, by=by, now=now, before=before, after=after)
    return (measure.indicator, measure.weight) != counted


def _add(plan: Plan, place: int, report: _Report, *, by: Appointment | None, now: datetime) -> None:
    measure = imports.new_measure(plan, report.reading.measures[place])
    db.session.add(measure)
    db.session.flush()
    after = measures.described(measure)
    events.record(plan=plan, kind=EventKind.MEASURE_ADDED, by=by, now=now, after=after)


def _by_measure(pending: Changes) -> dict[int, schedules.Summary]:
    """Return what becomes of the tasks of each measure."""
    tallies: dict[int, Counter[str]] = {}
    for which, keys in (
        ("added", (*pending.add, *pending.restore)),
        ("retired", pending.retire),
        ("kept", pending.keep_outside),
        ("moved", pending.move),
    ):
        for one in keys:
            tallies.setdefault(one.measure, Counter())[which] += 1
    return {
        measure: schedules.Summary(tally["added"], tally["retired"], tally["kept"], tally["moved"])
        for measure, tally in tallies.items()
    }
