"""Who will be told what on a day: a look ahead that tells and keeps nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, render_template

from tracker import clock
from tracker.domain import reminders
from tracker.domain.calendar import Calendar
from tracker.domain.permissions import Act
from tracker.models import Appointment, User
from tracker.queries import calendars, forecasts, people, recipients
from tracker.queries.forecasts import Forecast, Item
from tracker.queries.recipients import Reach
from tracker.web import access
from tracker.web.forms.forecasts import ForecastForm
from tracker.web.labels import CHANNEL, step_words

bp = Blueprint("forecasts", __name__, url_prefix="/reminders")


@dataclass(frozen=True)
class Told:
    """What one person will be told: in which positions, how, and the items by section."""

    user: User
    appointments: Sequence[Appointment]
    reach: Reach
    sections: list[tuple[str, list[Item]]]

    @property
    def count(self) -> int:
        """How many things."""
        return sum(len(items) for _, items in self.sections)


@bp.get("")
@access.allowed(Act.FORESEE)
def index() -> Any:
    calendar = calendars.working_days(access.user().organization_id)
    form, on, is_valid = _asked(calendar)
    page = render_template(
        "forecasts/index.html",
        form=form,
        on=on,
        told=_told_on(on, calendar) if is_valid else [],
        is_open=calendar.is_working_day(on),
        following=calendar.working_day_on_or_after(on),
        is_valid=is_valid,
        channel_names=CHANNEL,
    )
    return page if is_valid else (page, 422)


def forecast_in_view() -> tuple[date, list[Told]]:
    """Return the day that an address asks for, and who will be told what on it; a day out of reach is not there."""
    calendar = calendars.working_days(access.user().organization_id)
    _, on, is_valid = _asked(calendar)
    return (on, _told_on(on, calendar)) if is_valid else abort(404)


def _asked(calendar: Calendar) -> tuple[ForecastForm, date, bool]:
    usual = next_week(clock.today(), calendar)
    form = ForecastForm.asked(usual)
    is_valid = form.validate()
    return form, (form.on.day if is_valid and form.on.day else usual), is_valid


def _told_on(on: date, calendar: Calendar) -> list[Told]:
    organization_id, today = access.user().organization_id, clock.today()
    return _told(forecasts.of_day(organization_id, on=on, today=today, calendar=calendar), on)


def next_week(today: date, calendar: Calendar) -> date:
    """Return next week's first working day."""
    return calendar.working_day_on_or_after(today + timedelta(days=7 - today.weekday()))


def _told(found: Sequence[Forecast], on: date) -> list[Told]:
    """Return the people in official order, each with positions on that day and items by section."""
    if not found:
        return []
    in_office = people.in_office(access.user().organization_id, today=on)
    places = {user_id: place for place, user_id in reversed([*enumerate(one.user_id for one in in_office)])}
    reach = recipients.reach_of({one.user.id for one in found})
    told = [
        Told(
            one.user,
            [appointment for appointment in in_office if appointment.user_id == one.user.id],
            reach[one.user.id],
            _sections(one.items),
        )
        for one in found
    ]
    return sorted(told, key=lambda one: (places.get(one.user.id, len(places)), one.user.id))


def _sections(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    steps: dict[str, list[Item]] = {}
    for item in items:
        steps.setdefault(item.step, []).append(item)
    return [(step_words(step), steps[step]) for step in sorted(steps, key=reminders.place_of)]
