"""ภาพรวม: are we on course, who is late, what must be decided, what comes next."""

from flask import Blueprint, render_template
from flask_babel import gettext, ngettext

from tracker.domain.figures import Changes, Figures
from tracker.domain.indicators import INDICATORS
from tracker.domain.progress import Progress
from tracker.models import Division
from tracker.queries import progress, scores
from tracker.web import access
from tracker.web.days import days_in_view
from tracker.web.filters import short_date
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
    days = days_in_view()
    figures = progress.as_of(plan.id, day=days.day)
    changes = figures.change_since(progress.as_of(plan.id, day=days.since)) if days.since else None
    own_ids = {division.id for division in access.divisions()}
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    return render_template(
        "dashboard/show.html",
        plan=plan,
        plans=all_plans(),
        days=days,
        day=days.day,
        is_now=days.is_now,
        figures=figures,
        view=View(plan, days),
        verdict=verdict(figures),
        changes=changes,
        changed=_changed(changes) if changes else "",
        own=_own(figures),
        own_ids=own_ids,
        divisions=figures.own_first(own_ids),
        indicators=INDICATORS,
        years=years,
        scores=scores.of_years(plan.organization_id, years=years),
    )


def _own(figures: Figures) -> list[tuple[Division, Progress, str]]:
    """Return how the divisions that the signed-in person reports for stand, each with its sentence."""
    parts = ((division, figures.of_division(division.id)) for division in access.divisions())
    return [(division, part.total, verdict(part)) for division, part in parts]


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
