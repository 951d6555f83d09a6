"""What a web page says at a glance, read in one pass by our own code: hostile pages reach no library."""

import html
import re
from dataclasses import dataclass, field

from tracker.documents.reading.references import without_endless_numbers

MOST_TEXT = 2000  # characters that are kept
MOST_TITLE, MOST_HEADINGS = 300, 10
MOST_MARKS = 50_000  # begins and ends of elements that are read; what comes after so many tells nothing new
MOST_ATTRIBUTES = 2000  # characters of them in one element
MOST_WAIT = 30  # seconds after which a page that sends on no longer counts as one that does
THAI = {"tis-620", "tis620", "windows-874", "iso-8859-11", "x-windows-874", "cp874", "dos-874"}
# What pages are written in (WHATWG Encoding). Python knows more, and of these some take hours over a hostile page.
OTHERS = re.compile(
    r"utf-?8|us-ascii|latin1|iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|macintosh|gb2312|gbk|gb18030|big5|euc-(jp|kr)|"
    r"shift_jis|iso-2022-jp"
)
# Not shown, or not what the page says.
UNSEEN = {"script", "style", "noscript", "template", "svg", "textarea", "select", "title"}
SHOWING = {"script", "img", "iframe", "frame", "embed", "object", "video", "audio", "canvas", "svg"}
IN_LINE = {"a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u", "wbr"}
_MARK = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)>?")
_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w-]+)", re.IGNORECASE)
# Each sign is looked at a few times at most: nothing is tried anew from within a name.
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]++)\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_REFRESH = re.compile(r"\s*+(\d++)(?:\.\d*+)?\s*+[;,]?\s*+(?:url\s*+=\s*+)?[\"']?([^\"']++)", re.IGNORECASE)
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in UNSEEN}


@dataclass
class PageWords:
    """What a page says, as far as a judgement needs it."""

    title: str = ""
    text: str = ""
    headings: tuple[str, ...] = ()
    shows_more: bool = False
    asks_for_password: bool = False
    sends_on_to: str = ""


def decoded(body: bytes, content_type: str) -> str:
    """Return a page as text: in the encoding it names, else UTF-8, else the old Thai one; what fails is replaced."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return body.decode(name, errors="replace")
    found = _CHARSET.search(content_type) or _CHARSET.search(body[:4096].decode("latin-1"))
    name = found[1].lower() if found else ""
    if name in THAI:
        return body.decode("cp874", errors="replace")
    try:
        return body.decode(name if OTHERS.fullmatch(name) else "utf-8")
    except (LookupError, UnicodeError):
        pass
    # Cut within a letter it is still UTF-8; a page in Thai's old encoding is wrong from its first letter.
    as_utf8 = body.decode(errors="replace")
    return as_utf8 if as_utf8.count("\ufffd") * 100 < len(as_utf8) else body.decode("cp874", errors="replace")


def words_of(page: str) -> PageWords:
    """Return what a page says."""
    reading = _Reading()
    place = 0
    for _ in range(MOST_MARKS):
        mark = _MARK.search(page, place)
        if mark is None:
            break
        reading.take(page[place : mark.start()])
        place = mark.end()
        if mark[0] == "<!--":
            end = page.find("-->", place)
            place = len(page) if end < 0 else end + 3
            continue
        name = mark[2].lower()
        if mark[1]:
            reading.close(name)
            continue
        reading.open(name, mark[3][:MOST_ATTRIBUTES])
        if name in UNSEEN and not mark[3].endswith("/"):
            end_mark = _ENDS[name].search(page, place)
            end = end_mark.start() if end_mark else len(page)
            if name == "title" and not reading.title:
                reading.title = page[place:end][:MOST_TITLE]
            place = end
    reading.take(page[place:])
    return reading.words()


@dataclass
class _Reading:
    """A page while it is read."""

    title: str = ""
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    heading: list[str] | None = None
    headings: list[str] = field(default_factory=list)
    marks: PageWords = field(default_factory=PageWords)

    def take(self, text: str) -> None:
        """Note a piece of text."""
        if self.heading is not None and len(self.heading) < MOST_TEXT:
            self.heading.append(text[:MOST_TITLE])
        if self.length < MOST_TEXT and text.strip():
            self.length += len(text.strip())
            self.pieces.append(text[: 4 * MOST_TEXT])

    def open(self, name: str, attributes: str) -> None:
        """Note the begin of an element."""
        if name in {"h1", "h2", "h3"}:
            self.heading = []
        elif name in SHOWING:
            self.marks.shows_more = True
        elif name == "input" and _attributes(attributes).get("type", "").lower() == "password":
            self.marks.asks_for_password = True
        elif name == "meta" and not self.marks.sends_on_to:
            self.marks.sends_on_to = _refresh(_attributes(attributes))
        self._part(name)

    def close(self, name: str) -> None:
        """Note the end of an element."""
        if name in {"h1", "h2", "h3"} and self.heading is not None:
            heading = _plain("".join(self.heading), MOST_TITLE)
            if heading and len(self.headings) < MOST_HEADINGS:
                self.headings.append(heading)
            self.heading = None
        self._part(name)

    def _part(self, name: str) -> None:
        if name not in IN_LINE:
            if self.length < MOST_TEXT:
                self.pieces.append(" ")
            if self.heading is not None and self.heading:
                self.heading.append(" ")

    def words(self) -> PageWords:
        """Return what was noted."""
        self.marks.title = _plain(self.title, MOST_TITLE)
        self.marks.text = _plain("".join(self.pieces), MOST_TEXT)
        self.marks.headings = tuple(self.headings)
        return self.marks


def _attributes(written: str) -> dict[str, str]:
    return {name.lower(): html.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(written)}


def _refresh(attributes: dict[str, str]) -> str:
    """Return where a page sends on to by itself, after a moment."""
    if attributes.get("http-equiv", "").lower() != "refresh":
        return ""
    found = _REFRESH.fullmatch(attributes.get("content", ""))
    return found[2].strip() if found and int(found[1][:6]) <= MOST_WAIT else ""


def _plain(text: str, most: int) -> str:
    return " ".join(html.unescape(without_endless_numbers(text)).replace("\x00", "").split())[:most]
