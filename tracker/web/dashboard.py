"""ภาพรวม: are we on course, who is late, what must be decided, what comes next."""

from flask import Blueprint, render_template
from flask_babel import gettext, ngettext

from tracker.domain.figures import Changes, Figures
from tracker.domain.indicators import INDICATORS
from tracker.queries import progress, scores
from tracker.web import access
from tracker.web.days import days_in_view
from tracker.web.filters import long_date, short_date
from tracker.web.loaders import all_plans, plan_in_view

bp = Blueprint("dashboard", __name__)


@bp.get("/dashboard")
@access.signed_in
def show() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Overview"))
    days = days_in_view()
    figures = progress.as_of(plan.id, day=days.day)
    changes = figures.change_since(progress.as_of(plan.id, day=days.since)) if days.since else None
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    return render_template(
        "dashboard/show.html",
        plan=plan,
        plans=all_plans(),
        days=days,
        day=days.day,
        is_now=days.is_now,
        figures=figures,
        verdict=verdict(figures),
        changes=changes,
        changed=_changed(changes) if changes else "",
        indicators=INDICATORS,
        years=years,
        scores=scores.of_years(plan.organization_id, years=years),
    )


def verdict(figures: Figures) -> str:
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


def _changed(changes: Changes) -> str:
    """Return in one sentence how far the plan came since an earlier day."""
    points, done = changes.total.points, changes.total.done
    return gettext(
        "since %(day)s %(points)s, %(done)s",
        day=short_date(changes.since),
        points=_points(points),
        done=ngettext("%(num)d task more is done", "%(num)d tasks more are done", done)
        if done >= 0
        else ngettext("%(num)d task fewer is done", "%(num)d tasks fewer are done", -done),
    )


def _points(points: int | None) -> str:
    """Return by how many percentage points completion changed."""
    if points is None:
        return gettext("nothing can be compared, as no task had been set")
    if points == 0:
        return gettext("unchanged")
    if points < 0:
        return ngettext("down by %(num)d point", "down by %(num)d points", -points)
    return ngettext("up by %(num)d point", "up by %(num)d points", points)
