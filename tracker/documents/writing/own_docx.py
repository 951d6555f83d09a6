"""A paper as DOCX in a template of the organization's own: its fields filled, our body put where it wants it."""

import pickle
import sys
from base64 import b64decode
from collections.abc import Mapping
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as OpenDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Length

from tracker.documents.reading import apart
from tracker.documents.reading.refusals import UnreadableReport
from tracker.documents.writing import docx, template_fields
from tracker.documents.writing.filling import MARK
from tracker.documents.writing.paper import Paper
from tracker.documents.writing.template_fields import Value
from tracker.documents.writing.template_refusals import BodyNotAlone, TooMuchAsked, Unreadable, UnusableTemplate
from tracker.domain.sentences import Sentence

COMMAND = (sys.executable, "-m", "tracker.documents.writing.filling")
SECONDS = 60.0


def write(template: bytes, fields: Mapping[str, Value], paper: Paper, *, seconds: float = SECONDS) -> bytes:
    """
    Return the paper in a template.

    :param fields: by the names of `template_fields`, without the body
    :raises UnusableTemplate: with what is wrong with the template
    """
    values = template_fields.shown(fields, thai_digits=paper.has_thai_digits)
    filled = _filled(template, values, seconds)
    try:
        document = Document(BytesIO(filled))
    except Exception as error:
        raise Unreadable() from error
    _put_body(document, paper)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _filled(template: bytes, values: Mapping[str, Any], seconds: float) -> bytes:
    """Fill the fields in a process of its own, which may take neither long nor much memory."""
    try:
        answer = apart.ask(COMMAND, pickle.dumps((template, values)), seconds=seconds)
        if "made" in answer:
            return b64decode(answer["made"])
        sentence = Sentence.from_json(answer["refusal"])
    except (UnreadableReport, LookupError, TypeError, ValueError) as error:
        raise TooMuchAsked() from error
    raise UnusableTemplate(sentence.message, **sentence.values)


def _put_body(document: OpenDocument, paper: Paper) -> None:
    """Write the paper's blocks where the template wants them; a template without the field has none."""
    body = document.element.body
    marks = [line for line in body.iter(qn("w:p")) if MARK in "".join(line.itertext())]
    if not marks:
        return
    if len(marks) > 1 or marks[0].getparent() is not body:
        raise BodyNotAlone()
    ours = docx.blank(thai_digits=paper.has_thai_digits)
    _lend_styles(document, ours)
    lists = _Lists(document, ours)
    last = len(body) - 1 if body[-1].tag == qn("w:sectPr") else len(body)
    section = document.sections[0]
    sides = (section.left_margin or 0) + (section.right_margin or 0)
    width = Length((section.page_width or docx.SHORT_SIDE) - sides)
    docx.write_blocks(document, paper, width=width)
    written = [one for one in body[last:] if one.tag != qn("w:sectPr")]
    lists.settle()
    for one in written:
        marks[0].addprevious(one)
    body.remove(marks[0])


def _lend_styles(document: OpenDocument, ours: OpenDocument) -> None:
    """Bring our styles along where the template has none of the same name: what it has stays its own."""
    known = {style.name: style.style_id for style in document.styles}
    for style in ours.styles:
        if style.name not in known:
            lent = deepcopy(style.element)
            taken = style.style_id in known.values()
            known[style.name] = f"{style.style_id}OfReport" if taken else style.style_id
            lent.set(qn("w:styleId"), known[style.name])
            base = lent.find(qn("w:basedOn"))
            if base is not None:
                base.set(qn("w:val"), known.get(style.base_style.name, "Normal"))
            document.styles.element.append(lent)


class _Lists:
    """Our two kinds of lists beside those of the template."""

    def __init__(self, document: OpenDocument, ours: OpenDocument) -> None:
        self._root = _numbering(document, ours)
        self._before = set(self._root.findall(qn("w:num")))
        kinds = self._root.findall(qn("w:abstractNum"))
        self._first = 1 + max((int(kind.get(qn("w:abstractNumId"))) for kind in kinds), default=-1)
        for kind in ours.part.numbering_part.element.findall(qn("w:abstractNum")):
            lent = deepcopy(kind)
            lent.set(qn("w:abstractNumId"), str(self._first + int(kind.get(qn("w:abstractNumId")))))
            self._root.insert(len(kinds), lent)  # kinds stand before the lists themselves
            kinds.append(lent)

    def settle(self) -> None:
        """Let the lists that were written since be of our kinds."""
        for made in self._root.findall(qn("w:num")):
            if made not in self._before:
                kind = made.find(qn("w:abstractNumId"))
                kind.set(qn("w:val"), str(self._first + int(kind.get(qn("w:val")))))


def _numbering(document: OpenDocument, ours: OpenDocument) -> Any:
    part = document.part
    if not any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in part.rels.values()):
        lent = ours.part.numbering_part
        root = deepcopy(lent.element)
        for old in [*root]:
            root.remove(old)
        made = NumberingPart(PackURI("/word/numbering.xml"), lent.content_type, root, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return part.numbering_part.element
