from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from tests.sample_papers import HASH, MARKUP, bars, every_block, of, row, table, texts_of
from tracker.documents.writing.paper import Cell, ChartKind, Code, Column, Paragraph, Row, Section
from tracker.documents.writing.workbook import write
from tracker.documents.writing.workbook_charts import number_format
from tracker.domain.thai import thai_digits


def opened(paper):
    return openpyxl.load_workbook(BytesIO(write(paper)))


def part(paper, name):
    return ZipFile(BytesIO(write(paper))).read(name).decode()


def words(book):
    return "\n".join(
        str(cell.value) for page in book for line in page.iter_rows() for cell in line if cell.value is not None
    )


def one_cell(cell, **changes):
    """Return what became of a cell, in the only column of a table."""
    return opened(of(table(Row([cell]), columns=[Column("ก")]), **changes))["ตาราง"]["A3"]


@pytest.mark.parametrize("has_thai_digits", [False, True])
def test_every_text_of_the_paper_is_in_the_file(has_thai_digits):
    paper = every_block(has_thai_digits=has_thai_digits)
    found = words(opened(paper))

    numbers = {"+3.34", "1,250", "28 กุมภาพันธ์ 2569"}
    shown = [
        thai_digits(text) if has_thai_digits and text != HASH else text
        for text in texts_of(paper)
        if text not in numbers
    ]
    assert [text for text in shown if text not in found] == []


def test_each_table_and_each_chart_has_a_sheet_of_its_title_after_the_cover():
    paper = of(table(title="แผน"), bars(title="ภาพ"), table(title="แผน"), table(title="เอกสาร"), table(title="ก" * 40))

    assert opened(paper).sheetnames == ["เอกสาร", "แผน", "ภาพ", "แผน (2)", "เอกสาร (2)", "ก" * 31]


def test_the_cover_leads_to_the_sheets():
    cover = opened(of(table(title="แผน"), bars(title="ภาพที่ '1'"))).worksheets[0]

    links = [cell.hyperlink.location for (cell,) in cover.iter_rows() if cell.hyperlink]
    assert links == ["'แผน'!A1", "'ภาพที่ '1'!A1"] or links == ["'แผน'!A1", "'ภาพที่ ''1'!A1"]


def test_the_cover_says_title_foot_and_hash():
    found = words(opened(of(Code("รหัส 1", HASH), has_thai_digits=True)))

    assert f"รหัส ๑\n{HASH}" in found
    assert "เทศบาลตำบลตัวอย่าง & คณะ" in found


def test_a_hash_has_a_line_of_its_own_and_the_room_for_it():
    cover = opened(of(Code("รหัส", HASH))).worksheets[0]

    (place,) = (cell.row for (cell,) in cover.iter_rows() if HASH in str(cell.value))
    assert cover.row_dimensions[place].height == 2 * cover.row_dimensions[cover.max_row].height


@pytest.mark.parametrize("text", ["=1+1", "+668", "-1", "@SUM(A1)", "{=1}", "http://a.b", "0123", MARKUP])
def test_what_looks_like_a_formula_is_text_wherever_it_stands(text):
    book = opened(of(Paragraph(text), table(row(text), Section(text), title=text), bars(title=text, finding=text)))

    cells = [cell for page in book for line in page.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert sum(text in str(cell.value) for cell in cells) >= 6
    assert {cell.hyperlink.location.startswith("'") for cell in cells if cell.hyperlink} == {True}


def test_a_number_counts_and_is_shown_as_the_paper_says():
    cell = one_cell(Cell("+3.34", number=Decimal("3.34")))

    assert (cell.value, cell.data_type, cell.number_format) == (3.34, "n", "+0.00;-0.00;0.00")


def test_a_day_is_a_true_date_shown_in_buddhist_years():
    cell = one_cell(Cell("28 กุมภาพันธ์ 2569", day=date(2026, 2, 28)))

    assert (cell.value.date(), cell.number_format) == (date(2026, 2, 28), "[$-107041E]d mmmm yyyy")


def test_numbers_and_days_have_thai_digits_where_the_paper_has_them():
    number = one_cell(Cell("3.34", number=Decimal("3.34")), has_thai_digits=True)
    day = one_cell(Cell("", day=date(2026, 2, 28)), has_thai_digits=True)

    assert (number.value, number.number_format) == (3.34, "[$-D00041E]0.00")
    assert day.number_format == "[$-D07041E]d mmmm yyyy"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("96.04", "0.00"),
        ("30", "0"),
        ("1,250.5", "#,##0.0"),
        ("−0.98", "0.00"),
        ("ร้อยละ 45", '"ร้อยละ "0'),
        ("45%", '0"%"'),
        ("+3 ตัว", '+0" ตัว";-0" ตัว";0" ตัว"'),
        ("ไม่ใช้งบประมาณ", "General"),
        ("", "General"),
    ],
)
def test_the_format_of_a_number_follows_its_text(text, shown):
    assert number_format(text, thai_digits=False) == shown


def test_the_head_stays_in_view_and_is_printed_on_each_page_of_a_lying_sheet():
    page = opened(of(table(row("ก"), title="แผน")))["แผน"]

    assert page.freeze_panes == "A3"
    assert page.print_title_rows == "$2:$2"
    setup = page.page_setup
    assert (setup.orientation, str(setup.paperSize), setup.fitToHeight) == ("landscape", "9", 0)
    assert "&&" in part(of(table()), "xl/worksheets/sheet2.xml").replace("&amp;", "&")


def test_a_section_spans_the_table():
    page = opened(of(table(Section("ตัวชี้วัดที่ 1"), row("ก"), title="แผน")))["แผน"]

    assert [str(one) for one in page.merged_cells.ranges] == ["A3:D3"]
    assert page["A3"].value == "ตัวชี้วัดที่ 1"


def test_a_row_is_tall_enough_for_its_longest_cell():
    paper = of(table(row("สั้น"), row("", "ยาว " * 100), row("", "ก\nข\nค")))
    page = opened(paper)["ตาราง"]

    heights = [page.row_dimensions[number].height for number in (3, 4, 5)]
    assert heights[0] == 24
    assert heights[1] > 100
    assert heights[2] == 72


def test_what_a_cell_cannot_hold_is_cut_rather_than_refused():
    assert len(one_cell(Cell("ก" * 40_000)).value) == 32_767


@pytest.mark.parametrize(("kind", "element"), [(ChartKind.BARS, "barChart"), (ChartKind.LINES, "lineChart")])
def test_a_chart_is_drawn_by_the_spreadsheet_from_the_numbers_above_it(kind, element):
    paper = of(bars(kind=kind, title="ภาพ"))
    drawn, page = part(paper, "xl/charts/chart1.xml"), opened(paper)["ภาพ"]

    assert f"<c:{element}>" in drawn
    assert ["ภาพ!$C$4:$C$5" in drawn, "ภาพ!$A$4:$A$5" in drawn] == [True, True]
    assert [[cell.value for cell in line[:3]] for line in page["A3:C5"]] == [
        [None, "พ.ศ. 2567", "พ.ศ. 2568"],
        ["ภาพรวม", 97.02, 96.04],
        ["การใช้อำนาจ", None, 9.5],
    ]


def test_series_differ_without_colour():
    drawn = part(of(bars()), "xl/charts/chart1.xml")

    assert drawn.count("<a:pattFill") == 1
    assert 'descr="ภาพที่ 1 คะแนน: ลดลง 0.98 คะแนน"' in part(of(bars()), "xl/drawings/drawing1.xml")


def test_the_file_names_its_title_and_no_person_and_no_moment():
    known = opened(every_block()).properties

    assert (known.title, known.creator, known.created.year) == ("เอกสารทดลอง", None, 2000)
    assert write(every_block()) == write(every_block())


def test_no_text_is_taken_for_a_part_of_the_file():
    hostile = "<r>&</r>"
    paper = of(Paragraph(hostile), table(Row([Cell(hostile)]), columns=[Column(hostile)]), bars(categories=[hostile]))

    assert words(opened(paper)).count(hostile) == 4


def test_a_text_is_cut_where_a_spreadsheet_would_call_it_too_long():
    text = one_cell(Cell("ก" + "😀" * 20_000)).value

    assert len(text.encode("utf-16-le")) // 2 == 32_767
