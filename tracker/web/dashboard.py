"""ภาพรวม: are we on course, who is late, what must be decided, what comes next."""

from datetime import date

from flask import Blueprint, render_template
from flask_babel import gettext

from tracker import clock
from tracker.domain.figures import Figures
from tracker.domain.indicators import INDICATORS
from tracker.domain.progress import Progress
from tracker.models import Division, Plan
from tracker.queries import progress, scores
from tracker.web import access
from tracker.web.days import day_in_view
from tracker.web.loaders import all_plans, plan_in_view
from tracker.web.parts import View
from tracker.web.verdicts import verdict

bp = Blueprint("dashboard", __name__)


@bp.get("/dashboard")
@access.signed_in
def show() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Overview"))
    day, warning = day_in_view()
    figures = progress.as_of(plan.id, day=day)
    own_ids = {division.id for division in access.divisions()}
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    return render_template(
        "dashboard/show.html",
        plan=plan,
        plans=all_plans(),
        day=day,
        warning=warning,
        is_now=day == clock.today(),
        figures=figures,
        view=View(plan, day, warning),
        verdict=verdict(figures),
        own=_own(figures),
        own_ids=own_ids,
        divisions=figures.own_first(own_ids),
        indicators=INDICATORS,
        years=years,
        scores=scores.of_years(plan.organization_id, years=years),
        steps=_days_to_step_to(plan),
    )


def _own(figures: Figures) -> list[tuple[Division, Progress, str]]:
    """Return how the divisions that the signed-in person reports for stand, each with its sentence."""
    parts = ((division, figures.of_division(division.id)) for division in access.divisions())
    return [(division, part.total, verdict(part)) for division, part in parts]


def _days_to_step_to(plan: Plan) -> list[date]:
    """Return the days people look back at: the plan's rounds that have come."""
    return [day for day in plan.round_dates if day < clock.today()]
