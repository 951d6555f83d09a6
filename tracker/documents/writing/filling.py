"""
Filling the fields of a template: what runs in a process of its own, for a template can ask for anything.

`python -m tracker.documents.writing.filling` takes a template and values, and gives the Word file or a sentence.
"""

import json
import pickle
import re
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from tracker.documents.bounds import bind
from tracker.documents.writing.template_fields import FIELDS, OF_A_MEASURE
from tracker.documents.writing.template_refusals import (
    BodyNotAlone,
    Forbidden,
    LeadsOutside,
    TooMuchAsked,
    Unclosed,
    Unfillable,
    UnknownField,
    Unreadable,
)
from tracker.domain.sentences import Refusal

MARK = "\u2063body\u2063"  # an invisible separator on either side: nobody writes that by chance
FILTERS = ("default", "first", "join", "last", "length", "lower", "trim", "upper")
FORBIDDEN = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Macro, nodes.CallBlock, nodes.Call)
TESTS = ("defined", "equalto", "none", "undefined", "in", "eq", "ne", "gt", "lt", "ge", "le", "even", "odd")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}link"
# Commands of Word's own fields that read other files or start programs when the paper is opened or printed.
FETCHING = {"DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"}
KNOWN = [field.name for field in (*FIELDS, *OF_A_MEASURE)]
MEGABYTE = 1024 * 1024
LIMITS = {"RLIMIT_AS": 768 * MEGABYTE, "RLIMIT_CPU": 60, "RLIMIT_FSIZE": MEGABYTE, "RLIMIT_CORE": 0}
SHOWN_OF_PLACE = 80
_NAMED = re.compile("'([^']+)' is undefined|has no attribute '([^']+)'")


class _Body:
    """Stands for the report's own body until it is put there."""

    def __html__(self) -> str:
        return f"<w:p><w:r><w:t>{MARK}</w:t></w:r></w:p>"

    __str__ = __html__


class _Sandbox(ImmutableSandboxedEnvironment):
    """Fields, loops over them and conditions; nothing that calls, multiplies or counts."""

    intercepted_binops = frozenset({"*", "**", "%", "//", "/", "+"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if next(tree.find_all(FORBIDDEN), None):
            raise SecurityError()
        return tree

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> Any:
        raise SecurityError(operator)

    def is_safe_attribute(self, obj: Any, attr: str, _value: Any) -> bool:
        return isinstance(obj, Mapping) and attr in obj


def fill(template: bytes, values: Mapping[str, Any]) -> bytes:
    """
    Return the Word file that a template gives with these values; `MARK` stands where the report's body belongs.

    :raises Refusal: if the template asks for what there is not, or for what no template may
    """
    opened = _opened(template)
    sandbox = _Sandbox()
    try:
        unknown = opened.get_undeclared_template_variables(sandbox) - {*values, "body"}
        if unknown:
            raise _unknown(sorted(unknown)[0], opened)
        opened.render({**values, "body": _Body()}, sandbox, autoescape=True)
        target = BytesIO()
        opened.save(target)
        _check(target)
    except UndefinedError as error:
        found = _NAMED.search(str(error))
        raise _unknown((found[1] or found[2]) if found else str(error), opened) from error
    except SecurityError as error:
        raise Forbidden() from error
    except TemplateError as error:
        raise _mistake(error) from error
    except RecursionError as error:
        raise TooMuchAsked() from error
    except Refusal:
        raise
    except Exception as error:
        raise Unreadable() from error
    return target.getvalue()


def _opened(template: bytes) -> DocxTemplate:
    try:
        opened = DocxTemplate(BytesIO(template))
        opened.init_docx()
        parts = [*opened.docx.part.package.iter_parts()]
    except Exception as error:
        raise Unreadable() from error
    outside = (rel for part in parts for rel in part.rels.values() if rel.is_external)
    if any(rel.reltype != RELATIONSHIP_TYPE.HYPERLINK for rel in outside):
        raise LeadsOutside()
    if any("{{p body" not in text and re.search(r"\{\{\s*body", text) for text in _paragraphs(opened)):
        raise BodyNotAlone()
    return opened


def _check(filled: BytesIO) -> None:
    """
    Look through what came of the template, for its marks can write commands too.

    :raises LeadsOutside: if opening it would draw in something that is not in the file
    """
    with ZipFile(filled) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                root = parse_xml(archive.read(name))
                is_drawn_in = (one.tag == f"{W}altChunk" or one.get(LINK) for one in root.iter("*"))
                if any(is_drawn_in) or FETCHING.intersection(_commands(root)):
                    raise LeadsOutside()


def _commands(root: Any) -> Iterator[str]:
    """Yield the command of each of Word's own fields; of one that another field inside it would write, `LINK`."""
    open_ones: list[str] = []
    for one in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        kind = one.get(f"{W}fldCharType")
        if one.tag == f"{W}fldSimple":
            yield _first_word(one.get(f"{W}instr", ""))
        elif one.tag == f"{W}instrText" and open_ones:
            open_ones[-1] += one.text or ""
        elif kind == "begin":
            if open_ones and not re.match(r"\s*\S+\s", open_ones[-1]):
                yield "LINK"
            open_ones.append("")
        elif kind == "end" and open_ones:
            yield _first_word(open_ones.pop())
    yield from map(_first_word, open_ones)


def _first_word(text: str) -> str:
    return (text.replace('"', " ").split() or [""])[0].upper()


def _unknown(name: str, opened: DocxTemplate) -> Refusal:
    """Return what to say of a field that there is not: which one is meant, and where it stands."""
    near = get_close_matches(name, KNOWN, n=1)
    word = re.compile(rf"(?<![\w]){re.escape(name)}(?![\w])")
    place = next((text for text in _paragraphs(opened) if "{" in text and word.search(text)), "")
    return UnknownField(name, near[0] if near else "", _readable(place))


def _mistake(error: TemplateError) -> Refusal:
    """Return what to say of marks that are not right; docxtpl notes the words around them."""
    why = str(error)
    if why.startswith("Unexpected end of template"):
        return Unclosed()
    if why.startswith(("No filter named", "No test named")):
        return Forbidden()
    lines = [line.strip() for line in getattr(error, "docx_context", ()) if "{" in line]
    return Unfillable(_readable(lines[0]) if lines else "")


def _readable(text: str) -> str:
    """Return a place in the template as a page may show it, its marks in brackets that mean nothing there."""
    return re.sub(r"%\}|\}\}", "›", re.sub(r"\{\{|\{%", "‹", text))[:SHOWN_OF_PLACE]


def _paragraphs(opened: DocxTemplate) -> Iterator[str]:
    """Go through the texts of all paragraphs, in tables and in heads and feet of pages too, as they were uploaded."""
    source = DocxTemplate(opened.template_file)
    opened.template_file.seek(0)
    source.init_docx()
    document = source.docx
    roots = [document.element.body]
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            roots.append(part._element)
    for root in roots:
        for paragraph in root.iter(f"{W}p"):
            yield "".join(text.text or "" for text in paragraph.iter(f"{W}t")).strip()


def main() -> None:
    """Fill the template that comes in; what comes in is from the program itself."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    sys.stdin.buffer.readline()  # a name, which only a report has
    template, values = pickle.load(sys.stdin.buffer)
    bind(LIMITS)
    try:
        answer: dict[str, Any] = {"made": b64encode(fill(template, values)).decode()}
    except Refusal as refusal:
        answer = {"refusal": refusal.sentence.to_json()}
    except MemoryError:
        answer = {"refusal": TooMuchAsked().sentence.to_json()}
    answers.write(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main()
