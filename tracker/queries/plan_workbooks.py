"""A whole plan as its workbook says it: what counts, and the report's own words where a person decided otherwise."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.documents import plan_layout as layout
from tracker.domain import findings
from tracker.domain.timeframes import Kind, TimeFrame, read_time_frame, step_time_frame
from tracker.domain.timeframes.phrases import phrase_for
from tracker.extensions import db
from tracker.models import Assessment, Measure, Plan, Step


def whole(plan: Plan) -> layout.Plan:
    """Return everything of a plan and of the two assessments before it; steps that were taken out are left out."""
    loaded = (selectinload(Measure.steps), selectinload(Measure.divisions))
    in_plan = (Measure.plan_id == plan.id, Measure.is_retired.is_(False))
    rows = select(Measure).where(*in_plan).options(*loaded).order_by(Measure.indicator, Measure.id)
    results = _assessments(plan)
    assessed = next((one for one in results if one.fiscal_year == plan.fiscal_year - 1), None)
    return layout.Plan(
        organization=plan.organization.name,
        fiscal_year=plan.fiscal_year,
        rounds=plan.round_dates,
        measures=tuple(_measure(one, plan.fiscal_year) for one in db.session.scalars(rows)),
        scores={one.fiscal_year: {score.key: score.value for score in one.scores} for one in results},
        levels={one.fiscal_year: one.level for one in results},
        findings=tuple(
            findings.Finding(one.indicator, one.instrument, tuple(one.items), one.text, one.recommendation)
            for one in (assessed.findings if assessed else ())
        ),
    )


def _assessments(plan: Plan) -> Sequence[Assessment]:
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    rows = select(Assessment).where(
        Assessment.organization_id == plan.organization_id, Assessment.fiscal_year.in_(years)
    )
    loaded = (joinedload(Assessment.scores), selectinload(Assessment.findings))
    return db.session.scalars(rows.options(*loaded).order_by(Assessment.fiscal_year)).unique().all()


def _measure(measure: Measure, year: int) -> layout.Measure:
    words = _words(measure, year)
    names = "\n".join(division.name for division in measure.divisions if division.closed_on is None)
    return layout.Measure(
        indicator=measure.indicator,
        title=measure.title,
        analysis=tuple(measure.analysis),
        steps=tuple(layout.Step(step.text, _step_words(step, year)) for step in measure.current_steps),
        words=words,
        responsible=names,
        budget=measure.budget_text,
        success=measure.success_text,
        weight=measure.weight,
        needs_evidence=measure.needs_evidence,
        printed_words=measure.time_frame_text if measure.time_frame_text != words else "",
        printed_responsible=measure.responsible_text if measure.responsible_text != names else "",
    )


def _words(measure: Measure, year: int) -> str:
    """Return words that say when the measure is due as it was agreed; none where nobody could read the report's."""
    if measure.schedule.kind == Kind.UNCLEAR:
        return ""
    return _said(measure.schedule, measure.schedule_words or measure.time_frame_text, year)


def _step_words(step: Step, year: int) -> str:
    own = step.own_schedule
    if own is None:
        return ""
    if not step.own_schedule_words and step_time_frame(step.text, fiscal_year=year) == own:
        return phrase_for(own) or layout.AS_IN_THE_STEP
    return _said(own, step.own_schedule_words, year)


def _said(schedule: TimeFrame, words: str, year: int) -> str:
    # Words are read better by each version of the program; what was agreed stays.
    is_same = words and read_time_frame(words, fiscal_year=year) == schedule
    return words if is_same else phrase_for(schedule) or words
