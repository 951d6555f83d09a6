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
USUAL, NEVER = "usual", "never"
LEVELS = [
    SelectChoice(USUAL, lazy_gettext("as usual for the title")),
    SelectChoice(NEVER, lazy_gettext("not told")),
    SelectChoice("1", lazy_gettext("level 1 (permanent secretary and deputies)")),
    SelectChoice("2", lazy_gettext("level 2 (mayor and deputies)")),
]
ROLES = [SelectChoice(str(role), ROLE[role]) for role in Role]


class PositionForm(TranslatedForm):
    """What a position is called, what it is for and where it belongs."""

    title = StringField(lazy_gettext("Title of the position"), validators=[Follows(read_name)])
    role = SelectField(lazy_gettext("Role in this system"), choices=ROLES)
    division = SelectField(lazy_gettext("Division"), coerce=int)
    leads_at = SelectField(lazy_gettext("Told when work is late"), choices=LEVELS, default=USUAL)

    def __init__(self, *, divisions: Sequence[Division], position: Position | None = None) -> None:
        if position is None:
            super().__init__(role=str(Role.OFFICER))
        else:
            super().__init__(
                title=position.title,
                role=str(position.role),
                division=position.division_id or NO_DIVISION,
                leads_at=str(position.leads_at or NEVER),
            )
        if position and position.role != Role.EXECUTIVE:
            del self.leads_at  # as usual, should it become an executive's
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

    def validate_leads_at(self, field: SelectField) -> None:
        """Refuse a level of leadership for anybody but an executive."""
        try:
            if self.role.data in set(Role):
                rules.check_level(Role(self.role.data), int(field.data) if field.data in {"1", "2"} else None)
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None

    def details(self) -> Details:
        """Return what the form asks for."""
        title, role = read_name(self.title.data or ""), Role(self.role.data)
        level = self.leads_at.data if self.leads_at else USUAL
        levels = {USUAL: rules.usual_level(role, title), NEVER: None, "1": 1, "2": 2}
        return Details(title=title, role=role, division=self.known.get(self.division.data), leads_at=levels[level])
