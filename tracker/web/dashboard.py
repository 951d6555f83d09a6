"""ภาพรวม: are we on course, who is late, what must be decided, what comes next."""

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext

from tracker.domain.curves import Curve
from tracker.domain.decisions import rows_shown
from tracker.domain.figures import Changes, Figures
from tracker.domain.indicators import INDICATORS
from tracker.domain.progress import Progress
from tracker.domain.verdicts import verdict
from tracker.models import Division
from tracker.queries import curves, decisions
from tracker.queries.overview import Around, around
from tracker.web import access, parts
from tracker.web.change_words import change_words
from tracker.web.curves import curve_words, drawings
from tracker.web.days import days_in_view
from tracker.web.loaders import all_plans, plan_in_view
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
    view, known = parts.View(plan, days_in_view()), around(plan)
    figures, curve, changes = _course(view)
    own_ids = {division.id for division in access.divisions()}
    return parts.page(
        "dashboard/show.html",
        view=view,
        figures=figures,
        plans=all_plans(),
        changes=changes,
        change_words=change_words,
        own=_own(figures, plan.fiscal_year),
        own_ids=own_ids,
        divisions=figures.own_first(own_ids),
        curve=curve,
        curve_words=curve_words(curve),
        drawings=drawings(curve),
        indicators=INDICATORS,
        years=(plan.fiscal_year - 2, plan.fiscal_year - 1),
        history=known.results,
        level_words=level_words,
        reach=known.reach if view.is_now else None,
        **_decisions(view, known),
    )


def _course(view: parts.View) -> tuple[Figures, Curve, Changes | None]:
    """Return how the plan stands, how it came there, and how far since the day it is compared with, if it is."""
    asked: dict[str, Any] = {"fiscal_year": view.plan.fiscal_year, "day": view.days.day}
    if not view.days.since:
        return *curves.as_of(view.plan.id, **asked), None
    figures, curve, before = curves.compared(view.plan.id, **asked, since=view.days.since)
    return figures, curve, figures.change_since(before)


def _own(figures: Figures, fiscal_year: int) -> list[tuple[Division, Progress, str]]:
    """Return how the divisions that the signed-in person reports for stand, each with its sentence."""
    divisions = ((division, figures.of_division(division.id)) for division in access.divisions())
    return [(one, part.total, verdict_words(verdict(part, fiscal_year=fiscal_year))) for one, part in divisions]


def _decisions(view: parts.View, known: Around) -> dict[str, Any]:
    """Return what is to be decided, and how many rows of each matter the overview has room for."""
    found = decisions.as_of(
        view.plan,
        day=view.days.day,
        calendar=known.calendar,
        is_now=view.is_now,
        most=LINES,
        findings=known.findings,
    )
    return {"decisions": found, "shown": rows_shown(found.counts, lines=LINES)}
