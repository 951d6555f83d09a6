from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.documents.writing.xlsx import LONGEST_TEXT, Column, Sheet, sheet_name, write

COLUMNS = (Column("วันครบกำหนด", 20), Column("มาตรการ", 40))


def read(rows, *, title="งานทั้งหมด", columns=COLUMNS, **options):
    """Write rows and return the sheet as another program reads it."""
    content = write(Sheet(title, columns, rows, cut="รายการยาวกว่านี้"), **options)
    return openpyxl.load_workbook(BytesIO(content)).worksheets[0]


def test_thai_comes_back_as_it_was_written():
    page = read([(date(2026, 2, 28), "กำหนดมาตรการ “น้ำใจ” ฯลฯ")])

    assert page.title == "งานทั้งหมด"
    assert [cell.value for cell in page[1]] == ["วันครบกำหนด", "มาตรการ"]
    assert page["B2"].value == "กำหนดมาตรการ “น้ำใจ” ฯลฯ"


def test_a_day_is_a_true_date_shown_in_buddhist_years():
    cell = read([(date(2026, 2, 28), "")])["A2"]

    assert cell.is_date
    assert cell.value.date() == date(2026, 2, 28)
    assert cell.number_format == "[$-107041E]d mmmm yyyy"


@pytest.mark.parametrize(
    "text", ["=1+1", "+66812345678", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "{=1}", "http://a.b", "0123"]
)
def test_what_looks_like_a_formula_is_text(text):
    cell = read([(None, text)])["B2"]

    assert (cell.value.strip(), cell.data_type) == (text.strip(), "s")
    assert cell.hyperlink is None


def test_numbers_are_numbers_and_nothing_is_an_empty_cell():
    page = read([(7, None), (Decimal("97.02"), "")])

    assert [page["A2"].value, page["A3"].value] == [7, 97.02]
    assert [page["B2"].value, page["B3"].value] == [None, None]


def test_the_heading_stays_in_view_and_every_column_can_be_filtered():
    page = read([(None, "ก"), (None, "ข")])

    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert page.column_dimensions["B"].width == pytest.approx(40, abs=1)


def test_rows_are_high_enough_for_thai_and_for_what_wraps():
    page = read([(None, "สั้น"), (None, "ยาว " * 25)])

    assert page.row_dimensions[2].height == 24
    assert page.row_dimensions[3].height == 24 * 3


def test_a_list_that_is_too_long_is_cut_and_says_so():
    page = read(((None, f"{number}") for number in range(9)), most_rows=3)

    assert [row[1].value for row in page.iter_rows(min_row=2, max_row=4)] == ["0", "1", "2"]
    assert page["A5"].value == "รายการยาวกว่านี้"
    assert page.max_row == 5
    assert page.auto_filter.ref == "A1:B4"


def test_a_list_that_just_fits_is_not_cut():
    assert read([(None, "ก")] * 3, most_rows=3).max_row == 4


def test_an_empty_list_is_a_heading():
    assert read([]).max_row == 1


def test_the_file_names_nobody_and_is_the_same_every_time():
    contents = [write(Sheet("งาน", COLUMNS, [(None, "ก")])) for _ in range(2)]
    properties = openpyxl.load_workbook(BytesIO(contents[0])).properties

    assert contents[0] == contents[1]
    assert (properties.title, properties.creator, properties.lastModifiedBy) == ("งาน", None, None)


def test_no_macro_link_or_other_file_is_inside():
    names = ZipFile(BytesIO(write(Sheet("งาน", COLUMNS, [(None, "ก")])))).namelist()

    assert not [name for name in names if "vba" in name or "external" in name]


def test_a_text_longer_than_a_cell_is_cut_rather_than_lost():
    assert len(read([(None, "ก" * (LONGEST_TEXT + 9))])["B2"].value) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("title", "name"),
    [("งาน: ปี [69]/*?\\", "งาน  ปี  69"), ("'ก'", "ก"), ("ก" * 40, "ก" * 31), ("", "1"), ("///", "1")],
)
def test_any_title_becomes_a_name_that_a_sheet_may_have(title, name):
    assert sheet_name(title) == name


@given(st.lists(st.tuples(st.none() | st.dates(date(1900, 3, 1)), st.text(max_size=50)), max_size=5))
def test_whatever_is_written_can_be_opened(rows):
    page = read(rows)

    assert page.max_row <= len(rows) + 1
