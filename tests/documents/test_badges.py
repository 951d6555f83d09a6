"""The pictures for other sites: small, readable aloud, without anything that such a picture may not have."""

from xml.etree import ElementTree

import pytest

from tracker.documents.writing import badges
from tracker.documents.writing.badges import COLOURS, Badge, Strip, Theme

SVG = "{http://www.w3.org/2000/svg}"
BADGE = Badge("มาตรการ ITA แล้วเสร็จ 64%", "มาตรการ ITA 2569", "แล้วเสร็จ 64%", 64)
STRIP = Strip(
    "ตามตัวชี้วัด", "มาตรการ ITA ปี 2569", [(number, None if number == 6 else 10 * number) for number in range(1, 11)]
)
PICTURES = [
    lambda theme: badges.badge(BADGE, theme),
    lambda theme: badges.strip(STRIP, theme),
    lambda theme: badges.strip(STRIP, theme, badges.NARROW),
]


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("draw", PICTURES)
def test_a_picture_is_read_aloud_by_its_title(draw, theme):
    root = ElementTree.fromstring(draw(theme))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == root[0].get("id")
    assert root[0].tag == f"{SVG}title"


@pytest.mark.parametrize("draw", PICTURES)
def test_a_picture_has_no_script_no_style_and_nothing_from_elsewhere(draw):
    root = ElementTree.fromstring(draw(Theme.LIGHT))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "rect", "text"}
    assert [name for element in root.iter() for name in element.attrib if name in {"style", "href", "onload"}] == []


def test_pictures_are_tiny():
    assert len(badges.badge(BADGE, Theme.LIGHT)) < 1_500
    assert len(badges.strip(STRIP, Theme.LIGHT)) < 4_000


@pytest.mark.parametrize("theme", Theme)
def test_words_and_bars_stand_out_from_their_ground(theme):
    colours = COLOURS[theme]
    assert contrast(colours.ink, colours.ground) >= 4.5
    assert contrast(colours.label_ink, colours.label) >= 4.5
    assert contrast(colours.bar, colours.track) >= 3


def test_the_words_fit_into_the_badge_whatever_the_font():
    root = ElementTree.fromstring(badges.badge(BADGE, Theme.LIGHT))
    widths = [int(text.get("textLength")) for text in root.iter(f"{SVG}text")]
    assert sum(widths) + 4 * badges.PAD == int(root.get("width")) == badges.badge_size(BADGE)[0]


def test_vowels_above_and_below_take_no_width():
    assert badges.badge_size(Badge("", "กิน", "", None)) == badges.badge_size(Badge("", "กน", "", None))


def test_an_indicator_without_tasks_has_a_dash_and_no_bar():
    root = ElementTree.fromstring(badges.strip(STRIP, Theme.LIGHT))
    texts = [text.text for text in root.iter(f"{SVG}text")]
    bars = [box for box in root.iter(f"{SVG}rect") if box.get("fill") == COLOURS[Theme.LIGHT].bar]
    assert texts[1:] == [text for n in range(1, 11) for text in (f"{n}", "–" if n == 6 else f"{10 * n}%")]
    assert len(bars) == 9
