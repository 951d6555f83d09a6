"""Every chart and table of figures as a CSV file: the same figures as on its page, for those who may see the page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from flask_babel import gettext

from tracker.documents.writing.csv import Value
from tracker.domain.curves import Curve
from tracker.domain.figures import Figures
from tracker.domain.indicators import INDICATORS
from tracker.domain.progress import Progress
from tracker.queries import curves
from tracker.web import access, downloads
from tracker.web.addresses import GREATEST_ID
from tracker.web.days import days_in_view
from tracker.web.filters import indicator_name, long_date, month_and_year, short_date
from tracker.web.loaders import plan_in_view

bp = Blueprint("figures", __name__, url_prefix="/figures")

Row = tuple[Value, ...]
# What an address may narrow the figures to, by the name that the query gives it.
PARTS = {"indicator": "indicator", "division": "division_id", "measure": "measure_id"}


@dataclass(frozen=True)
class Chart:
    """A chart as a file: its title, its headings and its rows, in the page's language."""

    title: Callable[[], str]
    head: Callable[[], list[str]]
    rows: Callable[[Figures, Curve], Iterator[Row]]


@bp.get("/<chart>.csv")
@access.signed_in
def show(chart: str) -> Response:
    wanted = CHARTS.get(chart) or abort(404)
    plan, day = plan_in_view(), days_in_view().day
    rows: Iterator[Row] = iter(())
    if plan is not None:
        rows = wanted.rows(*curves.as_of(plan.id, fiscal_year=plan.fiscal_year, day=day, **_part()))
    name = gettext("%(title)s as of %(day)s", title=wanted.title(), day=short_date(day))
    return downloads.table(wanted.head(), rows, name=name, plain=f"{chart}-{day.isoformat()}")


def _part() -> dict[str, int]:
    """Return what the address narrows the figures to; what names nothing that could be there narrows nothing."""
    wanted = {column: request.args.get(name, type=int) for name, column in PARTS.items()}
    return {column: value for column, value in wanted.items() if value is not None and 0 < value <= GREATEST_ID}


def _counts_head() -> list[str]:
    return [
        gettext("Tasks"),
        gettext("Done"),
        gettext("Complete (%)"),
        gettext("Overdue"),
        gettext("Due by the day"),
        gettext("Expected (%)"),
        gettext("Done on time"),
        gettext("On time of those done (%)"),
    ]


def _counts(done: Progress) -> Row:
    return (
        done.countable,
        done.done,
        done.percent,
        done.overdue,
        done.due,
        done.expected_percent,
        done.done_on_time,
        done.on_time_percent,
    )


def _indicators(figures: Figures, _: Curve) -> Iterator[Row]:
    for indicator in INDICATORS:
        done = figures.indicators.get(indicator.number, Progress())
        yield indicator.number, indicator_name(indicator), *_counts(done)


def _divisions(figures: Figures, _: Curve) -> Iterator[Row]:
    for division, done in figures.divisions.items():
        yield division.name, *_counts(done)


def _matrix(figures: Figures, _: Curve) -> Iterator[Row]:
    cells = figures.indicators_of_divisions
    for number in sorted(figures.indicators):
        for division in figures.divisions:
            if (number, division) in cells:
                yield number, _name(number), division.name, *_counts(cells[number, division])


def _months(figures: Figures, curve: Curve) -> Iterator[Row]:
    cells = figures.months_of_divisions
    for division in figures.divisions:
        for month in figures.months_shown(curve.fiscal_year):
            if (division, month) in cells:
                yield division.name, month_and_year(month.first_day), *_counts(cells[division, month])


def _curve(_: Figures, curve: Curve) -> Iterator[Row]:
    for point in curve.points:
        done = point.actual
        shares = (point.planned.percent, done.percent if done else None, point.gap)
        yield long_date(point.day), *shares, *point.planned, *(done or (None, None))


def _curve_head() -> list[str]:
    return [
        gettext("End of day"),
        gettext("Plan (%)"),
        gettext("Complete (%)"),
        gettext("Points apart"),
        gettext("Weight due by then"),
        gettext("Weight of the plan"),
        gettext("Weight done"),
        gettext("Weight of the plan then"),
    ]


def _name(number: int) -> str:
    return indicator_name(INDICATORS[number - 1])


CHARTS = {
    "indicators": Chart(
        lambda: gettext("Completion by indicator"),
        lambda: [gettext("No."), gettext("Indicator"), *_counts_head()],
        _indicators,
    ),
    "divisions": Chart(
        lambda: gettext("Completion by division"), lambda: [gettext("Division"), *_counts_head()], _divisions
    ),
    "matrix": Chart(
        lambda: gettext("Indicator by division"),
        lambda: [gettext("No."), gettext("Indicator"), gettext("Division"), *_counts_head()],
        _matrix,
    ),
    "months": Chart(
        lambda: gettext("Division by month"),
        lambda: [gettext("Division"), gettext("Month"), *_counts_head()],
        _months,
    ),
    "curve": Chart(lambda: gettext("Planned against actual"), _curve_head, _curve),
}
