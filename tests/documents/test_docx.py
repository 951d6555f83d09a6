"""A Word document is read as it looks on paper."""

import pytest
from word import HEADINGS, document, p, paragraph, r, table, tbl, tc, tr, xml

from tracker.documents.reading.docx import rows_of_docx
from tracker.documents.reading.refusals import ReportTooLong
from tracker.documents.reading.report import draft_of
from tracker.documents.reading.rows import BLANK, MOST_LINES


def rows(*build):
    """Return what is read of a document, without the blank rows."""
    return [row for row in rows_of_docx(document(*build), tell=lambda *_: None) if row != BLANK]


def cell(*build):
    """Return the raw words of the second cell of a table, which these functions fill."""

    def add(made):
        second = made.add_table(1, 2).cell(0, 1)
        for one in build:
            one(second)

    return rows(add)[0][1]


def measure(*steps):
    """Return the only measure of a document whose cell of steps these functions fill."""

    def add(made):
        table(HEADINGS, ("ไม่ทราบ", "เปิดเผย", "", "ทุกเดือน", "กองคลัง"))(made)
        for one in steps:
            one(made.tables[0].cell(1, 2))

    (found,) = draft_of(rows_of_docx(document(add), tell=lambda *_: None)).measures
    return found


def test_paragraphs_and_tables_come_in_their_order():
    assert rows(paragraph("ก"), table(("ข", "ค")), paragraph("ง")) == [("ก",), ("ข", "ค"), ("ง",)]


def test_a_blank_row_parts_what_stands_apart():
    content = document(table(("ก", "ข")), paragraph(""), paragraph(""), table(("ค", "ง")))

    assert list(rows_of_docx(content, tell=lambda *_: None)) == [("ก", "ข"), BLANK, ("ค", "ง"), BLANK]


def test_line_breaks_and_tabs_of_a_paragraph_are_spaces():
    assert rows(xml(p("<w:r><w:t>ก</w:t><w:tab/><w:t>ข</w:t><w:br/><w:t>ค</w:t></w:r>"))) == [("ก ข ค",)]


def test_line_breaks_of_a_cell_stay():
    assert cell(lambda made: setattr(made, "text", "ก\nข")) == "ก\nข"


def test_paragraphs_of_a_cell_are_its_points():
    assert measure(paragraph("จัดทำคู่มือ"), paragraph("ประชาสัมพันธ์")).steps == ("จัดทำคู่มือ", "ประชาสัมพันธ์")


def test_typed_dashes_say_where_points_begin():
    steps = measure(paragraph("- จัดทำ"), paragraph("คู่มือ"), paragraph("- ประกาศ")).steps

    assert steps == ("จัดทำ คู่มือ", "ประกาศ")


@pytest.mark.parametrize("style", ["List Bullet", "List Number", "List Bullet 2"])
def test_points_of_words_own_lists_are_points(style):
    steps = measure(paragraph("ดังนี้"), paragraph("จัดทำ", style), paragraph("ประกาศ", style)).steps

    assert steps == ("ดังนี้", "จัดทำ", "ประกาศ")


def test_a_title_of_two_paragraphs_is_one_title():
    def add(made):
        table(HEADINGS, ("ไม่ทราบ", "โครงการอบรม", "จัด", "ทุกเดือน", "กองคลัง"))(made)
        made.tables[0].cell(1, 1).add_paragraph("คุณธรรม")

    (found,) = draft_of(rows_of_docx(document(add), tell=lambda *_: None)).measures
    assert found.title == "โครงการอบรม คุณธรรม"


def test_the_source_that_is_kept_can_be_shown():
    assert measure(paragraph("ก"), paragraph("ข")).source[0][2] == "ก\nข"


def test_a_cell_over_two_columns_stands_in_the_first():
    def add(made):
        table(("ก", "ข", "ค"), ("๑", "๒", "๓"))(made)
        made.tables[0].cell(0, 0).merge(made.tables[0].cell(0, 1)).text = "ก"

    assert rows(add) == [("ก", "", "ค"), ("๑", "๒", "๓")]


def test_a_cell_over_two_rows_stands_in_the_first():
    def add(made):
        table(("ก", "ข"), ("", "ค"))(made)
        made.tables[0].cell(0, 0).merge(made.tables[0].cell(1, 0))

    assert rows(add) == [("ก", "ข"), ("", "ค")]


def test_words_that_a_merged_cell_covers_are_not_read():
    content = tbl(tr(tc("ก", '<w:vMerge w:val="restart"/>'), tc("ข")), tr(tc("ซ่อน", "<w:vMerge/>"), tc("ค")))

    assert rows(xml(content)) == [("ก", "ข"), ("", "ค")]


def test_a_row_that_begins_further_right_keeps_its_columns():
    content = tbl(tr(tc("ก"), tc("ข"), tc("ค")), tr(tc("ง"), tc("จ"), properties='<w:gridBefore w:val="1"/>'))

    assert rows(xml(content)) == [("ก", "ข", "ค"), ("", "ง", "จ")]


def test_an_edge_that_was_dragged_in_one_row_makes_no_column():
    twice = '<w:gridSpan w:val="2"/>'
    content = tbl(tr(tc("ก"), tc("ข", twice)), tr(tc("ค", twice), tc("ง")), widths=(3000, 120, 3000))

    assert rows(xml(content)) == [("ก", "ข"), ("ค", "ง")]


def test_widths_that_say_nothing_lose_no_column():
    assert rows(xml(tbl(tr(tc("ก"), tc("ข")), widths=(1, 1)))) == [("ก", "ข")]


def test_a_table_of_one_column_is_a_frame():
    def add(made):
        frame = made.add_table(1, 1).cell(0, 0)
        frame.text = "แผน"
        inner = frame.add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "ก", "ข"

    assert rows(add) == [("แผน",), ("ก", "ข")]


def test_a_table_within_a_cell_is_words_of_the_cell():
    def add_inner(made):
        made.text = "ดังนี้"
        inner = made.add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "ก", "ข"

    assert cell(add_inner).split() == ["ดังนี้", "ก", "ข"]


def test_what_was_deleted_with_changes_tracked_is_gone_and_what_was_inserted_is_there():
    deleted = f"<w:del><w:r><w:delText>เก่า</w:delText></w:r></w:del><w:moveFrom>{r('ที่เดิม')}</w:moveFrom>"

    assert rows(xml(p(r("ก"), deleted, f"<w:ins>{r('ใหม่')}</w:ins>"))) == [("กใหม่",)]


def test_a_row_that_was_deleted_with_changes_tracked_is_gone():
    assert rows(xml(tbl(tr(tc("ก"), tc("ข")), tr(tc("ค"), tc("ง"), properties="<w:del/>")))) == [("ก", "ข")]


def test_hidden_text_is_not_read():
    assert rows(xml(p(r("ก"), r("ลับ", "<w:vanish/>"), r("ข", '<w:vanish w:val="0"/>')))) == [("กข",)]


def test_words_in_fields_links_and_controls_are_read():
    control = f"<w:sdt><w:sdtContent>{r('ข')}</w:sdtContent></w:sdt>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"

    assert rows(xml(p(f"<w:hyperlink>{r('ก')}</w:hyperlink>", control, field))) == [("กข",)]


def test_rows_and_cells_in_controls_are_read():
    in_control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    content = tbl(tr(tc("ก"), in_control(tc("ข"))), in_control(tr(tc("ค"), tc("ง"))))

    assert rows(xml(in_control(content))) == [("ก", "ข"), ("ค", "ง")]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{p(r('ในกรอบ'))}</w:txbxContent>"
    newer = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    older = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"

    content = p(r("ก"), f"<w:r><mc:AlternateContent>{newer}{older}</mc:AlternateContent></w:r>")

    assert rows(xml(content)) == [("ก",), ("ในกรอบ",)]


def test_a_table_of_contents_names_no_indicator():
    content = '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>ตัวชี้วัดที่ ๑ ... ๕</w:t></w:r></w:p>'

    assert rows(xml(content), paragraph("ก")) == [("ก",)]


def test_a_table_whose_heading_is_repeated_in_a_second_table_is_one():
    first = ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "อบรม", "จัด", "ทุกเดือน", "สำนักปลัด")
    second = ("ตัวชี้วัดที่ ๒ การใช้งบประมาณ", "เปิดเผย", "ประกาศ", "ทุกไตรมาส", "กองคลัง")
    content = document(table(HEADINGS, first), paragraph(""), table(HEADINGS, second))

    found = draft_of(rows_of_docx(content, tell=lambda *_: None)).measures

    assert [(one.indicator, one.title) for one in found] == [(1, "อบรม"), (2, "เปิดเผย")]


def test_a_table_that_goes_on_in_a_second_one_without_heading_is_one():
    content = document(
        table(HEADINGS, ("ก", "อบรม", "จัด", "ทุกเดือน", "สำนักปลัด")),
        paragraph(""),
        table(("ข", "เปิดเผย", "ประกาศ", "ทุกไตรมาส", "กองคลัง")),
    )

    assert [one.title for one in draft_of(rows_of_docx(content, tell=lambda *_: None)).measures] == ["อบรม", "เปิดเผย"]


def test_the_reader_tells_how_far_it_is():
    told = []

    list(rows_of_docx(document(table(("ก", "ข"), ("ค", "ง"))), tell=lambda *far: told.append(far)))

    assert told == [(1, 2), (2, 2)]


def test_more_rows_than_any_report_has_are_refused():
    content = document(xml(tbl(*["<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"] * (MOST_LINES + 1))))

    with pytest.raises(ReportTooLong, match="lines"):
        list(rows_of_docx(content, tell=lambda *_: None))
