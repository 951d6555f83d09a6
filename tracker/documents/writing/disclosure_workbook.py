"""The list of items as a workbook: the year's list to fill in or to take along, its choices beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.documents import disclosure_layout as layout
from tracker.documents.disclosure_layout import Field
from tracker.documents.writing.cell_rules import Say, choice, hint
from tracker.documents.writing.xlsx import Column, Sheet, Value, write
from tracker.domain.disclosure_rows import NO, YES
from tracker.domain.disclosures import GREATEST_NUMBER
from tracker.domain.sentences import N_, Sentence

EMPTY_ROWS = 200  # that have the lists to choose from; rows below are read as well
CHOICES = "ตัวเลือก"
_WIDTHS = {
    Field.NUMBER: 8,
    Field.TITLE: 60,
    Field.DIVISION: 30,
    Field.ADDRESSES: 60,
    Field.ADDRESS_TITLE: 40,
    Field.IS_CONFIRMED: 14,
    Field.IS_ASKED_FOR: 14,
    Field.MEANING: 24,
}
_MEANINGS: Mapping[Field, Sentence] = {
    Field.NUMBER: Sentence(N_("The number of the item, such as 9 of O9. Several rows may be about one item.")),
    Field.TITLE: Sentence(N_("What must be open to the public. For an item of the list it may be left empty.")),
    Field.DIVISION: Sentence(N_("The division that keeps it. Choose from the list; it may be left empty.")),
    Field.ADDRESSES: Sentence(
        N_("Where it is shown to the public, beginning with http:// or https://; several with a new line or a space.")
    ),
    Field.ADDRESS_TITLE: Sentence(N_("What the web page calls it. It may be left empty.")),
    Field.IS_CONFIRMED: Sentence(N_("Whether the title is the one in this year's handbook.")),
    Field.IS_ASKED_FOR: Sentence(N_("Whether it must still be open; what is asked for no more keeps its addresses.")),
    Field.MEANING: Sentence(N_("By this the program knows the item again in every year. Leave it as it is.")),
}


@dataclass(frozen=True)
class Item:
    """An item as it is written."""

    meaning: str
    number: int
    title: str
    division: str = ""
    addresses: Sequence[tuple[str, str]] = ()  # (address, what the page calls it)
    is_confirmed: bool = True
    is_retired: bool = False


def write_items(items: Iterable[Item], *, divisions: Sequence[str], say: Say, empty_rows: int = 0) -> bytes:
    """Return a list of items, a row for each address, so that reading it back gives the same list."""
    columns = [_column(field, divisions, say) for field in Field]
    rows = (row for item in items for row in _rows(item))
    sheet = Sheet(layout.ITEMS, columns, rows, frozen_columns=2, empty_rows=empty_rows)
    choices = Sheet(CHOICES, [Column(Field.DIVISION, 40)], [(name,) for name in divisions])
    return write(sheet, choices, marks={layout.MARK: str(layout.VERSION)})


def write_form(items: Iterable[Item], *, divisions: Sequence[str], say: Say) -> bytes:
    """Return the form: the items without their addresses, and room for more."""
    bare = (Item(one.meaning, one.number, one.title, one.division, (), one.is_confirmed) for one in items)
    return write_items(bare, divisions=divisions, say=say, empty_rows=EMPTY_ROWS)


def _rows(item: Item) -> Iterator[tuple[Value, ...]]:
    for address, title in item.addresses or [("", "")]:
        yield (
            item.number,
            item.title,
            item.division,
            address,
            title,
            YES if item.is_confirmed else NO,
            NO if item.is_retired else YES,
            item.meaning,
        )


def _column(field: Field, divisions: Sequence[str], say: Say) -> Column:
    rule = hint(field, _MEANINGS[field], say) | _rule(field, divisions)
    return Column(field, _WIDTHS[field], rule, is_centred=field == Field.NUMBER)


def _rule(field: Field, divisions: Sequence[str]) -> dict[str, Any]:
    if field == Field.NUMBER:
        return {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": GREATEST_NUMBER}
    if field == Field.DIVISION and divisions:
        return choice(CHOICES, "A", len(divisions))
    if field in (Field.IS_CONFIRMED, Field.IS_ASKED_FOR):
        return {"validate": "list", "source": [YES, NO]}
    return {}
