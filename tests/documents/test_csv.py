import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from tracker.documents.writing.csv import write
from tracker.documents.writing.xlsx import Column, Sheet


def read(*rows, columns=("ปี", "คะแนน")):
    content = write(Sheet("คะแนน", [Column(name) for name in columns], rows))
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_spreadsheets_know_the_letters_by_the_mark_at_the_beginning():
    assert write(Sheet("", [Column("ปี")], [])) == b"\xef\xbb\xbf" + "ปี\r\n".encode()


def test_rows_come_below_their_headings():
    assert read((2568, "ก"), (2569, "ข")) == [["ปี", "คะแนน"], ["2568", "ก"], ["2569", "ข"]]


def test_numbers_stay_numbers_also_below_zero_and_nothing_is_nothing():
    assert read((Decimal("96.50"), Decimal("-0.98")), (None, ""), (date(2026, 9, 30), 0))[1:] == [
        ["96.50", "-0.98"],
        ["", ""],
        ["2026-09-30", "0"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+66", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_text_is_never_taken_for_a_formula(text):
    assert read((1, text))[1][1] == f"'{text}"


@pytest.mark.parametrize("text", ['ก "ข" ค', "ก, ข", "บรรทัด\nสอง", "5=5"])
def test_a_text_comes_back_as_it_was(text):
    assert read((1, text))[1][1] == text
