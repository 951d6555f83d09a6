import re
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.sample_papers import bars
from tracker.documents.writing import chart_drawing, charts
from tracker.documents.writing.paper import ChartKind, Series

SVG = "{http://www.w3.org/2000/svg}"
TWO = (Series("ก่อน", [20, 40]), Series("หลัง", [10, 60]))


def drawing(**changes):
    return ElementTree.fromstring(charts.svg(bars(**changes)))


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def ink(picture, box):
    """Return the share of dark dots within a box."""
    part = picture.crop(box).convert("L")
    return sum(part.histogram()[:128]) / (part.size[0] * part.size[1])


def test_every_value_category_and_series_is_written():
    assert {"ภาพรวม", "การใช้อำนาจ", "พ.ศ. 2567", "พ.ศ. 2568", "97.02", "96.04", "9.50", "–"} <= set(texts(drawing()))


@pytest.mark.parametrize("kind", ChartKind)
def test_a_strict_page_may_show_it(kind):
    drawn = charts.svg(bars(kind=kind, series=TWO))

    assert not re.search(r"<style|\sstyle=|<script|\son\w+=|href|\sid=", drawn)
    assert ElementTree.fromstring(drawn).get("role") == "img"


def test_who_cannot_see_it_is_told_what_it_shows():
    assert drawing().get("aria-label") == "ภาพที่ 1 คะแนน: ลดลง 0.98 คะแนน"


def test_words_are_words_whatever_they_hold():
    root = drawing(categories=["<b>\"&'", "</text><script>"], series=[Series("<i>", [1, 2]), Series("&amp;", [1, 2])])

    assert {"<b>\"&'", "</text><script>", "<i>", "&amp;"} <= set(texts(root))
    assert list(root.iter(f"{SVG}script")) == []


def test_the_length_of_a_bar_is_its_share_of_the_scale():
    root = drawing(series=[Series("", [Decimal("25"), 100])], categories=["ก", "ข"])
    short, full = (float(bar.get("width")) for bar in root.iter(f"{SVG}rect"))

    assert short / full == pytest.approx(0.25, abs=0.001)


@pytest.mark.parametrize("value", [-5, 1000])
def test_a_value_beyond_the_scale_stays_on_the_sheet_and_is_said(value):
    root = drawing(series=[Series("", [value])], categories=["ก"])
    (bar,) = root.iter(f"{SVG}rect")

    assert 0 <= float(bar.get("width")) < chart_drawing.WIDTH
    assert str(value) in texts(root)


def test_series_differ_without_colour():
    root = drawing(series=TWO)
    before, after = list(root.iter(f"{SVG}rect"))[2:4]  # the first two are the legend's

    assert before.get("fill") != after.get("fill")
    assert sum("L" in path.get("d") for path in root.iter(f"{SVG}path")) == 3  # hatched: the legend's and two bars


def test_lines_differ_in_dashes_and_marks():
    root = drawing(kind=ChartKind.LINES, series=TWO)
    dashes = [line.get("stroke-dasharray") for line in root.iter(f"{SVG}polyline")]

    assert dashes[-2:] == ["7 5", None]
    assert len(list(root.iter(f"{SVG}circle"))) == 2 + 2


def test_a_line_ends_where_its_values_do():
    root = drawing(kind=ChartKind.LINES, series=[Series("", [10, None])])
    (line,) = root.iter(f"{SVG}polyline")

    assert len(line.get("points").split()) == 1


def test_the_numbers_of_two_lines_that_end_at_one_place_do_not_lie_upon_each_other():
    root = drawing(kind=ChartKind.LINES, series=[Series("ก", [10, 61]), Series("ข", [10, 60])])
    lower, upper = (float(text.get("y")) for text in root.iter(f"{SVG}text") if text.text in {"60", "61"})

    assert abs(lower - upper) >= chart_drawing.LINE


def test_a_bullet_marks_where_it_should_stand_and_says_its_value_clear_of_the_mark():
    root = drawing(kind=ChartKind.BULLETS, series=[Series("เสร็จ", [50]), Series("ควรเสร็จ", [60])], categories=["ก"])
    marks = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("stroke-width") == "3"]
    (value,) = [text for text in root.iter(f"{SVG}text") if text.text == "50" and text.get("stroke")]

    assert len(marks) == 2  # the legend's and the bullet's
    assert float(value.get("x")) > float(re.match(r"M([\d.]+)", marks[-1])[1])


def test_a_long_label_is_broken_between_letters_that_stand_alone():
    word = "สำนักปลัดเทศบาลน้ำดื่มที่" * 5
    labels = [text for text in texts(drawing(categories=[word, "ข"], series=TWO[:1])) if text in word]

    assert "".join(labels) == word
    assert len(labels) > 1
    assert not any(re.match("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]", label) for label in labels)


def test_thai_digits_are_asked_for():
    root = ElementTree.fromstring(charts.svg(bars(), thai_digits=True))

    assert {"๙๗.๐๒", "พ.ศ. ๒๕๖๗", "๑๐๐"} <= set(texts(root))


def test_the_picture_is_the_drawing():
    picture = Image.open(BytesIO(charts.png(bars())))
    height = float(drawing().get("height"))
    share = picture.size[0] / chart_drawing.WIDTH

    assert picture.size[0] == pytest.approx(16 / 2.54 * charts.DOTS, abs=2)
    assert picture.size[1] == pytest.approx(height * share, abs=2)
    assert ink(picture, (0, 0, *picture.size)) > 0.03


def test_sara_am_is_drawn_as_in_a_text_of_the_same_font():
    """Where its two parts are not told apart it falls out of the picture or doubles."""
    with_am, without = (Image.open(BytesIO(charts.png(bars(categories=[word, "ข"])))) for word in ("ทำ", "ทา"))
    box = (0, 60, 300, 200)

    assert ink(with_am, box) > ink(without, box)


def test_nothing_to_draw_is_an_empty_sheet():
    assert texts(drawing(categories=[], series=[Series("", [])]))[:1] == ["0"]
