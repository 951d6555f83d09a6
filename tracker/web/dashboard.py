"""ภาพรวม: are we on course, who is late, what must be decided, what comes next."""

from datetime import date

from flask import Blueprint, render_template
from flask_babel import gettext, ngettext

from tracker import clock
from tracker.domain.figures import Figures
from tracker.domain.indicators import INDICATORS
from tracker.models import Plan
from tracker.queries import progress, scores
from tracker.web import access
from tracker.web.days import day_in_view
from tracker.web.filters import long_date
from tracker.web.loaders import all_plans, plan_in_view
from tracker.web.versions import drawn_once

bp = Blueprint("dashboard", __name__)


@bp.get("/dashboard")
@access.signed_in
@drawn_once
def show() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Overview"))
    day, warning = day_in_view()
    figures = progress.as_of(plan.id, day=day)
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    return render_template(
        "dashboard/show.html",
        plan=plan,
        plans=all_plans(),
        day=day,
        warning=warning,
        is_now=day == clock.today(),
        figures=figures,
        verdict=_verdict(figures),
        indicators=INDICATORS,
        years=years,
        scores=scores.of_years(plan.organization_id, years=years),
        steps=_days_to_step_to(plan),
    )


def _verdict(figures: Figures) -> str:
    """Return in one sentence whether the plan is on course and who holds it up most."""
    total = figures.total
    if total.percent is None:
        return gettext("No task has been set yet.")
    verdict = gettext(
        "%(done)s%% is done, %(expected)s%% should be, as of %(day)s",
        done=total.percent,
        expected=total.expected_percent,
        day=long_date(figures.day),
    )
    if not total.overdue:
        return verdict
    division, worst = figures.most_late()[0]
    late = ngettext(
        "%(division)s is late with %(num)d task",
        "%(division)s is late with %(num)d tasks",
        worst.overdue,
        division=division.name,
    )
    return f"{verdict} – {late}"


def _days_to_step_to(plan: Plan) -> list[date]:
    """Return the days people look back at: the plan's rounds that have come."""
    return [day for day in plan.round_dates if day < clock.today()]
