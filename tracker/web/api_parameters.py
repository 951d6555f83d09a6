"""What the API can be asked for: each parameter once, for reading an address and for describing the API."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, request

from tracker.documents.writing.open_data.fields import Allowed, Record, Type, Written
from tracker.documents.writing.open_data.tables import EVIDENCE, INDICATORS, MEASURES, STEPS, TASKS
from tracker.web.data_answers import refuse_parameters

LONGEST = 200
_WHOLE_NUMBER = re.compile(r"[0-9]{1,10}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YES_NO = {"true": True, "false": False}


@dataclass(frozen=True)
class Parameter:
    """A parameter of an address; whole numbers lie within `least` and `most`, both inclusive."""

    name: str
    type: Type
    english: str
    allowed: Sequence[Allowed] = ()
    least: int = 1
    most: int = 2**31 - 1
    default: int | None = None

    def read(self, written: str) -> Written:
        """Return the value, a day as ISO 8601 has it; what is none is refused (422)."""
        value = _READERS[self.type](written)
        if value is None:
            abort(422, f"The parameter {self.name!r} must be {_MUST_BE[self.type]}.")
        if self.allowed and str(value) not in (names := [one.value for one in self.allowed]):
            abort(422, f"The parameter {self.name!r} must be one of: {', '.join(names)}.")
        if self.type is Type.INTEGER and not self.least <= int(value) <= self.most:
            abort(422, f"The parameter {self.name!r} must be from {self.least} to {self.most}.")
        return value


@dataclass(frozen=True)
class Filter:
    """A parameter that narrows a list: which records stay for a wanted value."""

    parameter: Parameter
    keeps: Callable[[Record, Any], bool]


@dataclass(frozen=True)
class Page:
    """Which part of a list is asked for."""

    limit: int
    offset: int


LIMIT = Parameter("limit", Type.INTEGER, "How many items at most", most=500, default=100)
OFFSET = Parameter("offset", Type.INTEGER, "How many items to pass over", least=0, most=1_000_000, default=0)


def _same(table: Any, name: str) -> Filter:
    field = table.field(name)
    parameter = Parameter(name, field.type, f"Only those of this {name}: {field.english}", field.allowed)
    return Filter(parameter, lambda record, wanted: record[name] == wanted)


def _days(name: str) -> tuple[Filter, Filter]:
    def within(record: Record, keeps: Callable[[str], bool]) -> bool:
        day = record[name]
        return isinstance(day, str) and keeps(day)  # as ISO 8601 writes them, days sort like texts

    first = Parameter(f"{name.removesuffix('_on')}_from", Type.DATE, f"Only those whose {name} is this day or later")
    last = Parameter(f"{name.removesuffix('_on')}_to", Type.DATE, f"Only those whose {name} is this day or earlier")
    return (
        Filter(first, lambda record, wanted: within(record, lambda day: day >= wanted)),
        Filter(last, lambda record, wanted: within(record, lambda day: day <= wanted)),
    )


FILTERS: Mapping[str, Sequence[Filter]] = {
    "indicators": (_same(INDICATORS, "indicator"),),
    "measures": (_same(MEASURES, "indicator"), *_days("next_due_on")),
    "steps": (_same(STEPS, "indicator"), _same(STEPS, "measure_id")),
    "tasks": (
        _same(TASKS, "indicator"),
        _same(TASKS, "measure_id"),
        _same(TASKS, "division"),
        _same(TASKS, "status"),
        _same(TASKS, "is_overdue"),
        *_days("due_on"),
        *_days("done_on"),
    ),
    "evidence": (_same(EVIDENCE, "indicator"), _same(EVIDENCE, "measure_id"), _same(EVIDENCE, "task_id")),
}


def page_and_filters(table: str) -> tuple[Page, Callable[[Record], bool]]:
    """Return what the address asks of a list; what it cannot mean is refused (400, 422)."""
    filters = FILTERS.get(table, ())
    names = [one.parameter.name for one in filters]
    refuse_parameters(*names, LIMIT.name, OFFSET.name)
    asked = [
        (one, one.parameter.read(request.args[one.parameter.name]))
        for one in filters
        if one.parameter.name in request.args
    ]
    page = Page(_number(LIMIT), _number(OFFSET))
    return page, lambda record: all(one.keeps(record, wanted) for one, wanted in asked)


def _number(parameter: Parameter) -> int:
    written = request.args.get(parameter.name, str(parameter.default))
    return int(parameter.read(written) or 0)


def _day(written: str) -> str | None:
    try:
        return date.fromisoformat(written).isoformat() if _DATE.fullmatch(written) else None
    except ValueError:  # no calendar has it
        return None


_READERS: Mapping[Type, Callable[[str], Written]] = {
    Type.INTEGER: lambda written: int(written) if _WHOLE_NUMBER.fullmatch(written) else None,
    Type.YES_NO: lambda written: _YES_NO.get(written),
    Type.DATE: _day,
    Type.TEXT: lambda written: written if 0 < len(written) <= LONGEST else None,
}
_MUST_BE = {
    Type.INTEGER: "a whole number",
    Type.YES_NO: "true or false",
    Type.DATE: "a day such as 2026-02-20 (Christian Era)",
    Type.TEXT: f"a text of 1 to {LONGEST} characters",
}
