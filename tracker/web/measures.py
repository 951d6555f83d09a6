"""The plan by indicator: what was promised, how it was read, how far it has come."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.indicators import INDICATORS
from tracker.domain.link_months import speaks_of_checking
from tracker.domain.links import LinkCheckUse
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.timeframes import Kind
from tracker.extensions import db
from tracker.models import Measure
from tracker.queries import closings, feedback, progress, scores, windows
from tracker.queries import measures as queries
from tracker.queries.feedback import Counts
from tracker.services import measures, schedules
from tracker.web import access, parts
from tracker.web.confirmation import is_confirmed
from tracker.web.days import days_in_view
from tracker.web.feedback import reads_on
from tracker.web.forms.measures import LINK_CHECK, MeasureForm
from tracker.web.loaders import all_plans, measure_or_404, plan_in_view
from tracker.web.problems import Problem, problem_of
from tracker.web.public_pages import public_address

bp = Blueprint("measures", __name__, url_prefix="/measures")


@bp.get("")
@access.signed_in
def index() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Measures"))
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    return render_template(
        "measures/index.html",
        plan=plan,
        plans=all_plans(),
        indicators=INDICATORS,
        measures=queries.of_plan(plan.id),
        by_measure=progress.by_measure(plan.id, day=clock.today()),
        rounds=closings.rounds(plan, today=clock.today()),
        window=windows.of_plan(plan),
        public_address=public_address,
        years=years,
        history=scores.history(plan.organization_id),
        findings=scores.unanswered_findings(plan.organization_id, fiscal_year=plan.fiscal_year - 1),
    )


@bp.get("/<int:measure_id>")
@access.signed_in
def show(measure_id: int) -> str:
    measure = measure_or_404(measure_id)
    view = parts.View(measure.plan, days_in_view())
    return parts.page(
        "measures/show.html",
        view=view,
        figures=progress.as_of(measure.plan_id, day=view.days.day).part(lambda cell: cell.measure_id == measure.id),
        measure=measure,
        indicator=INDICATORS[measure.indicator - 1],
        link_check=LINK_CHECK.get(measure.link_check, ""),
        proposes_check=_proposes_check(measure),
        comments=_comments(measure),
    )


@bp.get("/<int:measure_id>/edit")
@access.allowed(Act.EDIT_PLAN)
def edit(measure_id: int) -> str:
    measure = measure_or_404(measure_id)
    return _form_page(measure, MeasureForm.of(measure))


@bp.post("/<int:measure_id>")
@access.allowed(Act.EDIT_PLAN)
def update(measure_id: int) -> Any:
    """Show what the change would do; do it once the clerk has seen that."""
    measure = measure_or_404(measure_id)
    form = MeasureForm.of(measure)
    if not form.validate_on_submit():
        return _form_page(measure, form), 422
    by, now = access.actor(Act.EDIT_PLAN), clock.now()
    try:
        measures.change(measure=measure, change=form.change(), by=by, now=now)
    except Refusal as refusal:
        db.session.rollback()
        return _form_page(measure_or_404(measure_id), form, problem=problem_of(refusal)), 422
    if not is_confirmed():
        effect = schedules.summary(schedules.pending_changes(measure.plan))
        db.session.rollback()
        return _form_page(measure_or_404(measure_id), form, effect=effect)
    schedules.apply(plan=measure.plan, by=by, now=now)
    flash(gettext("The measure is saved and its tasks follow it."), "success")
    return redirect(url_for("measures.show", measure_id=measure_id))


def _form_page(
    measure: Measure, form: MeasureForm, effect: schedules.Summary | None = None, problem: Problem | None = None
) -> str:
    return render_template(
        "measures/edit.html",
        measure=measure,
        form=form,
        effect=effect,
        problem=problem,
        proposes_check=_proposes_check(measure),
    )


def _comments(measure: Measure) -> Counts | None:
    """Return what citizens wrote on a measure, for who may read it; None: nothing."""
    if not access.may_here(Act.READ_CITIZENS) or not reads_on(measure):
        return None
    counts = feedback.counts_of(measure.plan_id, measure_id=measure.id)
    return counts if counts.received else None


def _proposes_check(measure: Measure) -> bool:
    """Return whether the measure's words promise to check links every month, and nothing is chosen yet."""
    if measure.link_check != LinkCheckUse.NONE or measure.is_retired:
        return False
    texts = [measure.title, *(step.text for step in measure.current_steps)]
    return speaks_of_checking(texts, is_monthly=measure.schedule.kind == Kind.MONTHLY)
