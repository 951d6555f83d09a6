"""The facts of the published plan, read in few statements."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.documents.composing.plan import Facts, Head, Measure
from tracker.domain import findings
from tracker.extensions import db
from tracker.models import Assessment, Event, Finding, Plan, Step
from tracker.models import Measure as MeasureRow
from tracker.queries import scores, signers


def facts(plan_id: int) -> Facts:
    """
    Return what the published plan says, as the plan stands now; its history's head says which state that is.

    :raises NoResultFound: if there is no such plan
    """
    plan = (
        db.session.scalars(
            select(Plan)
            .where(Plan.id == plan_id)
            .options(joinedload(Plan.rounds), joinedload(Plan.organization))
            .execution_options(populate_existing=True)
        )
        .unique()
        .one()
    )
    found = _findings(plan)
    return Facts(
        organization=plan.organization.name,
        fiscal_year=plan.fiscal_year,
        history=scores.history(plan.organization_id),
        findings=[_finding(row) for row in found],
        unanswered=[_finding(row) for row in found if not row.is_answered],
        measures=_measures(plan_id),
        rounds=plan.round_dates,
        review=plan.review,
        signers=signers.of(plan.organization_id),
        head=_head(plan),
    )


def _findings(plan: Plan) -> Sequence[Finding]:
    """Return what the assessment of the year before found."""
    return db.session.scalars(
        select(Finding)
        .join(Assessment, Assessment.id == Finding.assessment_id)
        .where(Assessment.organization_id == plan.organization_id, Assessment.fiscal_year == plan.fiscal_year - 1)
        .order_by(Finding.indicator, Finding.id)
    ).all()


def _finding(row: Finding) -> findings.Finding:
    return findings.Finding(row.indicator, row.instrument, tuple(row.items), row.text, row.recommendation)


def _measures(plan_id: int) -> Sequence[Measure]:
    rows = db.session.scalars(
        select(MeasureRow)
        .where(MeasureRow.plan_id == plan_id, MeasureRow.is_retired.is_(False))
        .options(selectinload(MeasureRow.steps), selectinload(MeasureRow.divisions))
        .order_by(MeasureRow.indicator, MeasureRow.id)
    )
    return [_measure(row) for row in rows]


def _measure(row: MeasureRow) -> Measure:
    return Measure(
        indicator=row.indicator,
        title=row.title,
        analysis=tuple(row.analysis),
        steps=[_step(step) for step in row.current_steps],
        time_frame=row.schedule_words or row.time_frame_text,
        responsible=row.responsible_text or "\n".join(division.name for division in row.divisions),
        budget=row.budget_text,
        success=row.success_text,
    )


def _step(step: Step) -> str:
    words = step.own_schedule_words
    return f"{step.text} ({words})" if words and words not in step.text else step.text


def _head(plan: Plan) -> Head | None:
    if not plan.last_hash:
        return None
    at = db.session.scalars(select(Event.at).where(Event.plan_id == plan.id, Event.seq == plan.last_seq)).one()
    return Head(plan.last_seq, at, plan.last_hash)
