"""ภาพรวม: are we on course, who is late, what must be decided, what comes next."""

from flask import Blueprint, render_template
from flask_babel import gettext

from tracker.domain.decisions import rows_shown
from tracker.domain.figures import Figures
from tracker.domain.indicators import INDICATORS
from tracker.domain.progress import Progress
from tracker.domain.verdicts import verdict
from tracker.models import Division
from tracker.queries import curves, decisions, progress
from tracker.queries.overview import around
from tracker.web import access
from tracker.web.change_words import change_words
from tracker.web.curves import drawings, finding
from tracker.web.days import days_in_view
from tracker.web.loaders import all_plans, plan_in_view
from tracker.web.parts import View
from tracker.web.score_words import level_words
from tracker.web.verdict_words import verdict_words
from tracker.web.versions import drawn_once

bp = Blueprint("dashboard", __name__)

LINES = 8  # of what is to be decided: the overview fits on a small screen, the rest has a page of its own


@bp.get("/dashboard")
@access.signed_in
@drawn_once
def show() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Overview"))
    days = days_in_view()
    figures, curve = curves.as_of(plan.id, fiscal_year=plan.fiscal_year, day=days.day)
    changes = figures.change_since(progress.as_of(plan.id, day=days.since)) if days.since else None
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    known = around(plan)
    decided = decisions.as_of(
        plan, day=days.day, calendar=known.calendar, is_now=days.is_now, most=LINES, findings=known.findings
    )
    own_ids = {division.id for division in access.divisions()}
    return render_template(
        "dashboard/show.html",
        plan=plan,
        plans=all_plans(),
        days=days,
        day=days.day,
        is_now=days.is_now,
        view=View(plan, days),
        figures=figures,
        verdict=verdict_words(verdict(figures, fiscal_year=plan.fiscal_year)),
        changes=changes,
        changed=change_words(changes) if changes else "",
        own=_own(figures, plan.fiscal_year),
        own_ids=own_ids,
        divisions=figures.own_first(own_ids),
        curve=curve,
        curve_finding=finding(curve),
        drawings=drawings(curve),
        indicators=INDICATORS,
        years=years,
        history=known.results,
        level_words=level_words,
        decisions=decided,
        shown=rows_shown(decided.counts, lines=LINES),
    )


def _own(figures: Figures, fiscal_year: int) -> list[tuple[Division, Progress, str]]:
    """Return how the divisions that the signed-in person reports for stand, each with its sentence."""
    parts = ((division, figures.of_division(division.id)) for division in access.divisions())
    return [(division, part.total, verdict_words(verdict(part, fiscal_year=fiscal_year))) for division, part in parts]
