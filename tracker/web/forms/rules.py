"""Validators that repeat what a rule says: the rule stands in one place, its sentence beside the field."""

from collections.abc import Callable

from wtforms import Field, Form, ValidationError

from tracker.domain.sentences import Refusal
from tracker.web.filters import sentence


class Follows:
    """Ask a rule that reads what was typed, and repeat its refusal."""

    def __init__(self, rule: Callable[[str], object]) -> None:
        self.rule = rule

    def __call__(self, form: Form, field: Field) -> None:
        try:
            self.rule(field.data or "")
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None
