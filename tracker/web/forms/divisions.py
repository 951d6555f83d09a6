"""The form of a division's names."""

from flask_babel import lazy_gettext
from wtforms import StringField

from tracker.domain import divisions as rules
from tracker.domain.responsibles import Division as Named
from tracker.models import Division
from tracker.web.forms.rules import Follows
from tracker.web.forms.translated import TranslatedForm


class DivisionForm(TranslatedForm):
    """What a division is called."""

    name = StringField(lazy_gettext("Full name"), validators=[Follows(rules.read_full_name)])
    short_names = StringField(lazy_gettext("Short names"), validators=[Follows(rules.read_short_names)])
    head_title = StringField(lazy_gettext("Title of its head"), validators=[Follows(rules.read_head)])

    @classmethod
    def of(cls, division: Division) -> "DivisionForm":
        """Return the form as sent, or filled in from the division."""
        return cls(name=division.name, short_names=", ".join(division.short_names), head_title=division.head_title)

    def named(self) -> Named:
        """Return the names the form asks for."""
        return rules.read_division(self.name.data or "", self.short_names.data or "", self.head_title.data or "")
