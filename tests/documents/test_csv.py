import csv
from io import StringIO

import pytest

from tracker.documents.writing.csv import disarmed, write


def read(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_what_is_written_is_read_back_with_quotes_commas_and_lines_in_it():
    rows = [["กองคลัง", 'มาตรการ "หนึ่ง", สอง', "บรรทัดหนึ่ง\nบรรทัดสอง"]]

    assert read(write(["ก", "ข", "ค"], rows)) == [["ก", "ข", "ค"], *rows]


def test_the_file_begins_with_the_mark_by_which_spreadsheets_know_utf_8():
    assert write(["ก"], []).startswith(b"\xef\xbb\xbf\xe0\xb8\x81")


def test_lines_end_as_spreadsheets_write_them():
    assert write(["ก"], [[1], [None]]).decode("utf-8-sig") == 'ก\r\n1\r\n""\r\n'


@pytest.mark.parametrize("text", ["=1+1", "+66", "-1", "@SUM(A1)", "＝1", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0"])
def test_what_a_spreadsheet_would_run_stands_behind_an_apostrophe(text):
    assert disarmed(text) == f"'{text}"


@pytest.mark.parametrize("value", ["กองคลัง", "1 มี.ค. 69", "a=b", "", None, -5, 0])
def test_everything_else_stays_as_it_is(value):
    assert disarmed(value) == value


def test_headings_are_disarmed_too():
    assert read(write(["=1"], [])) == [["'=1"]]
