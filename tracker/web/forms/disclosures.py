"""What a clerk sends about items that must be open to the public: an item, an address, a workbook, a page."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from tracker.domain import disclosures as rules
from tracker.domain.evidence import web_address
from tracker.domain.names import read_optional_name
from tracker.models import DisclosureItem, Division
from tracker.web.forms.rules import Filled, Follows
from tracker.web.forms.translated import TranslatedForm

NO_DIVISION = 0


class ItemForm(TranslatedForm):
    """An item: its number, what must be open, and who keeps it."""

    number = StringField(lazy_gettext("Number of the item"), validators=[Filled(), Follows(rules.read_number)])
    title = StringField(
        lazy_gettext("What must be open to the public"), validators=[Filled(), Follows(rules.read_title)]
    )
    division = SelectField(lazy_gettext("Division that keeps it"), coerce=int)
    is_confirmed = BooleanField(lazy_gettext("Number and title are those of this year's handbook"), default=True)

    def __init__(self, *, divisions: Sequence[Division], item: DisclosureItem | None = None) -> None:
        super().__init__(**_values(item))
        self.known = {division.id: division for division in divisions}
        if item and item.division:
            self.known.setdefault(item.division.id, item.division)  # closed since: it may stay there
        none = SelectChoice(str(NO_DIVISION), gettext("– none –"))
        self.division.choices = [none, *(SelectChoice(str(one.id), one.name) for one in self.known.values())]

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the services take it."""
        return {
            "number": rules.read_number(self.number.data or ""),
            "title": rules.read_title(self.title.data or ""),
            "division": self.known.get(self.division.data),
        }


def _values(item: DisclosureItem | None) -> dict[str, Any]:
    if item is None:
        return {}
    return {
        "number": item.code,
        "title": item.title,
        "division": item.division_id or NO_DIVISION,
        "is_confirmed": item.is_confirmed,
    }


class AddressForm(TranslatedForm):
    """Where an item is shown."""

    url = StringField(lazy_gettext("Address of the page or file"), validators=[Follows(web_address)])
    name = StringField(lazy_gettext("What the web page calls it"), validators=[Follows(read_optional_name)])


class WorkbookForm(TranslatedForm):
    """A list of items as a file."""

    file = FileField(lazy_gettext("The list as an Excel file (.xlsx)"))

    def validate_file(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose the file first."))


class PageForm(TranslatedForm):
    """A web page whose links are to be read."""

    url = StringField(lazy_gettext("Address of your ITA page"), validators=[Follows(web_address)])
