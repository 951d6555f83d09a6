"""What a plan must contain before it is published, read and checked."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.domain import publication
from tracker.domain.deadlines import Festival
from tracker.domain.findings import Finding
from tracker.domain.generation import days_by_slot
from tracker.domain.indicators import INDICATORS
from tracker.domain.publication import Check, Promise
from tracker.domain.responsibles import Division, read_responsible
from tracker.domain.results import key_of
from tracker.extensions import db
from tracker.models import Measure, Plan
from tracker.queries import calendars, scores


def check(plan: Plan) -> Check:
    """Return what is missing in a plan and what is doubtful, by indicator."""
    year = plan.fiscal_year - 1
    known = scores.history(plan.organization_id).of(year).scores
    return publication.check(
        _promises(plan),
        year=year,
        scored={one.number for one in INDICATORS if key_of(one.number) in known},
        unanswered=[
            Finding(row.indicator, row.instrument, tuple(row.items), row.text, row.recommendation)
            for row in scores.unanswered_findings(plan.organization_id, fiscal_year=year)
        ],
    )


def _promises(plan: Plan) -> Sequence[Promise]:
    festivals = calendars.expected_festivals(plan.organization_id, fiscal_year=plan.fiscal_year)
    divisions = [division.as_named() for division in plan.organization.divisions]
    measures = db.session.scalars(
        select(Measure)
        .where(Measure.plan_id == plan.id, Measure.is_retired.is_(False))
        .options(selectinload(Measure.steps), selectinload(Measure.divisions))
        .order_by(Measure.indicator, Measure.id)
    )
    return [_promise(measure, plan, festivals, divisions) for measure in measures]


def _promise(measure: Measure, plan: Plan, festivals: Sequence[Festival], divisions: Sequence[Division]) -> Promise:
    schedules = [step.schedule for step in measure.current_steps] or [measure.schedule]
    return Promise(
        id=measure.id,
        indicator=measure.indicator,
        title=measure.title,
        analysis=tuple(measure.analysis),
        steps=[step.text for step in measure.current_steps],
        time_frame=measure.schedule_words or measure.time_frame_text,
        responsible=measure.responsible_text or " ".join(division.name for division in measure.divisions),
        falls_due=bool(days_by_slot(schedules, rounds=plan.round_dates, festivals=festivals)),
        unmatched=read_responsible(measure.responsible_text, divisions=divisions).unmatched,
    )
