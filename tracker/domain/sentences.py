"""Sentences for people, carried untranslated through the rules and translated at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark an English message for the catalogue without translating it here."""
    return message


@dataclass(frozen=True)
class Sentence:
    """An English message with `%(name)s` places and the values that fill them; the edges translate it."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class Refusal(Exception):
    """A rule said no. The sentence is fit for the user once an edge has translated it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.sentence = Sentence(message, values)

    def __str__(self) -> str:
        return str(self.sentence)
