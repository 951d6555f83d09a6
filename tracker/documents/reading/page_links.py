"""A web page → its links: the words of each, the address it leads to, and what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tracker.documents.reading.references import without_endless_numbers
from tracker.domain.disclosure_matches import LONGEST_TEXT, FoundLink, code_in
from tracker.domain.evidence import LONGEST_ADDRESS, LONGEST_TITLE, NotAnAddress, web_address
from tracker.domain.thai import clean

MOST_LINKS = 3000
MOST_PIECES = 50  # of words in one link, or beside it: pages leave links open, and all that follows would be theirs
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"}
    | {"legend", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "ul"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend", "summary", "dt"})
_SMALLER_HEADINGS = _HEADINGS - {"h1", "h2"}
_PARTS = frozenset({"article", "aside", "footer", "header", "main", "nav", "section"})  # what heads one heads no other
_UNSEEN = frozenset({"script", "style", "noscript", "template", "title", "select"})
_WEB = frozenset({"http", "https"})


def links_of(html: str, *, url: str) -> list[FoundLink]:
    """
    Return the links of a page to other pages, each address once, in the page's order.

    :param url: where the page was opened, which relative addresses start from
    """
    reader = _PageReader(url)
    reader.feed(without_endless_numbers(html))
    reader.close()
    reader.end()
    return _once_each(reader.found)


@dataclass
class _Link:
    address: str
    names: list[str] = field(default_factory=list)  # of attributes, where no words are shown
    words: list[str] = field(default_factory=list)
    nearby: list[str] = field(default_factory=list)

    def name(self, name: str) -> None:
        """Note the name of a picture in it."""
        if name.strip() and len(self.names) < MOST_PIECES:
            self.names.append(name)

    def say(self, words: str) -> None:
        """Note words in it."""
        if len(self.words) < MOST_PIECES:
            self.words.append(words)

    @property
    def title(self) -> str:
        return clean(" ".join(self.words)) or next(filter(None, map(clean, self.names)), "")


@dataclass
class _Area:
    """Words that stand together – a block or a row of a table – and the links among them."""

    words: list[str] = field(default_factory=list)
    links: list[_Link] = field(default_factory=list)


class _PageReader(HTMLParser):
    """Collects links as they come; a page need not be well formed."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base, self._names_its_base, self.found = url, False, list[_Link]()
        self._link: _Link | None = None
        self._block, self._rows = _Area(), list[_Area]()
        self._label, self._labels_around, self._unseen = "", list[str](), 0

    def parse_html_declaration(self, i: int) -> int:
        """Pass over what is no declaration, such as `<![[`, up to its end, as browsers do."""
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "base":
            self._begin_base(given.get("href", ""))
        elif tag == "tr":
            self._end_block()
            self._rows.append(_Area())
            self._labels_around.append(self._label)
        elif tag in _BLOCKS:
            self._end_part(tag)
        elif tag in {"td", "th"}:
            self._say(" ")
        elif tag == "a":
            self._begin_link(given)
        elif tag in {"img", "area"} and self._link is not None:
            self._link.name(given.get("alt", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "a":
            self._link = None
        elif tag == "tr":
            self._end_block()
            if self._rows:
                _lie_near(self._rows.pop())
                self._label = self._labels_around.pop()  # what stands in a row is about that row
        elif tag in _BLOCKS:
            self._end_part(tag, is_over=True)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._say(data)

    def end(self) -> None:
        """End what the page left open."""
        self._end_block()
        while self._rows:
            _lie_near(self._rows.pop())

    def _say(self, words: str) -> None:
        self._block.words.append(words)
        if self._rows:
            self._rows[-1].words.append(words)
        if self._link is not None:
            self._link.say(words)

    def _begin_base(self, written: str) -> None:
        """The first one counts, as in browsers: a thousand of them, each within the other, would be an endless one."""
        if not self._names_its_base:
            self._names_its_base = True
            self.base = _joined(self.base, written) or self.base

    def _begin_link(self, given: dict[str, str]) -> None:
        self._link = None
        address = _joined(self.base, given.get("href", ""))
        if not address or self._unseen or len(self.found) >= MOST_LINKS:
            return
        self._link = _Link(address, names=[given.get("title", ""), given.get("aria-label", "")])
        self.found.append(self._link)
        self._block.links.append(self._link)
        if self._rows:
            self._rows[-1].links.append(self._link)

    def _end_part(self, tag: str, *, is_over: bool = False) -> None:
        is_below_an_item = tag in _SMALLER_HEADINGS and code_in(self._label) is not None
        self._end_block(is_label=is_over and tag in _HEADINGS and not is_below_an_item)
        if tag in _PARTS:
            self._label = ""

    def _end_block(self, *, is_label: bool = False) -> None:
        """Lay the block's words beside its links; a heading, or words that name an item, are beside what follows."""
        block, self._block = self._block, _Area(links=[self._link] if self._link else [])
        words = clean(" ".join(block.words))
        if words and len(words) <= LONGEST_TEXT and (is_label or (code_in(words) and not block.links)):
            self._label = words
        _lie_near(block)
        self._add_label(block)

    def _add_label(self, block: _Area) -> None:
        for link in block.links:
            if self._label and len(link.nearby) < MOST_PIECES:
                link.nearby.append(self._label)


def _lie_near(area: _Area) -> None:
    words = clean(" ".join(area.words))
    if len(words) <= LONGEST_TEXT:
        for link in area.links:
            if len(link.nearby) < MOST_PIECES and words != link.title:
                link.nearby.insert(min(1, len(link.nearby)), words)


def _joined(base: str, written: str) -> str:
    """Return the whole address of a link as it is kept, nothing where it leads to no other page."""
    if len(written) > LONGEST_ADDRESS or not written.strip() or written.strip().startswith("#"):
        return ""
    try:
        address = urljoin(base, written.strip().replace(" ", "%20"))
        return web_address(address) if urlsplit(address).scheme in _WEB else ""
    except (ValueError, NotAnAddress):
        return ""


def _once_each(links: Sequence[_Link]) -> list[FoundLink]:
    """Return each address once, with the longest of its titles and everything beside it."""
    by_address: dict[str, FoundLink] = {}
    for link in links:
        known = by_address.get(link.address, FoundLink("", link.address))
        title = max(known.title, link.title[:LONGEST_TITLE], key=len)
        nearby = dict.fromkeys(text for text in (*known.nearby, *link.nearby) if text and text != title)
        by_address[link.address] = FoundLink(title, link.address, tuple(nearby)[:4])
    return list(by_address.values())
