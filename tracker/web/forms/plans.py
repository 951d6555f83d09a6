"""The form of the follow-up rounds."""

import re
from datetime import date

from flask_babel import gettext, lazy_gettext
from wtforms import StringField, ValidationError
from wtforms.validators import Length

from tracker.domain.calendar import first_day, last_day
from tracker.domain.sentences import Refusal
from tracker.domain.thai import read_date
from tracker.web.filters import long_date, sentence
from tracker.web.forms.rules import Filled
from tracker.web.forms.translated import TranslatedForm

MOST_ROUNDS = 12
BETWEEN_DATES = re.compile(r"\s*(?:,|;|\n|และ)\s*")


class RoundsForm(TranslatedForm):
    """The days of the follow-up rounds, as people write them."""

    rounds = StringField(lazy_gettext("Follow-up rounds"), validators=[Filled(), Length(max=500)])

    def __init__(self, *, fiscal_year: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.fiscal_year = fiscal_year
        self.days: list[date] = []

    def validate_rounds(self, field: StringField) -> None:
        start, end = first_day(self.fiscal_year), last_day(self.fiscal_year)
        try:
            days = {read_date(part, today=start) for part in BETWEEN_DATES.split(field.data.strip()) if part}
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None
        if not days:
            raise ValidationError(gettext("Write at least one day."))
        outside = [day for day in days if not start <= day <= end]
        if outside:
            raise ValidationError(
                gettext(
                    "%(day)s is not in fiscal year %(year)s.",
                    day=long_date(outside[0]),
                    year=self.fiscal_year,
                )
            )
        if len(days) > MOST_ROUNDS:
            raise ValidationError(gettext("A plan has at most %(count)s rounds.", count=MOST_ROUNDS))
        self.days = sorted(days)
