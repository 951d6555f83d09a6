"""The plan of the next fiscal year, begun from this one: what comes along, then the plan."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Plan
from tracker.queries import carried, plans
from tracker.services import next_plans
from tracker.web import access
from tracker.web.loaders import plan_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("next_plans", __name__, url_prefix="/plans")


@bp.get("/<int:plan_id>/next-plan")
@access.allowed(Act.IMPORT)
def show(plan_id: int) -> str:
    return _page(plan_or_404(plan_id))


@bp.post("/<int:plan_id>/next-plan")
@access.allowed(Act.IMPORT)
def create(plan_id: int) -> Any:
    plan = plan_or_404(plan_id)
    by, now = access.actor(Act.IMPORT), clock.now()
    chosen = {int(value) for value in request.form.getlist("measure") if value.isdecimal() and len(value) < 10}
    try:
        following = next_plans.begin(after=plan, measure_ids=chosen, by=by, now=now, today=clock.today())
    except Refusal as refusal:
        db.session.rollback()
        return _page(plan_or_404(plan_id), problem=problem_of(refusal)), 422
    flash(
        gettext(
            "The plan of fiscal year %(year)s is made. Import the report with the new result as soon as it is there.",
            year=following.fiscal_year,
        ),
        "success",
    )
    return redirect(url_for("measures.index", year=following.fiscal_year))


def _page(plan: Plan, problem: Problem | None = None) -> str:
    measures = carried.of(plan)
    return render_template(
        "next_plans/show.html",
        plan=plan,
        year=plan.fiscal_year + 1,
        is_there=plans.of_year(plan.organization_id, fiscal_year=plan.fiscal_year + 1) is not None,
        measures=measures,
        tasks=sum(one.tasks for one in measures),
        rounds=carried.rounds_after(plan),
        unfinished=carried.unfinished(plan),
        chosen=request.form.getlist("measure", type=int) if request.form else [one.measure.id for one in measures],
        problem=problem,
    )
