"""The feed as XML: what RFC 4287 asks of every feed and entry."""

from datetime import date, datetime
from xml.etree import ElementTree

import pytest

from tests.clocks import MORNING
from tracker.documents.writing import atom

NAMES = {"a": atom.ATOM, "h": atom.XHTML}


def feed(*, title="ข่าว", lines=("หนึ่ง",)):
    entry = atom.Entry("tag:x,2026-01-01:1", title, MORNING, "https://x/1", [("หัวข้อ", lines)])
    return atom.Feed(
        "tag:x,2026-01-01:0",
        "th",
        "ข่าว",
        "เทศบาล",
        "เทศบาล",
        "CC BY",
        "https://x/",
        "https://x/feed.atom",
        MORNING,
        [entry],
    )


def parsed(written):
    return ElementTree.fromstring(atom.write(written))


def test_a_feed_has_exactly_one_of_each_required_element():
    root = parsed(feed())
    assert [len(root.findall(f"a:{name}", NAMES)) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert root.find("a:author/a:name", NAMES).text == "เทศบาล"
    assert {link.get("rel") for link in root.findall("a:link", NAMES)} == {"self", "alternate"}


def test_an_entry_has_exactly_one_of_each_required_element():
    (entry,) = parsed(feed()).findall("a:entry", NAMES)
    assert [len(entry.findall(f"a:{name}", NAMES)) for name in ("id", "title", "updated", "content")] == [1] * 4


def test_content_is_one_div_of_xhtml():
    content = parsed(feed(lines=("a < b & c",))).find("a:entry/a:content", NAMES)
    assert content.get("type") == "xhtml"
    assert [child.tag for child in content] == [f"{{{atom.XHTML}}}div"]
    assert content.find(".//h:li", NAMES).text == "a < b & c"


def test_moments_are_written_as_rfc_3339_wants_them():
    written = parsed(feed()).find("a:updated", NAMES).text
    assert datetime.fromisoformat(written) == MORNING
    assert written.endswith("Z")


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\ud800", "\ufffe"])
def test_a_letter_that_xml_cannot_hold_is_left_out(letter):
    assert parsed(feed(title=f"ก{letter}ข")).find("a:entry/a:title", NAMES).text == "กข"


@pytest.mark.parametrize(
    ("base", "authority"),
    [
        ("https://ita.example.go.th/x", "ita.example.go.th"),
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("http://[::1]:80", "localhost"),
    ],
)
def test_an_identifier_names_the_host_without_its_port(base, authority):
    assert atom.tag(base, date(2025, 10, 6), "plan", 3) == f"tag:{authority},2025-10-06:plan:3"
