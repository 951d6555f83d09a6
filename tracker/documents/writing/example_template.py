"""The template to begin with: every field at work, and what each says."""

from io import BytesIO

from docx.document import Document as OpenDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Length

from tracker.documents.writing import docx, docx_tables
from tracker.documents.writing.template_fields import FIELDS, OF_A_MEASURE
from tracker.domain.issues import IssueKind

LEADS = {
    IssueKind.PLAN: "{{ organization }} กำหนดมาตรการประจำปีงบประมาณ พ.ศ. {{ fiscal_year }} จากผลการประเมิน ITA ดังนี้",
    IssueKind.FOLLOW_UP: "{{ organization }} ขอรายงานผลการดำเนินการ {{ period }} ข้อมูล ณ วันที่ {{ as_of }} ดังนี้",
}
COLUMNS = (("ตัวชี้วัด", "indicator"), ("มาตรการ", "title"), ("ระยะเวลา", "time_frame"), ("ผู้รับผิดชอบ", "responsible"))
WIDTHS = tuple(Length(Cm(width)) for width in (3, 10, 6, 5.7))


def write(kind: IssueKind) -> bytes:
    """Return the example for a kind of report."""
    document = docx.blank(thai_digits=False)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE  # as wide as the body's tables
    section.page_width, section.page_height = docx.LONG_SIDE, docx.SHORT_SIDE
    section.header.paragraphs[0].text = "{{ organization }}"
    section.footer.paragraphs[0].text = "ฉบับที่ {{ version }} ออกเมื่อ {{ issued_on }} โดย{{ issued_by }}"
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("ประจำปีงบประมาณ พ.ศ. {{ fiscal_year }}", style="Subtitle")
    document.add_paragraph(LEADS[kind])
    document.add_paragraph("{%p if reason %}")
    document.add_paragraph("ออกแทนฉบับก่อน: {{ reason }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("สรุปมาตรการ", style="Heading 1")
    _measures(document)
    document.add_paragraph("{{p body }}")
    document.add_paragraph("ค่าแฮชหัวประวัติของแผน {{ head_hash }}")
    _explanations(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _measures(document: OpenDocument) -> None:
    """A table with a row for each measure: the rows around it say where the repetition begins and ends."""
    table = document.add_table(rows=4, cols=len(COLUMNS), style="Table Grid")
    docx_tables.fix_widths(table, WIDTHS)
    head, begin, row, end = table.rows
    for mark, words in ((begin, "{%tr for measure in measures %}"), (end, "{%tr endfor %}")):
        mark.cells[0].merge(mark.cells[-1]).text = words
    for place, (title, name) in enumerate(COLUMNS):
        head.cells[place].text, row.cells[place].text = title, f"{{{{ measure.{name} }}}}"
    docx_tables.repeat(head)


def _explanations(document: OpenDocument) -> None:
    """What there is to choose from; whoever has read it deletes it."""
    document.add_paragraph("คำอธิบาย (ลบส่วนนี้ทิ้งก่อนใช้)", style="Heading 1").paragraph_format.page_break_before = True
    document.add_paragraph("เขียนชื่อช่องไว้ในวงเล็บปีกกาสองชั้น ระบบจะใส่ข้อมูลแทน จัดตัวอักษร ตาราง หัวและท้ายกระดาษได้ตามต้องการ")
    for title, fields in (("ช่องที่ใช้ได้", FIELDS), ("ช่องของมาตรการแต่ละข้อ (measure.…)", OF_A_MEASURE)):
        document.add_paragraph(title, style="Heading 2")
        table = document.add_table(rows=len(fields), cols=2, style="Table Grid")
        docx_tables.fix_widths(table, (Length(Cm(5)), Length(Cm(19))))
        for row, field in zip(table.rows, fields, strict=True):
            row.cells[0].text, row.cells[1].text = field.name, field.says
