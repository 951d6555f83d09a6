import pytest

from tracker.documents.writing import csv


def lines(*rows, columns=("เรื่อง", "จำนวน")):
    return csv.write(columns, rows).decode("utf-8").split("\r\n")


def test_the_file_begins_with_the_mark_by_which_spreadsheets_know_utf_8():
    assert csv.write(["เรื่อง"], []) == b"\xef\xbb\xbf" + "เรื่อง\r\n".encode()


def test_a_row_stands_in_a_line_with_its_numbers_as_numbers():
    assert lines(("ล่าช้า", -3), ("รอตรวจ", None))[1:] == ["ล่าช้า,-3", "รอตรวจ,", ""]


def test_commas_quotes_and_line_breaks_stay_inside_their_cell():
    assert csv.write(["ก"], [['ข, "ค"\nง']]).decode().endswith('"ข, ""ค""\nง"\r\n')


@pytest.mark.parametrize(
    "text", ["=1+1", "+66", "-2", "@SUM(A1)", "  =1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"]
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text):
    assert csv.write(["ก"], [[text]]).decode().partition("\r\n")[2].lstrip('"').startswith(f"'{text}")


def test_headings_are_disarmed_as_well():
    assert "'=1" in lines(columns=["=1"])[0]


def test_ordinary_words_are_left_alone():
    assert lines(("ก=ข", 1))[1] == "ก=ข,1"
