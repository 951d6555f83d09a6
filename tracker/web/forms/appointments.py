"""The forms that put people into positions: handing over, acting cover."""

from collections.abc import Sequence
from datetime import date

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import Field, HiddenField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker import clock
from tracker.domain.names import read_name
from tracker.domain.people import read_username
from tracker.domain.sentences import Refusal
from tracker.domain.thai import read_date
from tracker.models import User
from tracker.services.people import read_address
from tracker.web.addresses import GREATEST_ID
from tracker.web.filters import long_date, sentence
from tracker.web.forms.people import AS_TYPED
from tracker.web.forms.rules import Follows, missing
from tracker.web.forms.translated import TranslatedForm

NEWCOMER = 0


class DayField(StringField):
    """A day as Thais write it; `day` is what was read of it."""

    day: date | None = None

    def pre_validate(self, form: object) -> None:
        """
        Read the day.

        :raises ValidationError: if it is none, or its year looks like ค.ศ.
        """
        if not (self.data or "").strip():
            raise ValidationError(missing(self.label.text))
        try:
            self.day = read_date(self.data or "", today=clock.today())
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None


class HandOverForm(TranslatedForm):
    """Who takes a position over, and from which day."""

    person = SelectField(lazy_gettext("Who takes over"), coerce=int)
    name = StringField(lazy_gettext("First and last name"), render_kw={"autocomplete": "off"})
    username = StringField(lazy_gettext("User name"), render_kw=AS_TYPED)
    email = StringField(lazy_gettext("E-mail"), render_kw=AS_TYPED | {"inputmode": "email"})
    starts_on = DayField(lazy_gettext("From which day"))
    seen = HiddenField()

    def __init__(self, *, people: Sequence[User], seen: int) -> None:
        # What was sent without a day or without what the page showed must not pass for today and now.
        shown = {} if request.form else {"starts_on": long_date(clock.today()), "seen": str(seen)}
        super().__init__(**shown)
        self.people = {user.id: user for user in people}
        self.person.choices = [
            SelectChoice(str(NEWCOMER), gettext("– a new person, written below –")),
            *(SelectChoice(str(user.id), _told_apart(user)) for user in people),
        ]

    def validate_person(self, field: SelectField) -> None:
        """Ask where a new person is written and another chosen: giving the position to the wrong one is not undone."""
        if field.data != NEWCOMER and ((self.name.data or "").strip() or (self.username.data or "").strip()):
            raise ValidationError(gettext("You have written a new person but chosen another. Do one or the other."))

    @property
    def is_newcomer(self) -> bool:
        """Whether the person is to be added on the way."""
        return self.person.data == NEWCOMER

    @property
    def seen_id(self) -> int:
        """The newest appointment that the page showed; what no page shows for anything else."""
        written = self.seen.data or ""
        is_number = written.isascii() and written.isdecimal() and len(written) <= len(str(GREATEST_ID))
        return int(written) if is_number else -1

    def validate_name(self, field: Field) -> None:
        """Ask for the name of a new person."""
        if self.is_newcomer:
            Follows(read_name)(self, field)

    def validate_username(self, field: Field) -> None:
        """Ask for the user name of a new person."""
        if self.is_newcomer:
            Follows(read_username)(self, field)

    def validate_email(self, field: Field) -> None:
        """Ask for an address that can be mailed, if a new person has one."""
        if self.is_newcomer:
            Follows(read_address)(self, field)


class CoverForm(TranslatedForm):
    """Who acts in a position, from when to when."""

    person = SelectField(lazy_gettext("Who acts"), coerce=int)
    starts_on = DayField(lazy_gettext("First day"))
    ends_on = DayField(lazy_gettext("Last day"))

    def __init__(self, *, people: Sequence[User]) -> None:
        super().__init__(starts_on=long_date(clock.today()))
        self.people = {user.id: user for user in people}
        self.person.choices = [
            SelectChoice(str(NEWCOMER), gettext("– choose –")),
            *(SelectChoice(str(user.id), _told_apart(user)) for user in people),
        ]

    def validate_person(self, field: SelectField) -> None:
        """Refuse a cover by nobody."""
        if field.data == NEWCOMER:
            raise ValidationError(gettext("Choose who acts."))


def _told_apart(user: User) -> str:
    """Return the name with user name and positions: two people may be called the same."""
    held = [appointment.position.title for appointment in user.appointments_on(clock.today())]
    return " · ".join([f"{user.name} ({user.username})", *held])
