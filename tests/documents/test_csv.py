import csv
from io import StringIO

import pytest

from tracker.documents.writing.csv import write


def read(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_thai_letters_are_announced_by_a_byte_order_mark():
    assert write(["เดือน"], []) == b"\xef\xbb\xbf" + "เดือน\r\n".encode()


def test_what_is_written_is_read_back_whatever_is_in_it():
    rows = [["กองคลัง, สำนักปลัด", 'คำว่า "งาน"', "สอง\nบรรทัด", 7]]

    assert read(write(["ก", "ข", "ค", "ง"], rows))[1] == ["กองคลัง, สำนักปลัด", 'คำว่า "งาน"', "สอง\nบรรทัด", "7"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_a_text_that_a_spreadsheet_would_run_stays_a_text(text):
    assert read(write([text], [[text]])) == [[f"'{text}"], [f"'{text}"]]


@pytest.mark.parametrize(("value", "written"), [(-1, "-1"), (0, "0"), ("ต.ค.-พ.ย.", "ต.ค.-พ.ย."), (None, ""), ("", "")])
def test_numbers_and_plain_texts_are_as_they_are(value, written):
    assert read(write(["ก", "ข"], [[value, "x"]]))[1] == [written, "x"]
