"""An Excel workbook is read as it is shown."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from tracker.documents.reading import xlsx
from tracker.documents.reading.refusals import ReportTooLong
from tracker.documents.reading.report import draft_of
from tracker.documents.reading.rows import BLANK
from tracker.documents.reading.shown_values import shown
from tracker.documents.reading.xlsx import rows_of_xlsx

HEADINGS = ("ผลการวิเคราะห์", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ")
TRAIN = ("ไม่เข้าใจ", "อบรมพนักงาน", "จัดอบรม\nประเมินผล", "ทุกไตรมาส", "สำนักปลัด")


def workbook(fill, *more):
    """Return a workbook whose sheets these functions fill."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    fill(book.active)
    for one in more:
        one(book.create_sheet())
    book.save(file)
    return file.getvalue()


def all_rows(*fill):
    return list(rows_of_xlsx(workbook(*fill), tell=lambda *_: None))


def rows(*fill):
    """Return what is read of a workbook, without the blank rows."""
    return [row for row in all_rows(*fill) if row != BLANK]


def table(*content, at=1):
    def fill(sheet):
        for number, cells in enumerate(content, at):
            for column, value in enumerate(cells, 1):
                sheet.cell(number, column, value)

    return fill


def shown_in(value, number_format=None):
    """Return how a workbook's only cell is read."""

    def fill(sheet):
        sheet["A1"] = value
        if number_format:
            sheet["A1"].number_format = number_format

    return rows(fill)[0][0]


def test_a_title_above_the_table_is_a_paragraph():
    assert rows(table(("แผน", ""), ("ก", "ข"), ("ค", ""))) == [("แผน",), ("ก", "ข"), ("ค", "")]


def test_a_measure_is_read_with_its_points():
    (measure,) = draft_of(rows(table(("ตัวชี้วัดที่ ๓ การใช้อำนาจ",), HEADINGS, TRAIN))).measures

    assert (measure.indicator, measure.title) == (3, "อบรมพนักงาน")
    assert measure.steps == ("จัดอบรม", "ประเมินผล")


def test_empty_rows_are_one_blank_and_empty_columns_none():
    def fill(sheet):
        sheet["C2"], sheet["E2"], sheet["C9"], sheet["E9"] = "ก", "ข", "ค", "ง"

    assert all_rows(fill) == [BLANK, ("ก", "ข"), BLANK, ("ค", "ง"), BLANK]


def test_a_cell_in_the_last_corner_is_no_walk_through_everything():
    def fill(sheet):
        sheet["A1"], sheet["B1"], sheet["A1048576"], sheet["XFD1"] = "ก", "ข", "ค", "ไกล"

    assert rows(fill) == [("ก", "ข"), ("ค",)]


def test_what_a_merged_cell_covers_is_not_read():
    def fill(sheet):
        table(("ก", "ซ่อน", "ข"), ("ซ่อน", "", "ค"))(sheet)
        sheet.merged_cells.add("A1:B1")  # as programs do that leave the words below in the file
        sheet.merged_cells.add("A2:A2")

    assert rows(fill) == [("ก", "ข"), ("ซ่อน", "ค")]


def test_a_cell_merged_over_rows_stands_in_the_first():
    def fill(sheet):
        table(("ก", "ข"), ("", "ค"))(sheet)
        sheet.merge_cells("A1:A2")

    assert rows(fill) == [("ก", "ข"), ("", "ค")]


def test_hidden_sheets_rows_and_columns_are_passed_over():
    def fill(sheet):
        table(("ก", "ลับ", "ข"), ("ลับ", "ลับ", "ลับ"), ("ค", "ลับ", "ง"))(sheet)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    def hidden(sheet):
        sheet["A1"] = "ลับ"
        sheet.sheet_state = "hidden"

    assert all_rows(fill, hidden) == [("ก", "ข"), ("ค", "ง"), BLANK]


def test_sheets_follow_one_another():
    assert rows(table(("ก", "ข")), table(("ค", "ง"))) == [("ก", "ข"), ("ค", "ง")]


def test_the_name_of_a_sheet_counts_where_it_names_an_indicator():
    def named(sheet):
        sheet.title = "ตัวชี้วัดที่ 4"
        table(("ก", "ข"))(sheet)

    assert rows(table(("ก", "ข")), named) == [("ก", "ข"), ("ตัวชี้วัดที่ 4",), ("ก", "ข")]


def test_formulas_show_what_was_computed_and_errors_nothing():
    def fill(sheet):
        sheet["A1"], sheet["B1"], sheet["C1"] = "ก", "#REF!", "=1+1"  # never computed
        sheet["D1"] = "ข"

    assert rows(fill) == [("ก", "ข")]


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (99.6, "0.00", "99.60"),
        (99.6, None, "99.6"),
        (96.03999999999999, None, "96.04"),
        (5.0, None, "5"),
        (1101700203451, None, "1101700203451"),
        (12345.5, "#,##0.00", "12,345.50"),
        (0.9604, "0.00%", "96.04%"),
        (7, "000", "007"),
        (1.5, "0.##", "1.5"),
        (3, '0" คะแนน"', "3"),
        (1.5, "[Red]0.0;-0.0", "1.5"),
        (-1.5, "0.0", "-1.5"),
        (True, None, "TRUE"),
        ("๙๖.๐๔", None, "๙๖.๐๔"),
        (date(2026, 9, 30), None, "30 กันยายน 2569"),
        (date(2026, 9, 30), "[$-107041E]d mmm yy", "30 กันยายน 2569"),
        (date(2026, 9, 1), "mmm-yy", "กันยายน 2569"),
        (date(2026, 9, 30), "d mmmm", "30 กันยายน"),
        (date(2026, 9, 30), "yyyy", "2569"),
        (datetime.combine(date(2026, 9, 30), time(9, 5)), "d/m/yyyy h:mm", "30 กันยายน 2569 09:05"),
        (time(9, 5), None, "09:05"),
    ],
)
def test_a_value_reads_as_it_is_shown(value, number_format, words):
    assert shown_in(value, number_format) == words


def test_a_day_that_was_typed_in_buddhist_years_keeps_its_year():
    assert shown(date(2569, 9, 30), "d/m/yyyy") == "30 กันยายน 2569"


def test_what_ends_no_day_is_no_failure():
    def fill(sheet):
        sheet["A1"], sheet["B1"] = "ก", 1e12
        sheet["B1"].number_format = "d/m/yyyy"

    assert rows(fill) == [("ก",)]


def test_rules_that_the_library_cannot_read_do_not_spoil_the_reading():
    content = workbook(table(("ก", "ข")))
    broken = _with_sheet(content, lambda xml: xml.replace("</worksheet>", "<dataValidations count='x'/></worksheet>"))

    assert list(rows_of_xlsx(broken, tell=lambda *_: None)) == [("ก", "ข"), BLANK]


def _with_sheet(content, change):
    """Return a workbook whose first sheet was changed by hand."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part.decode()) if name.endswith("sheet1.xml") else part)
    return file.getvalue()


def test_the_reader_tells_how_far_it_is_over_all_sheets():
    told = []
    many = table(*[("ก", "ข")] * 200)

    list(rows_of_xlsx(workbook(many, many), tell=lambda *far: told.append(far)))

    assert told == [(200, 400), (400, 400)]


def test_more_cells_than_any_report_has_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_CELLS", 10)

    with pytest.raises(ReportTooLong, match="cells"):
        rows(table(*[("ก", "ข", "ค")] * 4))


def test_merged_cells_that_lie_upon_each_other_are_refused_before_they_take_long(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_CELLS", 100)

    def fill(sheet):
        table(*[("ก", "ข")] * 10)(sheet)
        for number in range(20):
            sheet.merged_cells.add(f"A1:B{100 + number}")

    with pytest.raises(ReportTooLong, match="cells"):
        rows(fill)


def test_more_rows_than_any_report_has_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)

    with pytest.raises(ReportTooLong, match="lines"):
        rows(table(*[("ก", "ข")] * 4))
