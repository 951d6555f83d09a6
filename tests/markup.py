"""Reads a page as a person meets it: its elements, forms, labels and the words on it. Standard library only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "template", "title"}


@dataclass
class Element:
    """A node of the page; its text is in `words`, in order with its children."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    content: list["Element | str"] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    @cached_property
    def descendants(self) -> list["Element"]:
        """All elements within, in the order of the page; a page that was read is not changed."""
        found: list[Element] = []
        ahead: list[Element | str] = self.content[::-1]
        while ahead:
            child = ahead.pop()
            if isinstance(child, Element):
                found.append(child)
                ahead.extend(reversed(child.content))
        return found

    def all(self, *tags: str) -> list["Element"]:
        """Return the elements within that have one of these tags."""
        return [element for element in self.descendants if element.tag in tags]

    def within(self, tag: str) -> "Element | None":
        """Return the nearest element around this one with that tag."""
        around = self.parent
        while around is not None and around.tag != tag:
            around = around.parent
        return around

    @property
    def text(self) -> str:
        """The words a person reads, with single spaces."""
        return " ".join("".join(self._words(lambda element: element.tag not in SILENT)).split())

    @property
    def own_language_text(self) -> str:
        """The words that are not marked as being in another language."""
        return " ".join("".join(self._words(lambda e: e.tag not in SILENT and "lang" not in e.attributes)).split())

    def _words(self, is_read) -> Iterator[str]:
        for child in self.content:
            if isinstance(child, str):
                yield child
            elif is_read(child):
                yield " "
                yield from child._words(is_read)
                yield " "


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("#page")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.content.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != self.here.tag:
            raise AssertionError(f"line {self.getpos()[0]}: </{tag}> closes <{self.here.tag}>")
        self.here = self.here.parent or self.root

    def handle_data(self, data: str) -> None:
        self.here.content.append(data)


def parse(html: str) -> Element:
    """
    Return the page as a tree.

    :raises AssertionError: if an element is closed in the wrong place or never
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.here is not reader.root:
        raise AssertionError(f"<{reader.here.tag}> is never closed")
    return reader.root
