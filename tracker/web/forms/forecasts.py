"""The form that asks for a day to look ahead to."""

from datetime import date

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import ValidationError

from tracker import clock
from tracker.domain.calendar import ONE_DAY
from tracker.web.filters import long_date
from tracker.web.forms.appointments import DayField
from tracker.web.forms.translated import TranslatedForm

FARTHEST = 62  # days: each working day until then is looked at, and farther off too much will have changed


class ForecastForm(TranslatedForm):
    """A day from today on. It is asked for in the address: looking changes nothing."""

    class Meta(TranslatedForm.Meta):
        csrf = False

    on = DayField(lazy_gettext("Day"))

    @classmethod
    def asked(cls, usual: date) -> "ForecastForm":
        """Return the form with the day of the address, or with the usual one."""
        return cls(formdata=request.args) if request.args.get("on") else cls(formdata=None, on=long_date(usual))

    def validate_on(self, field: DayField) -> None:
        """Refuse days that are past or too far ahead to say anything of."""
        today = clock.today()
        if field.day and field.day < today:
            raise ValidationError(gettext("This day is past: only today and days to come can be looked at."))
        if field.day and field.day > today + FARTHEST * ONE_DAY:
            raise ValidationError(gettext("Choose a day within two months from now."))
