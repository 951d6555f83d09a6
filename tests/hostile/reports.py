"""What is no report: each file with its name and the refusal that whoever sends it must read."""

import io
import random
import zipfile
from collections.abc import Mapping

from tests import papers
from tests.hostile.documents import DOCUMENTS
from tests.hostile.foreign import FOREIGN, ole
from tests.papers import DOCX_MAIN, XLSX_MAIN, packed
from tracker.documents.evidence import refusals as general
from tracker.documents.reading import refusals
from tracker.documents.reading.markup import LONGEST_CELL, MOST_POINTS
from tracker.documents.reading.measure_tables import MOST_MEASURES
from tracker.documents.reading.refusals import MAX_BYTES, MOST_BYTES, ReportTooLong
from tracker.documents.reading.rows import MOST_LINES
from tracker.documents.reading.xlsx import MOST_CELLS
from tracker.domain.sentences import Refusal

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADINGS = "ผลการวิเคราะห์\tมาตรการ\tขั้นตอน\tระยะเวลา\tผู้รับผิดชอบ\n"


def relations(target: str, *, strict: bool = False) -> str:
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else R
    return (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{kind}/officeDocument" Target="{target}"/>'
        "</Relationships>"
    )


def word(body: str, *, before: str = "", more: Mapping[str, str] | None = None, stored: bool = False) -> bytes:
    """Return a Word document whose body is written by hand."""
    parts = {
        "[Content_Types].xml": _types("/word/document.xml", DOCX_MAIN),
        "_rels/.rels": relations("word/document.xml"),
        "word/document.xml": f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }
    return packed(parts | dict(more or {}), compression=zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)


def excel(sheet: str, *, before: str = "", strings: str = "", stored: bool = False) -> bytes:
    """Return a workbook whose only sheet is written by hand."""
    types = _types("/xl/workbook.xml", XLSX_MAIN)
    shared = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{papers.TYPES}spreadsheetml.sharedStrings+xml"/>'
    sheets = '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    parts = {
        "[Content_Types].xml": types.replace("</Types>", shared + "</Types>"),
        "_rels/.rels": relations("xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{R}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{S}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{S}"/>',
    }
    return packed(parts, compression=zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)


def _types(name: str, main: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{name}" ContentType="{papers.TYPES}{main}"/></Types>'
    )


def laughs(depth: int = 12) -> str:
    """Return entities each of which holds ten of the one before."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE x [<!ENTITY l0 "ฮา">{lines}]>'


def quadratic() -> str:
    return f'<!DOCTYPE x [<!ENTITY l11 "{"ก" * 100_000}">]>'


# What the search for definitions does not get to see: the parsers themselves have to hold.
ASIDE = "<!--" + random.Random(1).randbytes(200_000).hex() + "-->"


def _without(part: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return file.getvalue()


def _table(rows: int, columns: int = 2) -> str:
    return "<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * columns + "</w:tr>") * rows + "</w:tbl>"


def paragraphs(count: int) -> str:
    """Return numbered paragraphs, 25 characters each, which is how much there is to unpack for little that is sent."""
    return "".join(f'<w:p w:rsidR="{number:08x}"/>' for number in range(count))


def _measures(count: int) -> bytes:
    rows = "".join(f"ก\tมาตรการ {number}\tข\tทุกเดือน\tกองคลัง\n" for number in range(count))
    return (HEADINGS + rows).encode()


LINES = ReportTooLong("The file has more than %(limit)s lines: this is no report.", limit=MOST_LINES)
CELLS = ReportTooLong("The file has more than %(limit)s cells: this is no report.", limit=MOST_CELLS)
CELL = ReportTooLong("A cell holds more than %(limit)s characters: this is no report.", limit=LONGEST_CELL)
POINTS = ReportTooLong("A cell holds a list of more than %(limit)s points: this is no report.", limit=MOST_POINTS)
MEASURES = ReportTooLong("The file has more than %(limit)s measures: this cannot be one plan.", limit=MOST_MEASURES)

TEXTS: dict[str, tuple[str, bytes, Refusal]] = {
    "nothing": ("a.txt", b"", refusals.EmptyReport()),
    "nothing as docx": ("a.docx", b"", refusals.EmptyReport()),
    "spaces": ("a.txt", b" \r\n\t\n", refusals.EmptyReport()),
    "zeros": ("a.docx", bytes(5000), refusals.NotText()),
    "noise": ("a.xlsx", random.Random(2).randbytes(5000), refusals.NotThai()),
    "english": ("a.txt", b"Measures and steps\n" * 50, refusals.NotThai()),
    "half a letter": ("a.txt", "มาตรการ".encode()[:-1], refusals.DamagedText()),
    "minutes of a meeting": ("a.txt", "รายงานการประชุม".encode(), refusals.NoMeasures()),
    "too much text": ("a.txt", "ก".encode() * (MAX_BYTES // 3 + 1), refusals.ReportTooLarge()),
    "too large": ("a.docx", papers.docx() + bytes(MOST_BYTES), refusals.ReportTooLarge(MOST_BYTES)),
    "lines without end": ("a.txt", "ก\n".encode() * (MOST_LINES + 1), LINES),
    "lines of commas": ("a.csv", "ก,ข\n".encode() * (MOST_LINES + 1), LINES),
    "a cell of commas": ("a.csv", f'ก,"{"ข" * 140_000}"\n'.encode(), CELL),
    "a cell without end": ("a.txt", (HEADINGS + "ก\t" + "ข" * 30_000 + "\tค\tทุกเดือน\tง\n").encode(), CELL),
    "a list without end": ("a.txt", (HEADINGS + "ก\tข\t" + "- ค " * 600 + "\tทุกเดือน\tง\n").encode(), POINTS),
    "a thousand measures": ("a.txt", _measures(1000), MEASURES),
    "a page as xls": ("a.xls", "<html><table><tr><td>มาตรการ</td></tr></table>".encode(), refusals.WebPage()),
    "a table as xls": ("a.xls", "\r\n<TABLE><tr><td>มาตรการ</td></tr></TABLE>".encode(), refusals.WebPage()),
    "a page in xml": ("a.xhtml", b'<?xml version="1.0"?><html/>', refusals.WebPage()),
    "word of 2003 in xml": ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word"?>', general.OtherOffice()),
    "a drawing": ("a.svg", b"<svg/>", general.OtherOffice()),
    "rich text": ("a.rtf", b"{\\rtf1\\ansi}", general.OtherOffice()),
    "a picture": ("แผน.jpg", papers.jpg(), refusals.Picture()),
    "a picture as docx": ("แผน.docx", papers.png(), refusals.Picture()),
    "a photograph": ("IMG_1.HEIC", papers.heic(), refusals.Picture()),
    "word of 1997": ("แผน.doc", ole("WordDocument"), general.OldOffice()),
    "excel of 1997 as xlsx": ("แผน.xlsx", ole("Workbook"), general.OldOffice()),
    "a message of outlook": ("a.msg", ole("__nameid_version1.0"), refusals.NoDocument()),
}  # fmt: skip

BY_HAND: dict[str, tuple[str, bytes, Refusal]] = {
    "a document of strict words": (
        "a.docx", packed(papers.docx_parts() | {"_rels/.rels": relations("word/document.xml", strict=True)}),
        refusals.StrictOffice(),
    ),
    "a document without words": ("a.docx", word(""), refusals.NoMeasures()),
    "a document without its list of parts": ("a.docx", papers.docx(), general.BrokenOffice()),
    "a document that is no xml": ("a.docx", word("<w:p>"), general.BrokenOffice()),
    "elements ten thousand deep": (
        "a.docx", word("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000), general.BrokenOffice(),
    ),
    "tables fifty deep": (
        "a.docx",
        word("<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>" * 50 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 50),
        refusals.NoMeasures(),
    ),
    "text boxes fifty deep": (
        "a.docx",
        word("<w:p><w:r><w:pict><w:txbxContent>" * 50 + "</w:txbxContent></w:pict></w:r></w:p>" * 50),
        refusals.NoMeasures(),
    ),
    "ten thousand rows": ("a.docx", word(_table(MOST_LINES + 1)), LINES),
    "a book of forty megabytes": ("a.docx", word(paragraphs(1_700_000)), refusals.TookTooMuch()),
    "a hundred thousand paragraphs": ("a.docx", word(paragraphs(100_001)), LINES),
    "a cell over a billion columns": (
        "a.docx",
        word(_table(1).replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>')),
        refusals.NoMeasures(),
    ),
    "laughs behind a long remark": ("a.docx", word("&l11;", before=ASIDE + laughs()), general.BrokenOffice()),
    "a blow-up behind a long remark": (
        "a.docx", word("&l11;" * 3000, before=ASIDE + quadratic()), general.BrokenOffice(),
    ),
    "a workbook without words": ("a.xlsx", excel(""), refusals.NoMeasures()),
    "a workbook without its sheet": ("a.xlsx", _without("xl/worksheets/sheet1.xml", excel("")), refusals.NoMeasures()),
    "a workbook without its list of sheets": (
        "a.xlsx", _without("xl/_rels/workbook.xml.rels", excel("")), general.BrokenOffice(),
    ),
    "a sheet that is no xml": ("a.xlsx", excel("<row>"), general.BrokenOffice()),
    "laughs in a sheet": (
        "a.xlsx", excel('<row><c t="str"><v>&l11;</v></c></row>', before=ASIDE + laughs()), general.BrokenOffice(),
    ),
    "a blow-up in a sheet": (
        "a.xlsx",
        excel(f'<row><c t="str"><v>{"&l11;" * 3000}</v></c></row>', before=ASIDE + quadratic()),
        general.BrokenOffice(),
    ),
    "a million cells": ("a.xlsx", excel(("<row>" + "<c/>" * 16_384 + "</row>") * 62, stored=True), CELLS),
    "a column beyond the last": ("a.xlsx", excel('<row><c r="ZZZZ1"><v>1</v></c></row>'), general.BrokenOffice()),
    "a row beyond the last": ("a.xlsx", excel('<row r="99999999"><c><v>1</v></c></row>'), refusals.NoMeasures()),
    "a text that is not there": ("a.xlsx", excel('<row><c t="s"><v>5</v></c></row>'), general.BrokenOffice()),
    "a style that is not there": ("a.xlsx", excel('<row><c s="99"><v>5</v></c></row>'), refusals.NoMeasures()),
    "a number of five thousand digits": (
        "a.xlsx", excel(f"<row><c><v>{'9' * 5000}</v></c></row>"), general.BrokenOffice(),
    ),
    "a formula that would run a program": (
        "a.xlsx", excel("<row><c><f>cmd|'/c calc'!A1</f></c></row>"), refusals.NoMeasures(),
    ),
}  # fmt: skip

# What is refused as evidence and is no report either, for a reason of reading where there is one.
_INSTEAD: dict[type[Refusal], Refusal] = {
    general.OtherPicture: refusals.Picture(),
    general.SoundOrFilm: refusals.NoDocument(),
    general.LockedOffice: refusals.LockedReport(),
}
_ALSO = FOREIGN | DOCUMENTS

REPORTS = (
    TEXTS
    | BY_HAND
    | {
        name: (file_name, content, _INSTEAD.get(type(refusal), refusal))
        for name, (file_name, content, refusal) in _ALSO.items()
        if not isinstance(refusal, general.UnknownKind)
    }
)
