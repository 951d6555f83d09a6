"""An indicator: what was promised for it, by which divisions, and how far that has come."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask_babel import gettext

from tracker.domain.indicators import INDICATORS
from tracker.models import Plan
from tracker.queries import directories, feedback, link_figures, progress, scores
from tracker.queries.feedback import Counts
from tracker.web import access, parts
from tracker.web.days import days_in_view
from tracker.web.loaders import all_plans, plan_in_view

LISTENING = 8  # how the work is improved: what citizens say is heard and answered

bp = Blueprint("indicators", __name__, url_prefix="/indicators")


@bp.get("/<int:number>")
@access.signed_in
def show(number: int) -> str:
    if not 1 <= number <= len(INDICATORS):
        abort(404)
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Indicator %(number)s", number=number))
    view = parts.View(plan, days_in_view())
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    return parts.page(
        "indicators/show.html",
        view=view,
        figures=progress.as_of(plan.id, day=view.days.day).part(lambda cell: cell.indicator == number),
        plans=all_plans(),
        indicators=INDICATORS,
        indicator=INDICATORS[number - 1],
        measures=[one for one in directories.promises(plan.id).values() if one.indicator == number],
        years=years,
        history=scores.history(plan.organization_id),
        comments=_comments(plan) if number == LISTENING else None,
        **(_links(plan) if number == link_figures.INDICATOR and view.is_now else {}),
    )


def _links(plan: Plan) -> dict[str, Any]:
    """Return how the addresses stand that the indicator is measured by; nobody knows how they stood on a past day."""
    of_year = {"organization_id": plan.organization_id, "fiscal_year": plan.fiscal_year}
    return {"reach": link_figures.reach(**of_year), "attention": link_figures.attention(**of_year)}


def _comments(plan: Plan) -> Counts | None:
    """Return what citizens wrote and were answered: telling and listening is what indicator 8 asks; None: nothing."""
    counts = feedback.counts_of(plan.id)
    return counts if counts.received else None
