import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.documents.writing.csv import write


def read(content):
    """Return the rows as another program reads them."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_thai_is_marked_so_that_a_spreadsheet_reads_it():
    content = write(["ส่วนราชการ"], [["กองคลัง"]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [["ส่วนราชการ"], ["กองคลัง"]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+66812345678", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "\r=1", "  =1", "＝1+1"]
)
def test_what_looks_like_a_formula_is_text(text):
    assert read(write(["ก"], [[text]]))[1] == [f"'{text}"]


def test_a_heading_is_no_formula_either():
    assert read(write(["=1"], [])) == [["'=1"]]


def test_numbers_are_numbers_even_below_nought_and_nothing_is_an_empty_cell():
    assert write(["ก", "ข", "ค"], [[-1, 0, None]]).endswith(b"\r\n-1,0,\r\n")


@pytest.mark.parametrize("text", ["", "กองคลัง, กองช่าง", 'ก "ข" ค', "ก\nข", "a=b"])
def test_other_texts_come_back_as_they_were(text):
    assert read(write(["ก", "ข"], [[text, 1]]))[1] == [text, "1"]


@given(rows=st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_whatever_is_written_no_cell_begins_as_a_formula(rows):
    for row in read(write(["ก", "ข"], rows))[1:]:
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
