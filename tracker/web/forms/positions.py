"""The form of a position."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.domain import positions as rules
from tracker.domain.names import read_name
from tracker.domain.permissions import Role
from tracker.domain.sentences import Refusal
from tracker.models import Division, Position
from tracker.services.positions import Details
from tracker.web.filters import sentence
from tracker.web.forms.rules import Follows
from tracker.web.forms.translated import TranslatedForm
from tracker.web.labels import ROLE

NO_DIVISION = 0
ROLES = [SelectChoice(str(role), ROLE[role]) for role in Role]


class PositionForm(TranslatedForm):
    """What a position is called, what it is for and where it belongs."""

    title = StringField(lazy_gettext("Title of the position"), validators=[Follows(read_name)])
    role = SelectField(lazy_gettext("Role in this system"), choices=ROLES)
    division = SelectField(lazy_gettext("Division"), coerce=int)

    def __init__(self, *, divisions: Sequence[Division], position: Position | None = None) -> None:
        if position is None:
            super().__init__(role=str(Role.OFFICER))
        else:
            super().__init__(
                title=position.title, role=str(position.role), division=position.division_id or NO_DIVISION
            )
        self.known = {division.id: division for division in divisions}
        if position and position.division:
            self.known.setdefault(position.division.id, position.division)  # closed since: it may stay there
        none = SelectChoice(str(NO_DIVISION), gettext("– none –"))
        self.division.choices = [none, *(SelectChoice(str(one.id), one.name) for one in self.known.values())]

    def validate_division(self, field: SelectField) -> None:
        """Refuse a head or officer without a division."""
        try:
            if self.role.data in set(Role):
                rules.check_division(Role(self.role.data), has_division=field.data != NO_DIVISION)
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None

    def details(self) -> Details:
        """Return what the form asks for."""
        return Details(
            title=read_name(self.title.data or ""),
            role=Role(self.role.data),
            division=self.known.get(self.division.data),
        )
