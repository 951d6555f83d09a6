from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tracker.documents import disclosure_layout as layout
from tracker.documents.disclosure_layout import Field
from tracker.documents.reading import apart
from tracker.documents.reading.disclosure_workbook import NoItems, NoRows, NoWorkbook, read_items
from tracker.documents.reading.refusals import ReportTooLong, UnreadableReport
from tracker.documents.writing.disclosure_workbook import Item, write_form, write_items
from tracker.domain.disclosure_lists import KNOWN, Entry
from tracker.domain.disclosure_rows import Cells, Known, read_rows
from tracker.domain.disclosures import LONGEST_TITLE
from tracker.domain.evidence import LONGEST_TITLE as LONGEST_NAME
from tracker.domain.responsibles import Division
from tracker.domain.sentences import Refusal
from tracker.domain.thai import clean

DIVISIONS = ("กองคลัง", "สำนักปลัดเทศบาล")
LINE = st.text(st.characters(categories=("L", "N", "P", "M", "Zs")), max_size=40).map(clean)
ADDRESS = st.integers(1, 9999).map(lambda number: f"https://example.go.th/{number}?a=1,2;3#ก")
ITEM = st.builds(
    Item,
    meaning=st.integers(1, 9999).map(lambda number: f"own:{number}.1"),
    number=st.integers(1, 999),
    title=LINE.filter(bool),
    division=st.sampled_from(("", *DIVISIONS)),
    addresses=st.lists(st.tuples(ADDRESS, LINE), max_size=3, unique_by=lambda one: one[0]),
    is_confirmed=st.booleans(),
    is_retired=st.booleans(),
)


def read(content):
    return [Cells(**row) for row in read_items(content, "list.xlsx")]


def workbook(rows, *, title="x"):
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


@given(st.lists(ITEM, min_size=1, max_size=6, unique_by=(lambda one: one.meaning, lambda one: one.number)))
def test_what_is_written_is_read_back_whole(items):
    cells = read(write_items(items, divisions=DIVISIONS, say=str))

    found = read_rows(cells, divisions=[Division(name) for name in DIVISIONS], known=())

    assert found.failed == []
    addresses = {}
    for row in found.taken:
        addresses.setdefault(row.meaning, []).extend(row.addresses)
    firsts = {row.meaning: row for row in reversed(found.taken)}
    assert [_item(firsts[meaning], shown) for meaning, shown in addresses.items()] == items


def _item(row, addresses):
    division = row.division.name if row.division else ""
    return Item(row.meaning, row.number, row.title, division, addresses, row.is_confirmed, row.is_retired)


def test_texts_as_long_as_they_may_be_come_back():
    item = Item("own:1.1", 1, "ก" * LONGEST_TITLE, "", [("https://example.go.th/" + "a" * 1900, "ข" * LONGEST_NAME)])

    (cells,) = read(write_items([item], divisions=(), say=str))

    assert (cells.title, cells.addresses, cells.address_title) == (item.title, *item.addresses[0])


def test_the_form_has_the_list_without_addresses_and_checks_what_is_filled_in():
    items = [
        Item(one.meaning, one.number, one.title, "กองคลัง", [("https://example.go.th/", "")]) for one in KNOWN[2569]
    ]

    content = write_form(items, divisions=DIVISIONS, say=str)

    assert [(cells.number, cells.addresses) for cells in read(content)][:2] == [("1", ""), ("2", "")]
    sheet = load_workbook(BytesIO(content))[layout.ITEMS]
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"whole", "list", None}


def test_columns_are_found_by_their_headings_below_a_title_of_the_clerks_own():
    rows = [
        ["รายการของเทศบาล"],
        [],
        [Field.ADDRESSES.value, "หมายเหตุ", Field.NUMBER.value],
        ["https://example.go.th/", "x", 9],
    ]

    (cells,) = read(workbook(rows))

    assert (cells.row, cells.number, cells.addresses) == (4, "9", "https://example.go.th/")


def test_what_a_spreadsheet_would_run_is_words():
    (cells,) = read(write_items([Item("own:1.1", 1, "=1+1")], divisions=(), say=str))

    assert cells.title == "=1+1"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (workbook([["ข้อ", "อื่น"], [1, 2]]), NoItems),
        (workbook([[Field.NUMBER.value, Field.ADDRESSES.value]]), NoRows),
        (b"O9 https://example.go.th/", NoWorkbook),
        (b"%PDF-1.7 nothing", NoWorkbook),
        (b"PK\x03\x04 broken", Refusal),
        (b"MZ\x90\x00", Refusal),
    ],
)
def test_another_file_is_refused_with_a_sentence(content, refusal):
    with pytest.raises(refusal):
        read_items(content, "list.xlsx")


def test_a_list_is_not_endless(monkeypatch):
    monkeypatch.setattr(layout, "MOST_ROWS", 3)

    with pytest.raises(ReportTooLong):
        read_items(workbook([[Field.NUMBER.value, Field.ADDRESSES.value], *[[1, ""]] * 4]), "list.xlsx")


def test_a_workbook_is_read_in_a_process_of_its_own():
    content = write_items([Item("news", 4, "ข่าว")], divisions=(), say=str)

    (cells,) = apart.read_items(content, "list.xlsx", seconds=60)

    assert (cells.meaning, cells.title) == ("news", "ข่าว")


def test_what_the_process_refuses_is_a_sentence_here():
    with pytest.raises(UnreadableReport) as refused:
        apart.read_items(b"words", "list.xlsx", seconds=60)

    assert "Excel" in str(refused.value)


def test_a_known_item_needs_no_title_in_the_file():
    cells = read(workbook([[Field.NUMBER.value, Field.ADDRESSES.value], ["O4", "https://example.go.th/"]]))

    (row,) = read_rows(cells, divisions=(), known=[Known(Entry("news", 4, "ข่าว"))]).taken

    assert (row.meaning, row.title) == ("news", "ข่าว")
