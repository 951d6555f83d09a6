"""Validators that repeat what a rule says: the rule stands in one place, its sentence beside the field."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from wtforms import Field, Form, ValidationError
from wtforms.validators import InputRequired, StopValidation

from tracker.domain.names import NameMissing
from tracker.domain.sentences import Refusal
from tracker.domain.thai import clean
from tracker.web.filters import sentence


def missing(label: object) -> str:
    """Return what an empty field is asked for, by its name: in the list of problems nobody sees which field it was."""
    return gettext("Fill in “%(label)s”.", label=label)


class Follows:
    """Ask a rule that reads what was typed, and repeat its refusal."""

    def __init__(self, rule: Callable[[str], object]) -> None:
        self.rule = rule

    def __call__(self, form: Form, field: Field) -> None:
        try:
            self.rule(field.data or "")
        except NameMissing:
            raise ValidationError(missing(field.label.text)) from None
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None


class Filled(InputRequired):
    """Ask for something, by the field's name or in words of its own; blanks are nothing."""

    def __init__(self, message: Any = None) -> None:
        super().__init__(message)
        # None, or the browser asks first, in a language of its own – and of several boxes for every one.
        self.field_flags: dict[str, bool] = {}

    def __call__(self, form: Form, field: Field) -> None:
        if not any(clean(str(written)) for written in field.raw_data or ()):
            field.errors = []
            raise StopValidation(str(self.message or missing(field.label.text)))
