"""คะแนนรายปี: the results of every year, and what became of the scores that the plans were meant to raise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from tracker import clock
from tracker.documents.writing.csv import Value
from tracker.domain import slopes
from tracker.domain.calendar import last_day
from tracker.domain.indicators import INDICATORS
from tracker.domain.results import OVERALL, Cycle, Followed, History, key_of
from tracker.domain.scores import rounded
from tracker.queries import measures, progress
from tracker.queries import scores as queries
from tracker.web import access, downloads
from tracker.web.filters import long_date, score
from tracker.web.loaders import all_years, year_in_view
from tracker.web.score_words import OUTCOME, level_source, level_words, result_words, subjects, tally_words

bp = Blueprint("scores", __name__)

# What is drawn: instruments are means of indicators and would say it twice.
LINES = (OVERALL, *(key_of(indicator.number) for indicator in INDICATORS))


@dataclass(frozen=True)
class Panel:
    """The line of one score, and all of it in words."""

    name: str
    line: slopes.Line
    change: Decimal | None

    @property
    def words(self) -> str:
        """Every score of the line, for those who do not see it."""
        return f"{self.name}: " + ", ".join(f"{point.year} {score(point.score)}" for point in self.line.points)


@bp.get("/scores")
@access.signed_in
def index() -> str:
    wanted = year_in_view() if "year" in request.args else None
    history = queries.history(access.user().organization_id)
    if not history.years:
        return render_template("scores/empty.html")
    cycles, on = _cycles(history), slopes.axis(value for key in LINES for value in history.scores(key).values())
    return render_template(
        "scores/index.html",
        history=history,
        result=result_words(history),
        tally_words=tally_words,
        subjects=subjects(),
        level_words=level_words,
        level_source=level_source,
        outcome_label=OUTCOME,
        indicators=INDICATORS,
        panels=_panels(history, on),
        axis=on,
        slopes=slopes,
        cycles=cycles,
        opened=wanted.fiscal_year if wanted else _newest_with_result(cycles),
    )


@bp.get("/scores.csv")
@access.signed_in
def file() -> Response:
    """All of the page: a row for each score of each year."""
    history = queries.history(access.user().organization_id)
    title = gettext("Scores year over year")
    return downloads.table(_columns(), _rows(history, _cycles(history)), name=title, plain="scores")


def _cycles(history: History) -> list[Cycle]:
    """Return the plans, newest first, each as it stood at the end of its year or as it stands today."""
    plans, today = all_years(), clock.today()
    if not plans:
        return []
    figures = progress.at_days({plan.id: min(last_day(plan.fiscal_year), today) for plan in plans})
    taken = measures.taken(access.user().organization_id)
    return [Cycle(plan.fiscal_year, history, figures[plan.id], today, taken.get(plan.id, {})) for plan in plans]


def _newest_with_result(cycles: Sequence[Cycle]) -> int | None:
    """Return the newest plan whose scores afterwards are known; else the newest there is."""
    return next((cycle.year for cycle in cycles if not cycle.awaited), cycles[0].year if cycles else None)


def _panels(history: History, on: slopes.Axis) -> list[Panel]:
    """Return the lines to draw; none before two years can be joined."""
    if history.compared is None:
        return []
    names = subjects()
    return [
        Panel(
            names[key],
            slopes.line(history.scores(key), years=history.years, on=on),
            history.change(key, history.compared),
        )
        for key in LINES
    ]


def _columns() -> Sequence[str]:
    return (
        gettext("Fiscal year"),
        gettext("What is scored"),
        gettext("Score"),
        gettext("Change to the year before"),
        gettext("Level"),
        gettext("Where the level comes from"),
        gettext("Measures in the plan of the year"),
        gettext("Complete (percent)"),
        gettext("On time (percent)"),
        gettext("As of"),
        gettext("Score after the plan"),
    )


def _rows(history: History, cycles: Sequence[Cycle]) -> Iterator[tuple[Value, ...]]:
    by_year = {cycle.year: cycle for cycle in cycles}
    for year in sorted({*history.years, *by_year}):
        result, cycle = history.of(year), by_year.get(year)
        for key, name in subjects().items():
            value, is_overall = history.score(key, year), key == OVERALL
            yield (
                year,
                name,
                None if value is None else rounded(value),
                history.change(key, year),
                level_words(result) if is_overall else None,
                level_source(result) if is_overall else None,
                *_plan_values(cycle, key),
            )


def _plan_values(cycle: Cycle | None, key: str) -> tuple[Value, ...]:
    followed: Followed | None = cycle.followed(key) if cycle else None
    if cycle is None or followed is None:
        return (None,) * 5
    return (
        "; ".join(measure.title for measure in followed.measures),
        followed.progress.percent,
        followed.progress.on_time_percent,
        long_date(cycle.figures.day),
        str(OUTCOME[followed.outcome]),
    )
