"""The days on which the office is closed, by year: everybody reads them, the administrator edits them."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from tracker import clock
from tracker.domain import days_off
from tracker.domain.calendar import SATURDAY, first_day, fiscal_year_of, last_day
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.thai import BE_OFFSET, buddhist_year
from tracker.extensions import db
from tracker.models import Holiday
from tracker.queries import calendars as queries
from tracker.services import calendars
from tracker.services.schedules import Summary
from tracker.web import access
from tracker.web.filters import full_date
from tracker.web.forms.days_off import DayOffForm, DaysOffForm, UsualDaysForm
from tracker.web.loaders import holiday_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("days_off", __name__, url_prefix="/days-off")

CALENDAR_YEAR = "calendar"


@bp.get("")
@access.signed_in
def index() -> str:
    return _page(DaysOffForm())


@bp.post("")
@access.allowed(Act.ADMINISTER)
def add() -> Any:
    form = DaysOffForm()
    if not form.validate_on_submit():
        return _page(form), 422
    first, last = form.days
    try:
        followed = calendars.add_days(
            organization_id=access.user().organization_id,
            first=first,
            last=last,
            name=days_off.read_day_name(form.name.data or ""),
            by=access.actor(Act.ADMINISTER),
            now=clock.now(),
            today=clock.today(),
        )
    except Refusal as refusal:
        db.session.rollback()
        return _page(form, problem=problem_of(refusal, "")), 422
    flash(_said_of_added(first, last), "success")
    if first == last and first.weekday() >= SATURDAY:
        flash(gettext("It is a Saturday or Sunday, when the office is closed anyway."), "warning")
    say_what_followed(followed)
    return redirect(url_for("days_off.index", year=fiscal_year_of(first)))


@bp.post("/usual")
@access.allowed(Act.ADMINISTER)
def fill() -> Any:
    form = UsualDaysForm()
    if not form.validate_on_submit():
        return _page(DaysOffForm(formdata=None), usual=form), 422
    filled, followed = calendars.fill(
        organization_id=access.user().organization_id,
        fiscal_year=form.fiscal_year.data,
        by=access.actor(Act.ADMINISTER),
        now=clock.now(),
        today=clock.today(),
    )
    flash(
        gettext(
            "%(days)s days off and %(festivals)s festivals were added. What was there already stayed as it was.",
            days=filled.days,
            festivals=filled.festivals,
        ),
        "success",
    )
    say_what_followed(followed)
    return redirect(url_for("days_off.index", year=form.fiscal_year.data))


@bp.get("/<int:holiday_id>")
@access.allowed(Act.ADMINISTER)
def show(holiday_id: int) -> str:
    holiday = holiday_or_404(holiday_id)
    return _day_page(holiday, DayOffForm.of(holiday))


@bp.post("/<int:holiday_id>")
@access.allowed(Act.ADMINISTER)
def change(holiday_id: int) -> Any:
    holiday = holiday_or_404(holiday_id)
    form = DayOffForm.of(holiday)
    if not form.validate_on_submit():
        return _day_page(holiday, form), 422
    name = days_off.read_day_name(form.name.data or "")
    try:
        calendars.rename_day(holiday=holiday, name=name, by=access.actor(Act.ADMINISTER), now=clock.now())
    except Refusal as refusal:
        return _gone(refusal)
    flash(gettext("%(name)s is saved.", name=name), "success")
    return redirect(url_for("days_off.index", year=fiscal_year_of(holiday.on_day)))


@bp.post("/<int:holiday_id>/removal")
@access.allowed(Act.ADMINISTER)
def remove(holiday_id: int) -> Any:
    holiday = holiday_or_404(holiday_id)
    day = holiday.on_day
    try:
        followed = calendars.remove_day(holiday=holiday, by=access.actor(Act.ADMINISTER), now=clock.now())
    except Refusal as refusal:
        return _gone(refusal)
    flash(gettext("%(day)s is no day off any more.", day=full_date(day)), "success")
    say_what_followed(followed)
    return redirect(url_for("days_off.index", year=fiscal_year_of(day)))


def say_what_followed(followed: Summary) -> None:
    """Say how many tasks a change of the calendar moved, if it moved any."""
    count = followed.moved + followed.added + followed.retired + followed.kept
    if count:
        flash(
            ngettext(
                "%(num)d task before a festival follows the change.",
                "%(num)d tasks before a festival follow the change.",
                count,
            ),
            "success",
        )


def _said_of_added(first: date, last: date) -> str:
    if first == last:
        return gettext("%(day)s is a day off from now on.", day=full_date(first))
    return gettext("%(first)s to %(last)s are days off from now on.", first=full_date(first), last=full_date(last))


def _gone(refusal: Refusal) -> tuple[str, int]:
    db.session.rollback()
    return _page(DaysOffForm(formdata=None), problem=problem_of(refusal, "")), 422


def _day_page(holiday: Holiday, form: DayOffForm) -> str:
    return render_template("days_off/show.html", holiday=holiday, form=form)


def _page(form: DaysOffForm, problem: Problem | None = None, usual: UsualDaysForm | None = None) -> str:
    year, by_calendar, first, last = year_in_view()
    organization_id = access.user().organization_id
    return render_template(
        "days_off/index.html",
        year=year,
        years=days_off.years(clock.today()),
        by_calendar=by_calendar,
        days=queries.days_between(organization_id, first=first, last=last),
        festivals=queries.festivals_between(organization_id, first=first, last=last),
        form=form,
        usual=usual or UsualDaysForm(fiscal_year=year),
        problem=problem,
        is_weekend=lambda day: day.weekday() >= SATURDAY,
    )


def year_in_view() -> tuple[int, bool, date, date]:
    """Return the year (พ.ศ.) that an address names, whether it is a calendar year, its first and its last day."""
    year = _year_in_view()
    if request.args.get("by") == CALENDAR_YEAR:
        return year, True, date(year - BE_OFFSET, 1, 1), date(year - BE_OFFSET, 12, 31)
    return year, False, first_day(year), last_day(year)


def _year_in_view() -> int:
    """Return the year (พ.ศ.) that an address names, this one where it names none; one out of reach is not there."""
    today = clock.today()
    if "year" not in request.args:
        return buddhist_year(today) if request.args.get("by") == CALENDAR_YEAR else fiscal_year_of(today)
    known = {str(year): year for year in days_off.years(today)}
    return known.get(request.args["year"]) or abort(404)
