"""ปฏิทิน: the fiscal year month by month with what falls due, and its measures month by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext

from tracker.documents.writing import csv
from tracker.domain import agenda, days_off
from tracker.domain.calendar import first_day, month_end, months_of
from tracker.domain.figures import Figures, Month, Named
from tracker.models import Plan
from tracker.queries import calendars, progress
from tracker.queries.agenda import Occasions, occasions
from tracker.web import access, downloads, labels
from tracker.web.addresses import GREATEST_ID, here
from tracker.web.days import days_in_view
from tracker.web.filters import month_and_year
from tracker.web.loaders import all_plans, division_or_404, plan_in_view
from tracker.web.parts import View

bp = Blueprint("calendar", __name__)


@dataclass(frozen=True)
class Part(View):
    """What the page shows: all of a plan, or some divisions' part of it."""

    figures: Figures
    divisions: tuple[Named, ...]  # whose tasks; nobody named: everybody's
    offered: tuple[Named, ...]  # to choose from
    is_own: bool
    has_tasks: bool  # anybody at all in this plan

    @cached_property
    def everything(self) -> str:
        """The list of all tasks that count in the figures of the page."""
        return self.tasks(division=[division.id for division in self.divisions], counted=1)

    def due_in(self, month: Month) -> str:
        """Return the list of those due in a month: by its name, where the plan's year has it."""
        first = month.first_day
        if first in months_of(self.plan.fiscal_year):
            return f"{self.everything}&month={first:%Y-%m}"
        return f"{self.everything}&{urlencode(self.due(first, month_end(first)))}"

    def due_on(self, day: date) -> str:
        """Return the list of those due on a day."""
        return f"{self.everything}&{urlencode(self.due(day))}"


@bp.get("/calendar")
@access.signed_in
def show() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Calendar"))
    view = _view(plan)
    found = _occasions(view)
    months = view.figures.months_shown(plan.fiscal_year)
    return render_template(
        "calendar/show.html",
        view=view,
        plans=all_plans(),
        measures=found.measures,
        months=months,
        sections=agenda.sections(
            view.figures,
            fiscal_year=plan.fiscal_year,
            slots=found.slots,
            rounds=plan.round_dates,
            marks=_marks(plan, months),
        ),
        lines=agenda.lines(view.figures, found.slots),
        rounds={Month.of(day) for day in plan.round_dates},
        this_month=Month.of(view.days.day),
        begins_on=first_day(plan.fiscal_year),
        has_days_off=plan.fiscal_year in days_off.years(view.days.today),
        only_mine=here(division=None, mine=1) if access.divisions() and not view.is_own else "",
        everybodys=here(division=None, mine=0),
        sheet=f"{url_for('calendar.file')}?{urlencode(list(request.args.items(multi=True)))}".rstrip("?"),
    )


@bp.get("/calendar.csv")
@access.signed_in
def file() -> Response:
    """The measures month by month, a line for each month in which something falls due."""
    heading = [
        gettext("Indicator"),
        gettext("Measure"),
        gettext("Recurring"),
        gettext("Month"),
        gettext("Tasks"),
        gettext("Done"),
        gettext("Overdue"),
    ]
    plan = plan_in_view()
    year = plan.fiscal_year if plan else ""
    rows = _lines(_view(plan)) if plan else ()
    return downloads.table(heading, rows, name=f"{gettext('Calendar')} {year}".strip(), plain="calendar")


def _view(plan: Plan) -> Part:
    """Return what the address asks for; heads and officers see their own divisions unless it says otherwise."""
    days = days_in_view()
    whole = progress.as_of(plan.id, day=days.day)
    own = tuple(Named(one.id, one.short_name) for one in access.divisions())
    offered = (*whole.divisions, *(one for one in own if one not in whole.divisions))
    is_own = not request.args.get("division") and request.args.get("mine", "1") != "0" and bool(own)
    divisions = own if is_own else _asked(offered)
    ids = {division.id for division in divisions}
    figures = whole.part(lambda cell: cell.division.id in ids) if ids else whole
    return Part(plan, days, figures, divisions, offered, is_own, whole.total.countable > 0)


def _asked(offered: tuple[Named, ...]) -> tuple[Named, ...]:
    """Return the division that the address names; one that the organization has not is not there."""
    written = request.args.get("division", "")
    if not written:
        return ()
    known = [one for one in offered if str(one.id) == written]
    if known:
        return tuple(known)
    is_number = written.isascii() and written.isdecimal() and len(written) < len(str(GREATEST_ID))
    division = division_or_404(int(written)) if is_number else abort(404)
    return (Named(division.id, division.short_name),)


def _occasions(view: Part) -> Occasions:
    return occasions(view.plan.id, division_ids=[division.id for division in view.divisions])


def _marks(plan: Plan, months: list[Month]) -> list[agenda.Mark]:
    """Return the days off and festivals of these months; the rows of the page name the festivals as well."""
    marks = calendars.marks_between(
        plan.organization_id, first=months[0].first_day, last=month_end(months[-1].first_day)
    )
    labels.keep_festivals(plan.organization_id, {mark.key: mark.name for mark in marks if mark.key})
    return marks


def _lines(view: Part) -> Iterator[tuple[csv.Value, ...]]:
    found, yes, no = _occasions(view), gettext("yes"), gettext("no")
    for line in agenda.lines(view.figures, found.slots):
        measure = found.measures[line.measure_id]
        about = (measure.indicator, measure.title, yes if line.recurs else no)
        for month, done in line.months.items():
            yield *about, month_and_year(month.first_day), done.countable, done.done, done.overdue
