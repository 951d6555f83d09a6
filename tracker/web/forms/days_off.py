"""The forms of the calendar: days off, the usual days of a year, festivals."""

from datetime import date

from flask_babel import lazy_gettext
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from tracker import clock
from tracker.domain.days_off import read_day_name, years
from tracker.models import Festival, Holiday
from tracker.web.filters import long_date
from tracker.web.forms.appointments import DayField
from tracker.web.forms.rules import Follows
from tracker.web.forms.translated import TranslatedForm

a_name = Follows(read_day_name)


class LastDayField(DayField):
    """A last day that may be left empty: then there is one day only."""

    def pre_validate(self, form: object) -> None:
        """Read the day, if one is written."""
        if (self.data or "").strip():
            super().pre_validate(form)


class DaysOffForm(TranslatedForm):
    """One day off, or all days from a first to a last one."""

    first = DayField(lazy_gettext("Day off"))
    last = LastDayField(lazy_gettext("Last day, where it is several"))
    name = StringField(lazy_gettext("What for"), validators=[a_name])

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the valid form."""
        assert self.first.day is not None
        return self.first.day, self.last.day or self.first.day


class DayOffForm(TranslatedForm):
    """What a day off is called."""

    name = StringField(lazy_gettext("What for"), validators=[a_name])

    @classmethod
    def of(cls, holiday: Holiday) -> "DayOffForm":
        """Return the form as sent, or filled in from the day."""
        return cls(name=holiday.name)


class UsualDaysForm(TranslatedForm):
    """Of which fiscal year the usual days are filled in."""

    fiscal_year = SelectField(lazy_gettext("Fiscal year"), coerce=int)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.fiscal_year.choices = [SelectChoice(str(year), str(year)) for year in years(clock.today())]


class FestivalForm(TranslatedForm):
    """What a festival is called and on which day it begins."""

    name = StringField(lazy_gettext("Name of the festival"), validators=[a_name])
    on_day = DayField(lazy_gettext("Its first day"))

    @classmethod
    def of(cls, festival: Festival) -> "FestivalForm":
        """Return the form as sent, or filled in from the festival."""
        return cls(name=festival.name, on_day=long_date(festival.on_day))
