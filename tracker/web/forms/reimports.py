"""What a clerk decides about the difference between a report and the plan of its year."""

import re
from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from tracker.services.reimports import Choices

THEIRS, NEW = "report", "new"
_PAIR = re.compile(r"pair-(\d{1,4})")
_ID = re.compile(r"\d{1,9}")


def choices_from(form: MultiDict[str, str]) -> Choices:
    """Return what the form says; what it does not say leaves the plan as it is."""
    return Choices(
        pairs=dict(_pairs(form)),
        theirs=frozenset(name.removeprefix("take-") for name, value in form.items() if _is_taken(name, value)),
        taken_out=_ids(form.getlist("out")),
        replaced=_ids(form.getlist("replace")),
    )


def _pairs(form: MultiDict[str, str]) -> Iterator[tuple[int, int | None]]:
    for name, value in form.items():
        place = _PAIR.fullmatch(name)
        if place and (value == NEW or _ID.fullmatch(value)):
            yield int(place[1]), None if value == NEW else int(value)


def _is_taken(name: str, value: str) -> bool:
    return name.startswith("take-") and value == THEIRS


def _ids(values: list[str]) -> frozenset[int]:
    return frozenset(int(value) for value in values if _ID.fullmatch(value))
