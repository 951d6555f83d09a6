"""News as an Atom feed (RFC 4287) with identifiers that stay the same wherever the feed moves (RFC 4151)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from tracker.documents.writing.texts import printable

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ATOM, XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Entry:
    """One piece of news: a title, and what it is about in paragraphs, each with its list."""

    id: str
    title: str
    updated_at: datetime
    url: str
    parts: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Feed:
    """News of one kind, the latest first; `author` is an organization."""

    id: str
    language: str
    title: str
    subtitle: str
    author: str
    rights: str
    url: str  # of the page that it is about
    own_url: str
    updated_at: datetime
    entries: Sequence[Entry]


def tag(base: str, minted_on: date, *parts: object) -> str:
    """
    Return a `tag:` identifier (RFC 4151).

    :param base: the address of this installation, whose host names it
    :param minted_on: a day on which the host was this installation's
    """
    host = urlsplit(base).hostname or "localhost"
    authority = "localhost" if ":" in host else host  # an IPv6 address is no name
    return f"tag:{authority},{minted_on.isoformat()}:{':'.join(str(part) for part in parts)}"


def write(feed: Feed) -> bytes:
    """Return the feed as XML."""
    root = Element(f"{{{ATOM}}}feed", {_XML_LANG: feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _moment(feed.updated_at))
    _text(root, "rights", feed.rights)
    _text(_element(root, "author"), "name", feed.author)
    _element(root, "link", rel="self", type="application/atom+xml", href=feed.own_url)
    _element(root, "link", rel="alternate", type="text/html", href=feed.url)
    for entry in feed.entries:
        _entry(root, entry)
    ElementTree.register_namespace("", ATOM)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")


def _entry(root: Element, entry: Entry) -> None:
    element = _element(root, "entry")
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "updated", _moment(entry.updated_at))
    _element(element, "link", rel="alternate", type="text/html", href=entry.url)
    content = SubElement(_element(element, "content", type="xhtml"), f"{{{XHTML}}}div")
    for heading, lines in entry.parts:
        SubElement(content, f"{{{XHTML}}}p").text = printable(heading)
        if lines:
            listed = SubElement(content, f"{{{XHTML}}}ul")
            for line in lines:
                SubElement(listed, f"{{{XHTML}}}li").text = printable(line)


def _element(parent: Element, name: str, **attributes: str) -> Element:
    return SubElement(parent, f"{{{ATOM}}}{name}", attributes)


def _text(parent: Element, name: str, text: str) -> None:
    _element(parent, name).text = printable(text)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
