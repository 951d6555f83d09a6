"""Making assessments, a plan and its tasks of a report that was read."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, insert, select

from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.preview import MeasureReading, ReportReading
from tracker.documents.reading.refusals import NoMeasures
from tracker.domain.calendar import last_day
from tracker.domain.consistency import Subject
from tracker.domain.history import EventKind
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import BE_OFFSET
from tracker.extensions import db
from tracker.models import Appointment, Assessment, Finding, Measure, Organization, Plan, Round, Score, Step
from tracker.services import calendars, events, schedules


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


def default_rounds(fiscal_year: int) -> tuple[date, ...]:
    """Return the usual follow-up rounds of a fiscal year (พ.ศ.): 31 March and 30 September."""
    return date(fiscal_year - BE_OFFSET, 3, 31), last_day(fiscal_year)


def rounds_of(report: ReportDraft, fiscal_year: int) -> tuple[date, ...]:
    """Return the follow-up rounds that a plan of the report would have: those a workbook names, else the usual."""
    own = report.rounds if fiscal_year == report.plan_year else ()
    return own or default_rounds(fiscal_year)


def create_plan(
    *,
    organization: Organization,
    reading: ReportReading,
    by: Appointment | None,
    now: datetime,
    today: date,
) -> Plan:
    """
    Create the assessments, the plan, its measures and their tasks, all or nothing.

    :param today: nothing that came before this local day will be owed to anybody
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
        rounds=[Round(due_on=day) for day in rounds_of(reading.draft, year)],
    )
    db.session.add(plan)
    db.session.flush()
    events.record(plan=plan, kind=EventKind.PLAN_CREATED, by=by, now=now, after=str(year))
    _add_measures(plan, reading)
    schedules.apply(plan=plan, by=by, now=now)
    return plan


def score_subjects() -> dict[str, Subject]:
    """Return what is scored in every assessment by its key: the overall result, instruments and indicators."""
    return (
        {"overall": Subject()}
        | {str(instrument): Subject(instrument=instrument) for instrument in Instrument}
        | {f"indicator:{one.number}": Subject(indicator=one.number) for one in INDICATORS}
    )


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
    assessment.level = reading.draft.level_of(year)
    if year == reading.draft.assessment_year:
        assessment.level = reading.draft.level
        assessment.findings = new_findings(reading)
    return assessment


def printed_scores(report: ReportDraft, year: int) -> dict[str, Decimal]:
    """Return the scores that the report prints for a year (พ.ศ.), by their keys."""
    printed = {key: report.scores(subject).get(year) for key, subject in score_subjects().items()}
    printed |= {f"{item.instrument}:{item.code}": item.score for item in report.items_of(year)}
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


def _add_measures(plan: Plan, reading: ReportReading) -> None:
    measures = [_measure(plan, measure) for measure in reading.measures]
    db.session.add_all(measures)
    db.session.flush()
    # At once and without an object each: a plan may have thousands.
    steps = [
        values | {"measure_id": measure.id}
        for measure, read in zip(measures, reading.measures, strict=True)
        for values in _steps(read)
    ]
    if steps:
        db.session.execute(insert(Step.__table__), steps)


def new_measure(plan: Plan, reading: MeasureReading) -> Measure:
    """
    Return a measure of the plan with its steps as it was read.

    :raises NoIndicator: if it is not known which indicator it is for
    """
    measure = _measure(plan, reading)
    measure.steps = [Step(**values) for values in _steps(reading)]
    return measure


def _measure(plan: Plan, reading: MeasureReading) -> Measure:
    draft = reading.measure
    if draft.indicator is None:
        raise NoIndicator(draft.title)
    names = {division.name for division in reading.responsible.divisions}
    return Measure(
        organization_id=plan.organization_id,
        plan=plan,
        indicator=draft.indicator,
        title=draft.title,
        printed=reading.as_printed.without_cells(),
        analysis=list(draft.analysis),
        source=[list(cells) for cells in draft.source],
        time_frame_text=draft.time_frame,
        responsible_text=draft.responsible,
        budget_text=draft.budget,
        success_text=draft.success,
        schedule=reading.time_frame,
        schedule_words=reading.words,
        weight=draft.weight,
        needs_evidence=draft.needs_evidence,
        divisions=[division for division in plan.organization.open_divisions if division.name in names],
    )


def _steps(measure: MeasureReading) -> list[dict[str, Any]]:
    """Return the columns of a measure's steps; those that a person left out are kept, so that they do not come back."""
    read = [_step(measure, place, place + 1) for place in range(len(measure.steps))]
    return read + [_step_left_out(text, len(read) + 1) for text in measure.steps_left_out]


def new_step(measure: MeasureReading, place: int, order: int) -> Step:
    """Return the step at a place of a measure as it was read."""
    return Step(**_step(measure, place, order))


def step_left_out(text: str, order: int) -> Step:
    """Return a step of the report that a person left out, so that it does not come back as a new one."""
    return Step(**_step_left_out(text, order))


def _step(measure: MeasureReading, place: int, order: int) -> dict[str, Any]:
    reading = measure.steps[place]
    return {
        "order": order,
        "text": reading.text,
        "printed": measure.printed_steps[place],
        "own_schedule": reading.own_time_frame,
        "own_schedule_words": reading.own_words,
        "is_retired": False,
    }


def _step_left_out(text: str, order: int) -> dict[str, Any]:
    no_schedule = {"own_schedule": None, "own_schedule_words": ""}
    return {"order": order, "text": text, "printed": text, "is_retired": True} | no_schedule
