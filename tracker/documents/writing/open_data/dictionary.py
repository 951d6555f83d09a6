"""The data dictionary, written from the same fields that the files are written from."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.documents.writing.open_data.fields import Field
from tracker.documents.writing.open_data.tables import TABLES

COLUMNS = (
    "table", "position", "field", "type", "unit", "may_be_empty", "meaning_th", "meaning_en", "allowed_values",
)  # fmt: skip


def rows() -> Iterator[tuple[str | int, ...]]:
    """Return a row for each field of each table, in the order of `COLUMNS`."""
    for table in TABLES.values():
        for position, field in enumerate(table.fields, start=1):
            may_be_empty = "true" if field.may_be_empty else "false"
            told = field.thai, field.english, _allowed(field)
            yield table.name, position, field.name, field.type.value, field.unit, may_be_empty, *told


def _allowed(field: Field) -> str:
    return "; ".join(f"{one.value} = {one.thai} / {one.english}" for one in field.allowed)


def described() -> list[Mapping[str, Any]]:
    """Return the same as plain values for JSON, a table with its fields."""
    return [
        {
            "name": table.name,
            "title_th": table.thai,
            "title_en": table.english,
            "fields": [_described(field) for field in table.fields],
        }
        for table in TABLES.values()
    ]


def _described(field: Field) -> Mapping[str, Any]:
    return {
        "name": field.name,
        "type": field.type.value,
        "unit": field.unit or None,
        "may_be_empty": field.may_be_empty,
        "meaning_th": field.thai,
        "meaning_en": field.english,
        "allowed_values": [
            {"value": one.value, "meaning_th": one.thai, "meaning_en": one.english} for one in field.allowed
        ],
    }
