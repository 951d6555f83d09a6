"""What a clerk pastes, and what a spreadsheet saves with commas, reads like the text form."""

import pytest

from tests.patience import patience
from tracker.documents.reading.files import read_report
from tracker.documents.reading.rows import BLANK, rows_of, rows_of_csv

HEADINGS = "ผลการวิเคราะห์\tมาตรการ\tขั้นตอน\tระยะเวลา\tผู้รับผิดชอบ"


def measure_of(text, name="ตาราง"):
    (measure,) = read_report(text.encode(), name, tell=lambda *_: None).measures
    return measure


def test_a_table_pasted_from_excel_keeps_the_lines_of_a_cell_as_its_points():
    pasted = f'{HEADINGS}\r\nไม่ทราบ\tเปิดเผย\t"จัดทำ\nประกาศ"\tทุกเดือน\tกองคลัง\r\n'

    measure = measure_of(pasted)

    assert (measure.steps, measure.responsible) == (("จัดทำ", "ประกาศ"), "กองคลัง")


def test_dashes_in_a_pasted_cell_say_where_points_begin():
    measure = measure_of(f'{HEADINGS}\nไม่ทราบ\tเปิดเผย\t"- จัดทำ\nคู่มือ\n- ประกาศ"\tทุกเดือน\tกองคลัง\n')

    assert measure.steps == ("จัดทำ คู่มือ", "ประกาศ")


def test_a_table_pasted_from_word_has_its_lines_without_quotes():
    measure = measure_of(f"{HEADINGS}\nไม่ทราบ\tเปิดเผย\t- จัดทำ\n- ประกาศ\tทุกเดือน\tกองคลัง\n")

    assert measure.steps == ("จัดทำ", "ประกาศ")


def test_a_first_cell_may_have_lines():
    assert list(rows_of('"ก\nข"\tค\n')) == [("ก\x1eข", "ค")]


def test_doubled_quotes_and_tabs_within_a_cell_are_words():
    assert list(rows_of('ก\t"ข ""ค""\n\tง"\n')) == [("ก", 'ข "ค"\x1eง')]


@pytest.mark.parametrize("line", ['ก\t"ข" ค', '"ก" ข\tค', 'ก\t"ข"', '"ก', 'ก\t"ข'])
def test_quotes_on_one_line_are_words(line):
    assert list(rows_of(f"{line}\nต่อ\n")) == [tuple(line.split("\t")), ("ต่อ",)]


def test_a_quote_that_is_never_closed_swallows_nothing():
    text = 'ก\t"ข\n' + "ค\n" * 5 + 'ง"จ\n'

    assert list(rows_of(text))[1:3] == [("ค",), ("ค",)]


def test_quotes_made_to_keep_the_reader_busy_do_not():
    with patience():
        for unit in ('\t"', '\t""', '\t"""', '"\t', '\t"ก\n', '\t"" ""', '\n"ก\t'):
            for _ in zip(range(5), rows_of(unit * 200_000), strict=False):
                pass


def test_rows_with_commas_are_a_table_and_what_stands_above_a_title():
    assert list(rows_of_csv('แผน,,\n,,\nก,ข,ค\n1,"2\n3",\n')) == [("แผน",), BLANK, ("ก", "ข", "ค"), ("1", "2\x1e3", "")]


def test_semicolons_part_cells_where_there_are_more_of_them():
    assert list(rows_of_csv("ก;ข,ข;ค\n")) == [("ก", "ข,ข", "ค")]


def test_a_file_with_commas_is_known_by_its_name():
    text = HEADINGS.replace("\t", ",") + '\nไม่ทราบ,เปิดเผย,"- จัดทำ\n- ประกาศ",ทุกเดือน,กองคลัง\n'

    assert measure_of(text, "แผน.csv").steps == ("จัดทำ", "ประกาศ")


def test_a_file_with_tabs_is_no_table_of_commas_whatever_its_name():
    assert measure_of(f"{HEADINGS}\nก,ข\tเปิดเผย\tค\tทุกเดือน\tกองคลัง\n", "แผน.csv").analysis == ("ก,ข",)
