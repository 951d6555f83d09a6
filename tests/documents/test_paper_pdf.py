import re
import shutil
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest

from tests.sample_papers import HASH, LONG_WORD, MARKUP, THAI, bars, every_block, of, row, table, texts_of
from tracker.documents.writing import glyphs, pdf
from tracker.documents.writing.paper import Code, Heading, PageBreak, Paragraph, Section, Signature, Signatures
from tracker.domain.thai import thai_digits

MARKS = "ป่า ป้า ปี่ ปื้น ฝั้น ฟ้ำ น้ำ ทำ กตัญญู ฐานะ ปฏิบัติ ฎีกา ผู้ ที่ สิ้น ซึ่ง เปี๊ยะ ก๋วยเตี๋ยว"


def pages(content):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]


def joined(text):
    """Return a text without what lines and columns put between its letters."""
    return re.sub(r"[\s\u200b]", "", text)


def written(*blocks, **changes):
    return joined("".join(pages(pdf.write(of(*blocks, **changes)))))


@pytest.mark.parametrize("has_thai_digits", [False, True])
def test_every_text_of_the_paper_is_in_the_file(has_thai_digits):
    paper = every_block(has_thai_digits=has_thai_digits)
    found = joined("".join(pages(pdf.write(paper))))

    shown = [thai_digits(text) if has_thai_digits and text != HASH else text for text in texts_of(paper)]
    assert [text for text in shown if joined(text) not in found] == []


@pytest.mark.parametrize("text", [THAI, MARKS, MARKUP, LONG_WORD])
def test_a_text_comes_out_letter_by_letter(text):
    assert joined(text) in written(Paragraph(text))
    assert joined(text) in written(table(row("", text)))


@pytest.mark.parametrize(
    "text",
    ["= หัวข้อ", "#panic()", "$", "*", "_", "\\", "@ไม่มี", "<ก>", "`", "//", "/*", "- ", "+ ", "/ ก: ข", '"', "]", "}"],
)
def test_markup_is_only_letters_wherever_it_stands(text):
    paper = every_block(title=text, subtitle=[text], organization=text, foot=text, keywords=[text])

    assert joined("".join(pages(pdf.write(paper)))).startswith(joined(text) * 3)
    assert joined(text) in written(Heading(text), Code(text, text), bars(title=text, finding=text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ก😀ข", "ก□ข"),
        ("👨‍👩‍👧", "□□□"),
        ("漢", "□"),
        ("☎️", "□"),
        ("ก\u200dข", "กข"),
        ("\x07ก\x00", "ก"),
        ("← ✓ ■ ½ × €", "←✓■½×€"),
    ],
)
def test_letters_that_no_font_has_are_boxes_and_the_others_themselves(text, shown):
    assert shown in written(Paragraph(text))


def test_every_letter_said_to_be_in_a_font_is():
    second = [chr(code) for code in range(0x2190, 0x2720) if glyphs.SECOND_FONT.match(chr(code))]
    letters = [chr(code) for code in sorted(glyphs.letters_of_the_font()) if chr(code).isprintable()]

    written(Paragraph(" ".join(second)), Paragraph(" ".join(letters)))  # would refuse


def test_ends_of_lines_are_kept():
    (text,) = pages(pdf.write(of(Paragraph("บรรทัดแรก\nบรรทัดต่อไป\r\nบรรทัดท้าย"))))

    assert [line for line in text.splitlines() if "บรรทัด" in line] == ["บรรทัดแรก", "บรรทัดต่อไป", "บรรทัดท้าย"]


@pytest.mark.parametrize("text", [LONG_WORD, "A" * 300, "๕" * 300, "ก" * 300, "5" * 25, "ม้" * 80])
def test_no_word_runs_out_of_its_column_or_off_the_page(text):
    content = pdf.write(of(table(row(text, "", text)), Heading(text), Paragraph(text)))

    page = pdfplumber.open(BytesIO(content)).pages[0]
    rules = sorted({round(line["x0"]) for line in page.lines + page.rects + page.curves if line["height"] > 5})
    bottom = max(line["bottom"] for line in page.lines + page.rects + page.curves)
    crossing = page.crop((rules[1] - 0.5, 0, rules[1] + 0.5, bottom)).chars
    assert "".join(letter["text"] for letter in crossing if letter["size"] < 10.5) == ""
    assert max(letter["x1"] for letter in page.chars) <= page.width - 2 / 2.54 * 72 + 1


def test_the_head_and_the_section_are_repeated_on_every_page():
    many = [row(f"มาตรการที่ {number}", "ขั้นตอน " * 30) for number in range(30)]
    texts = pages(pdf.write(of(table(Section("ตัวชี้วัดที่ 1"), *many, Section("ตัวชี้วัดที่ 2"), row("สุดท้าย")))))

    assert len(texts) > 2
    assert all("มาตรการ/โครงการ/กิจกรรม" in text for text in texts)
    assert all("ตัวชี้วัดที่ 1" in text for text in texts[:-1])


def test_a_cell_taller_than_a_page_goes_on_overleaf():
    words = [f"ขั้นตอนที่{number}." for number in range(900)]

    assert all(joined(word) in written(table(row("", " ".join(words)))) for word in words[::50])


def test_a_row_of_few_lines_is_not_torn():
    filler = [row(f"{number}") for number in range(20)]
    texts = pages(pdf.write(of(table(*filler, row("", "\n".join(f"บรรทัด{line}จบ" for line in range(1, 10)))))))

    assert sum("บรรทัด1จบ" in text for text in texts) == 1
    assert [text for text in texts if "บรรทัด1จบ" in text] == [text for text in texts if "บรรทัด9จบ" in text]


def test_headings_are_bookmarks():
    paper = of(Heading("ส่วนที่ 1"), Heading("ข้อ 1.1", 2), PageBreak(), Heading("ส่วนที่ 2"), has_thai_digits=True)
    marks = pypdfium2.PdfDocument(pdf.write(paper)).get_toc()

    found = [(mark.get_title(), mark.level, mark.get_dest().get_index()) for mark in marks]
    assert found == [("ส่วนที่ ๑", 0, 0), ("ข้อ ๑.๑", 1, 0), ("ส่วนที่ ๒", 0, 1)]


def test_every_page_says_its_number_of_how_many_and_the_foot():
    texts = pages(pdf.write(of(Paragraph("ก"), PageBreak(), Paragraph("ข"), has_thai_digits=True)))

    assert ["หน้า ๑ จาก ๒" in texts[0], "หน้า ๒ จาก ๒" in texts[1]] == [True, True]
    assert all("เทศบาลตำบลตัวอย่าง & คณะ" in text for text in texts)


@pytest.mark.parametrize("lines", range(14, 24))
def test_what_is_signed_stays_with_the_signatures(lines):
    filler = [Paragraph(f"บรรทัด {line}") for line in range(lines)]
    texts = pages(pdf.write(of(*filler, Paragraph("ลงนามท้ายข้อนี้"), Signatures([Signature("ผู้จัดทำ")]))))

    assert ["ลงนามท้ายข้อนี้" in text for text in texts] == ["ผู้จัดทำ" in text for text in texts]


@pytest.mark.parametrize("lines", range(14, 24))
def test_a_heading_and_its_line_stay_with_the_table_they_lead_to(lines):
    filler = [Paragraph(f"บรรทัด {line}") for line in range(lines)]
    texts = pages(pdf.write(of(*filler, Heading("หัวเรื่อง"), Paragraph("ผลโดยสรุป"), table(row("แถวแรก")))))

    (led,) = [text for text in texts if "หัวเรื่อง" in text]
    assert "ผลโดยสรุป" in led
    assert "แถวแรก" in led


def test_the_file_is_tagged_for_readers_of_the_screen_and_says_its_language():
    content = pdf.write(every_block())

    assert pypdfium2.PdfDocument(content).is_tagged()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    catalog = pdfplumber.open(BytesIO(content)).doc.catalog
    assert catalog["Lang"] in {b"th-TH", "th-TH", b"th", "th"}


def test_the_file_names_its_title_and_no_person_and_no_moment():
    known = pypdfium2.PdfDocument(pdf.write(every_block())).get_metadata_dict(skip_empty=True)

    assert (known["Title"], known["Keywords"]) == ("เอกสารทดลอง", "ITA, 2569")
    assert known.keys().isdisjoint({"Author", "CreationDate", "ModDate"})


def test_only_our_fonts_are_in_the_file():
    content = pdf.write(every_block())
    fonts = {
        letter["fontname"].partition("+")[2]
        for page in pdfplumber.open(BytesIO(content)).pages
        for letter in page.chars
    }

    assert fonts == {"Sarabun-Regular", "Sarabun-Bold", "DejaVuSansMono"}


def test_a_page_lies_or_stands():
    sizes = [pypdfium2.PdfDocument(pdf.write(of(is_landscape=lies)))[0].get_size() for lies in (True, False)]

    assert [tuple(map(round, size)) for size in sizes] == [(842, 595), (595, 842)]


def test_the_same_paper_gives_the_same_bytes():
    assert pdf.write(every_block()) == pdf.write(every_block())


def test_a_paper_that_cannot_be_set_right_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "with_glyphs", lambda text: text)

    with pytest.raises(pdf.UnwritablePaper, match="could not be displayed"):
        pdf.write(of(Paragraph("漢")))


def test_a_warning_is_a_refusal(monkeypatch, tmp_path):
    for name in ("chart.typ", "paper.typ"):
        shutil.copy(pdf.TEMPLATES / name, tmp_path)
    template = tmp_path / "paper.typ"
    template.write_text('#set text(font: "ไม่มีแบบอักษรนี้")\n' + pdf.TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(pdf, "TEMPLATE", template)

    with pytest.raises(pdf.UnwritablePaper):
        pdf.write(of(Paragraph("ก")))


@pytest.mark.parametrize("text", ["", " ", "\x01", "\u200b", "\U000e0001", "\ufffe"])
def test_a_heading_without_a_letter_that_is_seen_spoils_no_paper(text):
    assert "ก" in written(Heading(text), Paragraph("ก"))
