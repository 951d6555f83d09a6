"""Making assessments, a plan and its tasks of a report that was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import exists, select

from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.preview import MeasureReading, ReportReading, StepReading
from tracker.documents.reading.refusals import NoMeasures
from tracker.domain.calendar import last_day
from tracker.domain.consistency import Subject
from tracker.domain.history import EventKind
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.responsibles import Responsible
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import BE_OFFSET
from tracker.domain.timeframes.phrases import phrase_for
from tracker.extensions import db
from tracker.models import Appointment, Assessment, Finding, Measure, Organization, Plan, Round, Score, Step
from tracker.services import calendars, events, schedules
from tracker.services.measures import clear_time_frame


class PlanExists(Refusal):
    """The fiscal year has its plan."""

    def __init__(self, year: int) -> None:
        super().__init__(
            N_("There is a plan for fiscal year %(year)s already. Change its measures there; nothing was imported."),
            year=year,
        )


class NoIndicator(Refusal):
    """A measure answers no indicator that we know of."""

    def __init__(self, title: str) -> None:
        super().__init__(N_("The report does not say which indicator “%(title)s” is for. Choose it."), title=title)


@dataclass(frozen=True)
class Correction:
    """What a person decided about a measure's reading; None leaves what was read."""

    schedule_words: str | None = None
    division_names: Sequence[str] | None = None
    indicator: int | None = None


NOTHING = Correction()


def default_rounds(fiscal_year: int) -> tuple[date, ...]:
    """Return the usual follow-up rounds of a fiscal year (พ.ศ.): 31 March and 30 September."""
    return date(fiscal_year - BE_OFFSET, 3, 31), last_day(fiscal_year)


def corrected(
    reading: ReportReading, corrections: Mapping[int, Correction], *, organization: Organization
) -> ReportReading:
    """
    Return the reading with what a person decided instead, by the measure's place in the report from 0.

    :raises UnclearTimeFrame: if the words of a correction cannot be read
    """
    measures = tuple(
        _corrected(measure, corrections.get(place, NOTHING), organization, reading.plan_year)
        for place, measure in enumerate(reading.measures)
    )
    return replace(reading, measures=measures)


def create_plan(
    *,
    organization: Organization,
    reading: ReportReading,
    by: Appointment | None,
    now: datetime,
    today: date,
    words: Mapping[int, str] | None = None,
) -> Plan:
    """
    Create the assessments, the plan, its measures and their tasks, all or nothing.

    :param today: nothing that came before this local day will be owed to anybody
    :param words: what a person wrote instead of the printed time frame, by the measure's place
    :raises PlanExists: if the year has its plan
    :raises NoIndicator: if a measure's indicator is unknown
    :raises NoMeasures: if the report has nothing but scores
    """
    year = reading.plan_year
    if not reading.measures:
        raise NoMeasures()
    if db.session.scalar(select(exists().where(Plan.organization_id == organization.id, Plan.fiscal_year == year))):
        raise PlanExists(year)
    calendars.seed(organization=organization, fiscal_year=year)
    _keep_assessments(organization, reading)
    plan = Plan(
        organization_id=organization.id,
        fiscal_year=year,
        created_at=now,
        reminders_from=today,
        rounds=[Round(due_on=day) for day in default_rounds(year)],
    )
    db.session.add(plan)
    db.session.flush()
    events.record(plan=plan, kind=EventKind.PLAN_CREATED, by=by, now=now, after=str(year))
    for place, measure in enumerate(reading.measures):
        db.session.add(new_measure(plan, measure, (words or {}).get(place, "")))
    schedules.apply(plan=plan, by=by, now=now)
    return plan


def score_subjects() -> dict[str, Subject]:
    """Return what is scored in every assessment by its key: the overall result, instruments and indicators."""
    return (
        {"overall": Subject()}
        | {str(instrument): Subject(instrument=instrument) for instrument in Instrument}
        | {f"indicator:{one.number}": Subject(indicator=one.number) for one in INDICATORS}
    )


def _corrected(
    reading: MeasureReading, correction: Correction, organization: Organization, year: int
) -> MeasureReading:
    if correction.schedule_words:
        time_frame = clear_time_frame(correction.schedule_words, fiscal_year=year)
        reading = replace(reading, time_frame=time_frame)
    if correction.division_names is not None:
        chosen = [one.as_named() for one in organization.open_divisions if one.name in correction.division_names]
        reading = replace(reading, responsible=Responsible(tuple(chosen)))
    if correction.indicator is not None:
        reading = replace(reading, measure=replace(reading.measure, indicator=correction.indicator))
    return reading


def _keep_assessments(organization: Organization, reading: ReportReading) -> None:
    """Keep the printed scores of every year in the report; a year that is known already keeps what it has."""
    report = reading.draft
    for year in sorted({figure.year for figure in report.figures}):
        known = select(exists().where(Assessment.organization_id == organization.id, Assessment.fiscal_year == year))
        if not db.session.scalar(known):
            db.session.add(new_assessment(organization, reading, year))
    db.session.flush()


def new_assessment(organization: Organization, reading: ReportReading, year: int) -> Assessment:
    """Return the result of a year (พ.ศ.) as the report prints it, with its findings where it is the year assessed."""
    scores = [Score(key=key, value=value) for key, value in printed_scores(reading.draft, year).items()]
    assessment = Assessment(organization_id=organization.id, fiscal_year=year, scores=scores)
    if year == reading.draft.assessment_year:
        assessment.level = reading.draft.level
        assessment.findings = new_findings(reading)
    return assessment


def printed_scores(report: ReportDraft, year: int) -> dict[str, Decimal]:
    """Return the scores that the report prints for a year (พ.ศ.), by their keys."""
    printed = {key: report.scores(subject).get(year) for key, subject in score_subjects().items()}
    if year == report.assessment_year:
        printed |= {f"{item.instrument}:{item.code}": item.score for item in report.items}
    return {key: value for key, value in printed.items() if value is not None}


def new_findings(reading: ReportReading) -> list[Finding]:
    """Return what the report says was found wrong, and whether one of its own measures answers it."""
    return [
        Finding(
            indicator=finding.indicator,
            instrument=finding.instrument,
            items=list(finding.items),
            text=finding.text,
            recommendation=finding.recommendation,
            is_answered=finding not in reading.unanswered,
        )
        for finding in reading.draft.findings
    ]


def new_measure(plan: Plan, reading: MeasureReading, words: str) -> Measure:
    """
    Return a measure of the plan as it was read, with what a person wrote instead of the printed time frame.

    :raises NoIndicator: if it is not known which indicator it is for
    """
    draft = reading.measure
    if draft.indicator is None:
        raise NoIndicator(draft.title)
    names = {division.name for division in reading.responsible.divisions}
    return Measure(
        organization_id=plan.organization_id,
        plan=plan,
        indicator=draft.indicator,
        title=draft.title,
        printed_title=draft.title,
        analysis=list(draft.analysis),
        source=[list(cells) for cells in draft.source],
        time_frame_text=draft.time_frame,
        responsible_text=draft.responsible,
        budget_text=draft.budget,
        success_text=draft.success,
        schedule=reading.time_frame,
        schedule_words=words,
        divisions=[division for division in plan.organization.open_divisions if division.name in names],
        steps=[new_step(step, order) for order, step in enumerate(reading.steps, start=1)],
    )


def new_step(reading: StepReading, order: int) -> Step:
    """Return a step as it was read."""
    own = reading.own_time_frame
    return Step(
        order=order,
        text=reading.text,
        printed=reading.text,
        own_schedule=own,
        own_schedule_words=phrase_for(own) if own else "",
    )
