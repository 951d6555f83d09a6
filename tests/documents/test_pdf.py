"""PDFs of every making: turned pages, merged cells, torn rows, heads and feet, and those that cannot be read."""

import io

import pypdfium2
import pytest
import typst
from PIL import Image

from tests.papers import pdf
from tests.reports.pdf import FONTS
from tracker.documents.evidence.refusals import BrokenPdf
from tracker.documents.reading.pdf import MOST_PAGES, rows_of_pdf
from tracker.documents.reading.refusals import LettersUnknown, PasswordPdf, ReportTooLong, ScannedPdf
from tracker.documents.reading.report import draft_of
from tracker.documents.reading.rows import BLANK, GOES_ON

PLAN = """
#table(columns: (1fr, 1fr, 1.5fr, 1fr, 1fr), table.header[มาตรการ][ผลการวิเคราะห์][ขั้นตอนการดำเนินการ][ระยะเวลา][ผู้รับผิดชอบ],
  [เปิดเผยการใช้จ่ายงบประมาณ], [ผู้ตอบไม่ทราบว่าใช้จ่ายเท่าใด], [#"- รวบรวมยอด" \\ #"- "ประกาศบนเว็บไซต์ทุกเดือนให้ครบทุกโครงการ],
  [ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙], [กองคลัง])
"""
WORDS = (
    "เปิดเผยการใช้จ่ายงบประมาณ",
    "ผู้ตอบไม่ทราบว่าใช้จ่ายเท่าใด",
    "- รวบรวมยอด\n- ประกาศบนเว็บไซต์ทุกเดือนให้ครบทุกโครงการ",
    "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙",
    "กองคลัง",
)


def made(source, setting=""):
    text = f'#set page(margin: 2cm)\n#set text(font: "Sarabun", lang: "th", size: 11pt)\n{setting}\n{source}'
    return typst.compile(text.encode(), font_paths=[FONTS], ignore_system_fonts=True)


def rows_in(content):
    return [tuple(cell.removesuffix(GOES_ON) for cell in row) for row in rows_of_pdf(content, tell=lambda *_: None)]


def rows_from(source, setting=""):
    return rows_in(made(source, setting))


def turned(content, degrees):
    document = pypdfium2.PdfDocument(content)
    for page in document:
        page.set_rotation(degrees)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_lines_broken_to_fit_a_cell_are_whole_again_and_points_stay_apart():
    assert WORDS in rows_from(PLAN)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_shown_turned_reads_the_same(degrees):
    assert rows_in(turned(made(PLAN), degrees)) == rows_from(PLAN)


@pytest.mark.parametrize("degrees", [90, -90, 180])
def test_a_table_that_lies_across_the_page_reads_the_same(degrees):
    assert WORDS in rows_from(f"#rotate({degrees}deg, reflow: true, block(width: 17cm)[{PLAN}])")


def test_a_heading_that_stands_upright_in_its_cell_is_read():
    months = "".join(f"[#rotate(-90deg, reflow: true)[{month}]]," for month in ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค."))
    words = ", ".join(f"[{word}]" for word in ("โครงการอบรมพนักงานจ้างทุกคน", "✓", "", "✓", ""))

    assert ("โครงการ", "ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.") in rows_from(f"#table(columns: 5, [โครงการ], {months} {words})")


def test_merged_cells_leave_the_places_they_cover_empty():
    rows = rows_from(
        "#table(columns: 3, [ข้อ], [คะแนน], [ข้อบกพร่อง], [ข้อ ๑], [๙๙.๓๓], table.cell(rowspan: 2)[ขั้นตอนไม่ชัดเจน],"
        "[ข้อ ๒], [๙๖.๖๗], table.cell(colspan: 3)[คะแนนเฉลี่ยของตัวชี้วัดการปฏิบัติหน้าที่])"
    )

    assert rows[1:4] == [
        ("ข้อ ๑", "๙๙.๓๓", "ขั้นตอนไม่ชัดเจน"),
        ("ข้อ ๒", "๙๖.๖๗", ""),
        ("คะแนนเฉลี่ยของตัวชี้วัดการปฏิบัติหน้าที่", "", ""),
    ]


def test_lines_drawn_as_thin_areas_are_lines_too():
    drawn = "".join(
        f"#place(top + left, dx: {x}cm, dy: {y}cm, rect(width: {width}, height: {height}, fill: black))"
        for x, y, width, height in [
            *((x, 0, "0.5pt", "3cm") for x in (0, 4, 8)),
            *((0, y, "8cm", "0.5pt") for y in (0, 1, 3)),
        ]
    )
    words = "".join(
        f"#place(top + left, dx: {x}cm, dy: {y}cm)[{word}]"
        for x, y, word in [
            *(
                (0.2, 0.2, "มาตรการ"),
                (4.2, 0.2, "ผู้รับผิดชอบ"),
                (0.2, 1.2, "จัดทำคู่มือการให้บริการ"),
                (4.2, 1.2, "สำนักปลัดเทศบาล"),
            ),
        ]
    )

    assert ("จัดทำคู่มือการให้บริการ", "สำนักปลัดเทศบาล") in rows_from(drawn + words)


def test_a_row_that_the_end_of_a_page_leaves_open_is_read():
    lines = [(0, y, "8cm", "0.5pt") for y in (0, 1)] + [(x, 0, "0.5pt", "3cm") for x in (0, 4, 8)]
    drawn = "".join(
        f"#place(top + left, dx: {x}cm, dy: {y}cm, rect(width: {width}, height: {height}, fill: black))"
        for x, y, width, height in lines
    )
    words = "#place(dx: 0.2cm, dy: 1.2cm)[จัดทำคู่มือการให้บริการ]#place(dx: 4.2cm, dy: 1.2cm)[สำนักปลัดเทศบาล]"

    assert ("จัดทำคู่มือการให้บริการ", "สำนักปลัดเทศบาล") in rows_from(drawn + words)


def test_a_drawing_of_very_many_lines_is_no_table_and_takes_no_time():
    hatched = "#for at in range(160) { place(line(start: (at * 1mm, 0mm), end: (at * 1mm, 160mm)))\n"
    hatched += "place(line(start: (0mm, at * 1mm), end: (160mm, at * 1mm))) }"

    assert rows_from(f"#block(height: 17cm)[{hatched}]\nข้อความใต้ภาพวาดยังอ่านได้ครบทุกตัวอักษร ไม่มีสิ่งใดหายไป")[:-1] == [
        ("ข้อความใต้ภาพวาดยังอ่านได้ครบทุกตัวอักษร ไม่มีสิ่งใดหายไป",)
    ]


def test_a_paragraph_that_goes_on_over_the_end_of_a_page_is_one():
    sentence = "เทศบาลเปิดโอกาสให้ประชาชนมีส่วนร่วมเสนอความเห็นในทุกโครงการ " * 12

    assert (sentence.strip(),) in rows_from(f"#v(23cm)\n{sentence}")


def test_a_cell_torn_by_the_end_of_a_page_is_one_text_again():
    long = "เผยแพร่ข้อมูลข่าวสารให้ประชาชนทราบทุกช่องทางอย่างต่อเนื่อง" * 5
    plan = PLAN.replace("ประกาศบนเว็บไซต์ทุกเดือนให้ครบทุกโครงการ", long)
    content = made("#v(14cm)\n" + plan, '#set page(paper: "a4", flipped: true)')

    (measure,) = draft_of(rows_of_pdf(content, tell=lambda *_: None)).measures

    assert len(measure.source) == 2
    assert measure.steps[1] == long
    assert GOES_ON not in "".join(cell for row in measure.source for cell in row)


def test_page_numbers_and_lines_that_head_or_foot_the_pages_are_left_out():
    setting = "#set page(header: [แผนของเทศบาลตำบลตัวอย่าง], footer: context [หน้า #counter(page).display()])"
    rows = rows_from("#pagebreak()".join(f"เนื้อความของหน้านี้ยาวพอให้นับว่ามีข้อความ {word}" for word in "กขคง"), setting)

    assert [row for row in rows[1:] if row != BLANK] == [
        (f"เนื้อความของหน้านี้ยาวพอให้นับว่ามีข้อความ {word}",) for word in "กขคง"
    ]


def test_what_heads_the_first_page_is_kept_because_it_names_the_report():
    setting = "#set page(header: [แผนของเทศบาลตำบลตัวอย่าง])"

    assert rows_from("#pagebreak()".join(["เนื้อความของหน้านี้ยาวพอให้นับว่ามีข้อความ"] * 3), setting)[0] == (
        "แผนของเทศบาลตำบลตัวอย่าง",
    )


def test_it_is_told_how_many_pages_of_how_many_are_read():
    told = []
    content = made("#pagebreak()".join(["เนื้อความของหน้านี้ยาวพอให้นับว่ามีข้อความจริง"] * 3))

    list(rows_of_pdf(content, tell=lambda done, total: told.append((done, total))))

    assert told == [(1, 3), (2, 3), (3, 3)]


def in_an_old_font(text):
    """Return a PDF whose font tells these letters, one code each: older fonts shift marks to places of their own."""
    letters = sorted(set(text))
    tells = "".join(f"<{32 + at:02X}> <{ord(letter):04X}>\n" for at, letter in enumerate(letters))
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        f"{len(letters)} beginbfchar\n{tells}endbfchar endcmap end"
    )
    codes = "".join(f"{32 + letters.index(letter):02X}" for letter in text)
    page = f"BT /F 16 Tf 50 700 Td <{codes}> Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R>>>>>>",
        f"<< /Length {len(page)} >> stream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>",
        f"<< /Length {len(cmap)} >> stream\n{cmap}\nendstream",
    ]
    body = "".join(f"{number} 0 obj {one} endobj\n" for number, one in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer << /Root 1 0 R /Size 7 >>\n%%EOF".encode()


SHIFTED = str.maketrans("ีุู่้ั็", "\uf702\uf718\uf719\uf70a\uf714\uf710\uf712")


def test_marks_that_older_fonts_shift_are_the_marks_they_show():
    words = "เว็บไซต์แจ้งวันหยุดราชการให้ประชาชนผู้ที่มาติดต่อทราบทั่วกัน"

    assert rows_in(in_an_old_font(words.translate(SHIFTED)))[0] == (words,)


def scan(*, stamped=""):
    content = io.BytesIO()
    Image.new("L", (600, 800), 230).save(content, "PDF", save_all=True, append_images=[Image.new("L", (600, 800), 200)])
    return content.getvalue()


def pages(count):
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(595, 842)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<41> <41>]"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (scan(), ScannedPdf),
        (pages(2), ScannedPdf),
        (made("#pagebreak()".join(["Scanned by phone"] * 3)), ScannedPdf),
        (
            made("The letters of this page are Latin only, as those of fonts that hide what they draw seem to be."),
            LettersUnknown,
        ),
        (pages(MOST_PAGES + 1), ReportTooLong),
        (pdf(trailer=LOCKED), PasswordPdf),
        (b"%PDF-1.7\n", BrokenPdf),
        (made(PLAN)[:800], BrokenPdf),
    ],
    ids=[
        "scan",
        "empty pages",
        "scan with a stamp",
        "Latin",
        "301 pages",
        "password",
        "header alone",
        "beginning alone",
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content, refusal):
    with pytest.raises(refusal):
        rows_in(content)
