"""The official layout of a DOCX: styles for Thai and nothing else, lists, and the settings of the file."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

FONT = "TH Sarabun New"  # cabinet, 7 September 2553: 16 points
CODE_FONT = "Courier New"
SIZE, SMALL = 16, 12
INK = "17324D"
CELL_MARGIN = 40  # twentieths of a point above and below what a cell holds; TH Sarabun New has room of its own
SIDE_MARGIN = 100
# What Word expects to find; every other style of python-docx's own template is taken out.
KEPT = {"Normal", "DefaultParagraphFont", "TableNormal", "TableGrid", "NoList"}

# name: size, bold, points before and after, centred, kept with what follows
STYLES: dict[str, tuple[int, bool, int, int, bool, bool]] = {
    "Normal": (SIZE, False, 0, 6, False, False),
    "Title": (22, True, 0, 4, True, True),
    "Subtitle": (18, False, 0, 0, True, True),
    "Heading 1": (20, True, 16, 6, False, True),
    "Heading 2": (18, True, 12, 4, False, True),
    "Heading 3": (SIZE, True, 8, 2, False, True),
    "List Paragraph": (SIZE, False, 0, 3, False, False),
    "Footer": (SMALL, False, 0, 0, False, False),
    "Table Title": (SIZE, True, 8, 4, False, True),
    "Table Text": (SIZE, False, 0, 0, False, False),
    "After Table": (6, False, 0, 0, False, False),
    "Chart Title": (SIZE, True, 12, 0, True, True),
    "Chart Finding": (SIZE, False, 0, 4, True, True),
    "Chart": (SIZE, False, 0, 12, True, False),
    "Signature": (SIZE, False, 6, 6, True, False),
}
COLOURED = ("Title", "Heading")


def element(tag: str, **values: object) -> Any:
    """Return a new element of WordprocessingML; its attributes are of the same namespace (`val` becomes `w:val`)."""
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def settle(document: Document, *, thai_digits: bool) -> None:
    """Set the styles, the lists and the settings of a new document."""
    _no_picture_of_the_template(document)
    _defaults(document)
    for name, (size, is_bold, before, after, is_centred, with_next) in STYLES.items():
        style = _style(document, name)
        _letters(style, size, is_bold)
        kept = style.paragraph_format
        kept.space_before, kept.space_after, kept.line_spacing = Pt(before), Pt(after), 1.0
        kept.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_centred else WD_ALIGN_PARAGRAPH.LEFT
        kept.keep_with_next, kept.widow_control = with_next, True
    code = document.styles.add_style("Code", WD_STYLE_TYPE.CHARACTER).element.get_or_add_rPr()
    code.append(element("w:rFonts", ascii=CODE_FONT, hAnsi=CODE_FONT, cs=CODE_FONT))
    code.append(element("w:noProof"))
    code.extend([element("w:sz", val=20), element("w:szCs", val=20)])
    _roomy_cells(document)
    _lists(document, thai_digits)
    _settings(document)


def _no_picture_of_the_template(document: Document) -> None:
    known = document.part.package.rels
    for name in [name for name, one in known.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del known[name]


def _defaults(document: Document) -> None:
    """Take out what the template brings along, so that a clerk's list of styles holds those of this paper."""
    root = document.styles.element
    for style in root.findall(qn("w:style")):
        link = style.find(qn("w:link"))
        if link is not None:
            style.remove(link)
        if style.get(qn("w:styleId")) not in KEPT | {wanted.replace(" ", "") for wanted in STYLES}:
            root.remove(style)
    letters = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _say(letters, SIZE)
    spacing = root.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}/{qn('w:spacing')}")
    spacing.set(qn("w:after"), "0")
    spacing.set(qn("w:line"), "240")


def _style(document: Document, name: str) -> ParagraphStyle:
    styles = document.styles
    if name in styles:
        style = styles[name]
        known = style.element.get_or_add_pPr()
        for old in [*known]:
            if old.tag != qn("w:outlineLvl"):
                known.remove(old)
        return style
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = styles["Normal"]
    return made


def _letters(style: ParagraphStyle, size: int, is_bold: bool) -> None:
    colour = INK if style.name.startswith(COLOURED) else ""
    _say(style.element.get_or_add_rPr(), size, is_bold=is_bold, colour=colour)


def _say(letters: Any, size: int, *, is_bold: bool = False, colour: str = "") -> None:
    """Say font, weight, size and language twice: Word reads those of Thai letters (`cs`) apart from the others."""
    for old in [*letters]:
        letters.remove(old)
    letters.append(element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
    if is_bold:
        letters.extend([element("w:b"), element("w:bCs")])
    if colour:
        letters.append(element("w:color", val=colour))
    letters.extend([element("w:sz", val=size * 2), element("w:szCs", val=size * 2)])
    letters.append(element("w:lang", val="en-US", eastAsia="en-US", bidi="th-TH"))


def _roomy_cells(document: Document) -> None:
    known = document.styles["Table Grid"].element.find(qn("w:tblPr"))
    old = known.find(qn("w:tblCellMar"))
    if old is not None:
        known.remove(old)
    margins = OxmlElement("w:tblCellMar")
    for side, room in (("top", CELL_MARGIN), ("left", SIDE_MARGIN), ("bottom", CELL_MARGIN), ("right", SIDE_MARGIN)):
        margins.append(element(f"w:{side}", w=room, type="dxa"))
    known.append(margins)


def _lists(document: Document, thai_digits: bool) -> None:
    root = document.part.numbering_part.element
    for old in [*root]:
        root.remove(old)
    for number, form, text in ((0, "bullet", "•"), (1, "thaiNumbers" if thai_digits else "decimal", "%1.")):
        kind = element("w:abstractNum", abstractNumId=number)
        level = element("w:lvl", ilvl=0)
        level.extend([element("w:start", val=1), element("w:numFmt", val=form)])
        level.extend([element("w:lvlText", val=text), element("w:lvlJc", val="left")])
        place = OxmlElement("w:pPr")
        place.append(element("w:ind", left=567, hanging=397))
        level.append(place)
        kind.append(level)
        root.append(kind)


def new_list(document: Document, *, is_numbered: bool) -> int:
    """Return the number of a new list; a numbered one begins at 1 again."""
    root = document.part.numbering_part.element
    number = 1 + max((int(one.get(qn("w:numId"))) for one in root.findall(qn("w:num"))), default=0)
    made = element("w:num", numId=number)
    made.append(element("w:abstractNumId", val=int(is_numbered)))
    again = element("w:lvlOverride", ilvl=0)
    again.append(element("w:startOverride", val=1))
    made.append(again)
    root.append(made)
    return number


def in_list(line: Paragraph, number: int) -> None:
    """Make the paragraph a point of that list."""
    known = line._p.get_or_add_pPr().get_or_add_numPr()
    known.get_or_add_ilvl().val = 0
    known.get_or_add_numId().val = number


def _settings(document: Document) -> None:
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    for old in [*compat]:
        compat.remove(old)
    newest = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    compat.append(element("w:compatSetting", **newest))
    settings.find(qn("w:clrSchemeMapping")).addprevious(element("w:themeFontLang", val="en-US", bidi="th-TH"))
