"""ภาพรวม: are we on course, who is late, what must be decided, what comes next."""

from datetime import date

from flask import Blueprint, render_template
from flask_babel import gettext

from tracker import clock
from tracker.domain.decisions import rows_shown
from tracker.domain.indicators import INDICATORS
from tracker.domain.verdicts import verdict
from tracker.models import Plan
from tracker.queries import decisions, progress
from tracker.queries.overview import around
from tracker.web import access
from tracker.web.days import day_in_view
from tracker.web.loaders import all_plans, plan_in_view
from tracker.web.verdict_words import verdict_words

bp = Blueprint("dashboard", __name__)

LINES = 8  # of what is to be decided: the overview fits on a small screen, the rest has a page of its own


@bp.get("/dashboard")
@access.signed_in
def show() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Overview"))
    day, warning = day_in_view()
    is_now = day == clock.today()
    figures = progress.as_of(plan.id, day=day)
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    known = around(plan, years=years)
    decided = decisions.as_of(
        plan, day=day, calendar=known.calendar, is_now=is_now, most=LINES, findings=known.findings
    )
    return render_template(
        "dashboard/show.html",
        plan=plan,
        plans=all_plans(),
        day=day,
        warning=warning,
        is_now=is_now,
        figures=figures,
        verdict=verdict_words(verdict(figures, fiscal_year=plan.fiscal_year)),
        indicators=INDICATORS,
        years=years,
        scores=known.scores,
        decisions=decided,
        shown=rows_shown(decided.counts, lines=LINES),
        steps=_days_to_step_to(plan),
    )


def _days_to_step_to(plan: Plan) -> list[date]:
    """Return the days people look back at: the plan's rounds that have come."""
    return [day for day in plan.round_dates if day < clock.today()]
