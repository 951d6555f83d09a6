"""ภาพรวม: are we on course, who is late, what comes next."""

from datetime import date

from flask import Blueprint, render_template, request
from flask_babel import gettext, ngettext

from tracker import clock
from tracker.domain.indicators import INDICATORS
from tracker.domain.sentences import Refusal
from tracker.domain.thai import read_date
from tracker.models import Plan
from tracker.queries import progress, scores
from tracker.web import access
from tracker.web.filters import long_date, sentence
from tracker.web.loaders import all_plans, plan_in_view

bp = Blueprint("dashboard", __name__)

FIRST_BUDDHIST_YEAR, LAST_BUDDHIST_YEAR = 2400, 2700


@bp.get("/dashboard")
@access.signed_in
def show() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Overview"))
    day, warning = _day()
    cells = progress.as_of(plan.id, today=day, moment=clock.end_of(day))
    years = (plan.fiscal_year - 2, plan.fiscal_year - 1)
    return render_template(
        "dashboard/show.html",
        plan=plan,
        plans=all_plans(),
        day=day,
        warning=warning,
        is_now=day == clock.today(),
        total=progress.total(cells),
        verdict=_verdict(cells, day),
        indicators=INDICATORS,
        by_indicator=progress.grouped(cells, lambda cell: cell.indicator),
        by_division=progress.grouped(cells, lambda cell: (cell.division_id, cell.division)),
        matrix=progress.grouped(cells, lambda cell: (cell.indicator, cell.division_id)),
        years=years,
        scores=scores.of_years(plan.organization_id, years=years),
        deadlines=progress.deadlines(plan.id, today=day, moment=clock.end_of(day)),
        steps=_days_to_step_to(plan),
    )


def _verdict(cells: list[progress.Cell], day: date) -> str:
    """Return in one sentence whether the plan is on course and who holds it up most."""
    total = progress.total(cells)
    if total.percent is None:
        return gettext("No task has been set yet.")
    verdict = gettext(
        "%(done)s%% is done, %(expected)s%% should be, as of %(day)s",
        done=total.percent,
        expected=total.expected_percent,
        day=long_date(day),
    )
    by_division = progress.grouped(cells, lambda cell: cell.division)
    division, worst = max(by_division.items(), key=lambda item: item[1].overdue)
    if not worst.overdue:
        return verdict
    late = ngettext(
        "%(division)s is late with %(num)d task",
        "%(division)s is late with %(num)d tasks",
        worst.overdue,
        division=division,
    )
    return f"{verdict} – {late}"


def _day() -> tuple[date, str]:
    """Return the day that `?on=` names (ISO or as Thais write it), and a warning where it names none that has come."""
    written = request.args.get("on", "").strip()
    today = clock.today()
    if not written:
        return today, ""
    try:
        day = read_day(written, today=today)
    except Refusal as refusal:
        return today, sentence(refusal.sentence)
    if day > today:
        return today, gettext("That day has not come yet, so you see today.")
    return day, ""


def read_day(written: str, *, today: date) -> date:
    """
    Return the day that an address or a field names.

    :raises Refusal: if it is neither ISO nor a date as Thais write it
    """
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return read_date(written, today=today)
    if not FIRST_BUDDHIST_YEAR <= day.year <= LAST_BUDDHIST_YEAR:
        return day
    # Nobody looks at a day centuries ahead: such a year is พ.ศ.
    return read_date(f"{day.day}/{day.month}/{day.year}", today=today)


def _days_to_step_to(plan: Plan) -> list[date]:
    """Return the days people look back at: the plan's rounds that have come."""
    return [day for day in plan.round_dates if day < clock.today()]
