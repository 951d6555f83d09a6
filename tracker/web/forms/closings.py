"""The form with which a follow-up round is closed."""

from datetime import date

from flask_babel import lazy_gettext
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from tracker.domain.sentences import Refusal
from tracker.domain.statuses import ReasonNeeded
from tracker.web.days import read_day
from tracker.web.filters import long_date, sentence
from tracker.web.forms.rules import Filled
from tracker.web.forms.tasks import NOTE_LENGTH, text_from
from tracker.web.forms.translated import TranslatedForm


class ClosingForm(TranslatedForm):
    """As of which day a round is closed, and why."""

    as_of = StringField(lazy_gettext("Figures as of the end of"), validators=[Filled(), Length(max=60)])
    note = TextAreaField(
        lazy_gettext("Reason"), filters=[lambda text: text_from(text or "")], validators=[Length(max=NOTE_LENGTH)]
    )

    def __init__(self, *, round_on: date, usual: date) -> None:
        super().__init__(as_of=long_date(usual))
        self.round_on = round_on
        self.usual = usual
        self.day = usual

    def validate_as_of(self, field: StringField) -> None:
        """Read the day; one without a year is the first such day from the round on."""
        try:
            self.day = read_day((field.data or "").strip(), today=self.round_on)
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None

    def refuse(self, refusal: Refusal) -> None:
        """Say beside the field that it is about what a rule said."""
        field = self.note if isinstance(refusal, ReasonNeeded) else self.as_of
        field.errors = [sentence(refusal.sentence)]

    def shown_day(self, *, today: date) -> date:
        """Return the day whose figures can be shown for it: the written one where it can be taken, else the usual."""
        return self.day if self.round_on <= self.day < today else self.usual
