from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from tests.sample_papers import HASH, MARKUP, WIDE_TABLE, bars, every_block, of, row, table, texts_of
from tracker.documents.writing.docx import write
from tracker.documents.writing.paper import Code, Heading, PageBreak, Paragraph, Points, Section, Signature, Signatures
from tracker.domain.thai import thai_digits


def opened(paper):
    return Document(BytesIO(write(paper)))


def part(paper, name):
    return ZipFile(BytesIO(write(paper))).read(name).decode()


def words(document):
    return "\n".join(text.text or "\n" for text in document.element.body.iter(qn("w:t"), qn("w:br")))


def values(element, tag):
    return [found.get(qn("w:val")) for found in element.iter(qn(tag))]


@pytest.mark.parametrize("has_thai_digits", [False, True])
def test_every_text_of_the_paper_is_in_the_file(has_thai_digits):
    paper = every_block(has_thai_digits=has_thai_digits)
    found = words(opened(paper))

    shown = [thai_digits(text) if has_thai_digits and text != HASH else text for text in texts_of(paper)]
    assert [text for text in shown if text not in found] == []


def test_headings_are_headings_of_their_level():
    lines = opened(of(Heading("ส่วน"), Heading("ข้อ", 2), Heading("ข้อย่อย", 3))).paragraphs

    assert [line.style.name for line in lines[-3:]] == ["Heading 1", "Heading 2", "Heading 3"]
    assert [values(line.style.element, "w:outlineLvl") for line in lines[-3:]] == [["0"], ["1"], ["2"]]


def test_thai_letters_have_the_official_font_size_and_language():
    normal = opened(of(Paragraph("ก"))).styles["Normal"].element

    assert normal.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:cs")) == "TH Sarabun New"
    assert values(normal, "w:szCs") == ["32"]
    assert normal.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:bidi")) == "th-TH"


def test_what_is_bold_is_bold_in_thai_as_well():
    document = opened(of(Paragraph("ผ่านดี", label="ระดับ"), table(row("ก"))))
    bold = [run for run in document.element.body.iter(qn("w:rPr")) if run.find(qn("w:b")) is not None]

    assert len(bold) == 1 + 1 + len(WIDE_TABLE)  # the organization, the label, the head of the table
    assert all(run.find(qn("w:bCs")) is not None for run in bold)


@pytest.mark.parametrize(("is_landscape", "size"), [(True, (29.7, 21)), (False, (21, 29.7))])
def test_the_page_is_a4_with_the_official_margins(is_landscape, size):
    section = opened(of(is_landscape=is_landscape)).sections[0]

    assert (section.page_width, section.page_height) == pytest.approx([Cm(side) for side in size], abs=400)
    margins = section.left_margin, section.right_margin, section.top_margin, section.bottom_margin
    assert margins == pytest.approx([Cm(side) for side in (3, 2, 2.5, 2)], abs=400)


def test_every_page_says_its_number_and_the_foot():
    paper = of()
    foot = opened(paper).sections[0].footer

    assert foot.paragraphs[0].text.startswith("เทศบาลตำบลตัวอย่าง & คณะ\tหน้า ")
    codes = [code.text.strip() for code in foot._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_pages_are_counted_in_thai_digits_where_the_paper_has_them():
    foot = opened(of(has_thai_digits=True)).sections[0].footer

    codes = [code.text.split() for code in foot._element.iter(qn("w:instrText"))]
    assert codes == [["PAGE", "\\*", "THAIARABIC"], ["NUMPAGES", "\\*", "THAIARABIC"]]


def test_a_hash_keeps_its_digits():
    assert HASH in words(opened(of(Code("รหัส 1", HASH), has_thai_digits=True)))
    assert "รหัส ๑ " in words(opened(of(Code("รหัส 1", HASH), has_thai_digits=True)))


def test_the_head_of_a_table_is_repeated_and_no_row_of_few_lines_is_torn():
    made = opened(of(table(row("สั้น"), row("ก" * 9000)))).tables[0]
    head, short, tall = (made_row._tr for made_row in made.rows)

    assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert short.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    assert tall.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None


def test_the_columns_share_the_page_in_the_grid_and_in_every_cell():
    paper = of(table(row("ก")))
    made = opened(paper).tables[0]
    grid = [int(column.get(qn("w:w"))) for column in made._tbl.iter(qn("w:gridCol"))]

    total = sum(column.share for column in WIDE_TABLE)
    assert grid == pytest.approx([Cm(24.7).twips * column.share / total for column in WIDE_TABLE], abs=2)
    assert [cell.width.twips for cell in made.rows[1].cells] == grid


def test_a_section_spans_its_table_and_stays_with_the_row_it_heads():
    made = opened(of(table(Section("ตัวชี้วัดที่ 1"), row("ก")))).tables[0]
    (cell,) = made.rows[1]._tr.tc_lst

    assert cell.grid_span == len(WIDE_TABLE)
    assert made.rows[1].cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_a_line_that_leads_to_a_table_stays_with_it_and_so_does_the_head():
    document = opened(of(Paragraph("ก"), Paragraph("ข"), table(row("ค")), Paragraph("ง"), bars(), table(row("จ"))))

    kept = [
        line.text
        for line in document.paragraphs
        if line.style.name == "Normal" and line.paragraph_format.keep_with_next
    ]
    assert kept == ["ข"]
    heads = [cell.paragraphs[0] for made in document.tables for cell in made.rows[0].cells]
    assert all(line.paragraph_format.keep_with_next for line in heads)


def test_lists_are_lists_and_each_counts_from_one():
    document = opened(of(Points(["ก", "ข"], numbered=True), Points(["ค"], numbered=True), Points(["ง"])))
    numbers = [value for line in document.paragraphs for value in values(line._p, "w:numId")]

    assert numbers == ["1", "1", "2", "3"]
    assert part(of(Points(["ก"], numbered=True), has_thai_digits=True), "word/numbering.xml").count("thaiNumbers") == 1


def test_a_chart_is_a_picture_that_says_what_it_shows():
    document = opened(of(bars()))
    (known,) = document.element.body.iter(qn("wp:docPr"))

    assert known.get("descr") == "ภาพที่ 1 คะแนน: ลดลง 0.98 คะแนน"
    assert document.inline_shapes[0].width == Cm(16)


def test_what_follows_a_break_begins_a_page_and_no_empty_line_does():
    lines = opened(of(Paragraph("ก"), PageBreak(), Heading("ข"))).paragraphs

    assert [line.text for line in lines if line.paragraph_format.page_break_before] == ["ข"]


def test_what_is_signed_stays_with_the_signatures():
    lines = opened(of(Paragraph("ก"), Paragraph("ข"), Signatures([Signature("ผู้จัดทำ")]))).paragraphs

    kept = [line.text for line in lines if line.style.name == "Normal" and line.paragraph_format.keep_with_next]
    assert kept == ["ข"]


def test_the_file_names_its_title_and_no_person_and_no_moment():
    known = opened(every_block()).core_properties

    assert (known.title, known.author, known.last_modified_by, known.comments) == ("เอกสารทดลอง", "", "", "")
    assert (known.created.year, known.language) == (2000, "th-TH")
    assert "docProps/thumbnail.jpeg" not in ZipFile(BytesIO(write(every_block()))).namelist()


def test_the_list_of_styles_holds_those_of_the_paper_only():
    names = {style.name for style in opened(of()).styles}

    assert {"Normal", "Heading 1", "Table Text"} < names
    assert len(names) < 25


def test_the_same_paper_gives_the_same_bytes():
    assert write(every_block()) == write(every_block())


@pytest.mark.parametrize("text", [MARKUP, "</w:t><w:br/>&amp;", "\x00\x08\ud800\ufffeก", "ก\tข\r\nค\x0bง", "😀👨‍👩‍👧"])
def test_any_text_is_text(text):
    found = words(opened(of(Paragraph(text), table(row(text)))))

    kept = "".join(letter for letter in text if letter in found or letter.isprintable())
    assert kept.replace("\t", " ") in found.replace("\n", "").replace(" ", " ") or "ก ข" in found
