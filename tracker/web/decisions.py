"""เรื่องที่ต้องพิจารณาสั่งการ: what leadership has to decide, all of it, and as a file."""

from collections.abc import Iterator

from flask import Blueprint, Flask, Response, abort, render_template
from flask_babel import gettext

from tracker.documents.writing import csv
from tracker.domain.decisions import Matter
from tracker.models import Plan
from tracker.queries import decisions as queries
from tracker.queries.decisions import Decisions, Item
from tracker.queries.overview import around
from tracker.web import access, downloads
from tracker.web.days import days_in_view
from tracker.web.decision_words import SHAPE, how_long, matter_words, reason_words, short_title
from tracker.web.filters import long_date
from tracker.web.loaders import all_plans, plan_in_view
from tracker.web.parts import View
from tracker.web.verdict_words import verdict_words

bp = Blueprint("decisions", __name__)

MOST_IN_FILE = 5000  # rows of a matter


@bp.get("/decisions")
@access.signed_in
def index() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Decisions needed"))
    view = View(plan, days_in_view())
    return render_template(
        "decisions/index.html", plans=all_plans(), view=view, found=_found(view, queries.MOST), most=queries.MOST
    )


@bp.get("/decisions.csv")
@access.signed_in
def file() -> Response:
    """The page as a file, with what the page leaves out of long lists."""
    plan = plan_in_view() or abort(404)
    found, title = _found(View(plan, days_in_view()), MOST_IN_FILE), gettext("Decisions needed")
    return downloads.table(_columns(), _rows(plan, found), name=f"{title} {plan.fiscal_year}", plain="decisions")


def _found(view: View, most: int) -> Decisions:
    """Return what is to be decided on the day in view."""
    known = around(view.plan)
    return queries.as_of(
        view.plan,
        day=view.days.day,
        calendar=known.calendar,
        is_now=view.is_now,
        most=most,
        findings=known.findings,
    )


def _columns() -> list[str]:
    return [
        gettext("Matter"),
        gettext("Indicator"),
        gettext("Measure"),
        gettext("Division"),
        gettext("Responsible"),
        gettext("Due on"),
        gettext("Since"),
        gettext("Days"),
        gettext("Obstacle"),
    ]


def _rows(plan: Plan, found: Decisions) -> Iterator[tuple[csv.Value, ...]]:
    rules = plan.reminder_rules
    for matter, items in found.items.items():
        words = matter_words(matter, rules)
        for item in items:
            yield words, *_cells(item, (found.day - item.since).days)
        if found.counts[matter] > len(items):
            yield words, gettext("The list is longer: only its first %(count)s rows are here.", count=f"{len(items):,}")
    for finding in found.findings:
        yield matter_words(Matter.FINDING, rules), finding.indicator, finding.text, *[None] * 6


def _cells(item: Item, days: int) -> tuple[csv.Value, ...]:
    return (
        item.indicator,
        item.title,
        item.division_name,
        item.responsible or None,
        long_date(item.due_on),
        long_date(item.since),
        days,
        reason_words(item) or None,
    )


def register(app: Flask) -> None:
    """Give the words of decisions and verdicts to the templates, those of mails too."""
    app.jinja_env.globals.update(
        matter_words=matter_words,
        matter_shape=SHAPE,
        reason_words=reason_words,
        short_title=short_title,
        how_long=how_long,
        verdict_words=verdict_words,
    )
