"""Making assessments, a plan and its tasks of a report that was read."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, insert, select

from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.preview import MeasureReading, ReportReading
from tracker.domain.calendar import last_day
from tracker.domain.consistency import Subject
from tracker.domain.history import EventKind
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import BE_OFFSET
from tracker.domain.timeframes.phrases import phrase_for
from tracker.extensions import db
from tracker.models import Appointment, Assessment, Division, Finding, Measure, Organization, Plan, Round, Score, Step
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
    """
    year = reading.plan_year
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
            assessment = Assessment(organization_id=organization.id, fiscal_year=year, scores=_scores(report, year))
            assessment.level = report.level if year == report.assessment_year else report.level_of(year)
            if year == report.assessment_year:
                assessment.findings = _findings(reading)
            db.session.add(assessment)
    db.session.flush()


def _scores(report: ReportDraft, year: int) -> list[Score]:
    printed = {key: report.scores(subject).get(year) for key, subject in score_subjects().items()}
    printed |= {f"{item.instrument}:{item.code}": item.score for item in report.items_of(year)}
    return [Score(key=key, value=value) for key, value in printed.items() if value is not None]


def _findings(reading: ReportReading) -> list[Finding]:
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
    divisions = plan.organization.open_divisions
    measures = [_measure(plan, measure, divisions) for measure in reading.measures]
    db.session.add_all(measures)
    db.session.flush()
    # At once and without an object each: a plan may have thousands.
    steps = [row for measure, read in zip(measures, reading.measures, strict=True) for row in _steps(measure, read)]
    if steps:
        db.session.execute(insert(Step.__table__), steps)


def _measure(plan: Plan, reading: MeasureReading, divisions: Sequence[Division]) -> Measure:
    draft = reading.measure
    if draft.indicator is None:
        raise NoIndicator(draft.title)
    names = {division.name for division in reading.responsible.divisions}
    return Measure(
        organization_id=plan.organization_id,
        plan=plan,
        indicator=draft.indicator,
        title=draft.title,
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
        divisions=[division for division in divisions if division.name in names],
    )


def _steps(measure: Measure, reading: MeasureReading) -> Iterator[dict[str, Any]]:
    for order, step in enumerate(reading.steps, start=1):
        own = step.own_time_frame
        yield {
            "measure_id": measure.id,
            "order": order,
            "text": step.text,
            "own_schedule": own,
            "own_schedule_words": step.words or (phrase_for(own) if own else ""),
        }
