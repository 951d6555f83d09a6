"""The form in which people say when and how they want to be told."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from tracker import clock
from tracker.domain.sending_hours import LATEST_HOUR, OPENS, USUAL, Wishes, check_length
from tracker.domain.sentences import Refusal
from tracker.models import ChannelAddress, Preference
from tracker.web.filters import long_date, sentence
from tracker.web.forms.appointments import DayField
from tracker.web.forms.translated import TranslatedForm
from tracker.web.labels import CHANNEL

HOURS = [hour for hour in (time(n // 2, n % 2 * 30) for n in range(48)) if OPENS <= hour <= LATEST_HOUR]


class OptionalDayField(DayField):
    """A day as Thais write it, or none."""

    def pre_validate(self, form: object) -> None:
        if (self.data or "").strip():
            super().pre_validate(form)


class PreferencesForm(TranslatedForm):
    """The hour, the channels and the pause."""

    hour = SelectField(
        lazy_gettext("At what time"), choices=[SelectChoice(f"{hour:%H:%M}", f"{hour:%H:%M}") for hour in HOURS]
    )
    wants_mail = BooleanField(lazy_gettext("E-mail"))
    addresses = SelectMultipleField(
        lazy_gettext("Channels"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    paused_from = OptionalDayField(lazy_gettext("First day of the pause"), render_kw={"autocomplete": "off"})
    paused_to = OptionalDayField(lazy_gettext("Last day of the pause"), render_kw={"autocomplete": "off"})

    @classmethod
    def of(cls, preference: Preference | None, addresses: Sequence[ChannelAddress]) -> "PreferencesForm":
        """Return the form as sent, or filled in with what the person chose; a pause that is over is gone."""
        form = cls(**({} if request.form else _values(preference, addresses)))
        form.addresses.choices = [(one.id, f"{one.label} ({CHANNEL[one.kind]} {one.hint})") for one in addresses]
        return form

    def validate_paused_to(self, field: OptionalDayField) -> None:
        """Refuse a pause that is over, and whatever else the rules say of one."""
        if field.day and field.day < clock.today():
            raise ValidationError(gettext("This day is over. Write today or a later one."))
        if (self.paused_from.data or "").strip() and self.paused_from.day is None:
            return  # that field has its own complaint
        try:
            check_length(Wishes(paused_from=self.paused_from.day, paused_to=field.day))
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None

    def wishes(self) -> Wishes:
        """Return when the person wants to be told; only a form that is valid says so."""
        return Wishes(time.fromisoformat(self.hour.data), self.paused_from.day, self.paused_to.day)


def _values(preference: Preference | None, addresses: Sequence[ChannelAddress]) -> dict[str, Any]:
    wishes = preference.wishes if preference else USUAL
    is_ahead = wishes.paused_to is not None and wishes.paused_to >= clock.today()
    return {
        "hour": f"{wishes.hour:%H:%M}",
        "wants_mail": preference is None or preference.wants_mail,
        "addresses": [one.id for one in addresses if one.is_on],
        "paused_from": long_date(wishes.paused_from) if wishes.paused_from and is_ahead else "",
        "paused_to": long_date(wishes.paused_to) if wishes.paused_to and is_ahead else "",
    }
