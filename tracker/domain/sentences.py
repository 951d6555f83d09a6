"""Sentences for people, carried untranslated through the rules and translated at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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

    def to_json(self) -> dict[str, Any]:
        """Return it as values that JSON knows; `from_json` gives the same sentence back, its dates as texts."""
        plain = {name: value if isinstance(value, str | int) else str(value) for name, value in self.values.items()}
        return {"message": self.message, "values": plain}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Sentence":
        """Return the sentence that `to_json` made these values of."""
        return cls(kept["message"], kept["values"])


class Refusal(Exception):
    """A rule said no. The sentence is fit for the user once an edge has translated it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.sentence = Sentence(message, values)

    @classmethod
    def of(cls, sentence: Sentence) -> "Refusal":
        """Return a refusal that says a sentence which was kept."""
        return Refusal(sentence.message, **sentence.values)

    def __str__(self) -> str:
        return str(self.sentence)
