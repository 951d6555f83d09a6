"""Pictures of progress for other sites, and the page with the lines to copy."""

from xml.etree import ElementTree

import pytest

from tests.factories_public import make_open_plan
from tests.markup import parse

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def plan(db):
    return make_open_plan()


@pytest.fixture
def address(plan):
    return f"/public/{plan.organization.public_name}/{plan.fiscal_year}"


def texts(page):
    root = ElementTree.fromstring(page.response.get_data())
    return [text.text for text in root.iter(f"{SVG}text")]


def test_the_badge_says_the_percent_that_the_page_says(visit, address):
    said = texts(visit().get(f"{address}/badge.svg"))
    assert said == ["มาตรการ ITA 2569", "แล้วเสร็จ 20%"]
    assert "20%" in visit().get(address).main


def test_the_badge_speaks_english_and_stands_on_dark_ground_when_asked(visit, address):
    page = visit().get(f"{address}/badge.svg?lang=en&theme=dark")
    assert texts(page) == ["ITA measures 2569", "20% complete"]
    assert page.html != visit().get(f"{address}/badge.svg?lang=en").html


def test_the_title_says_what_is_drawn_with_whose_it_is(visit, address, plan):
    root = ElementTree.fromstring(visit().get(f"{address}/badge.svg").response.get_data())
    assert plan.organization.name in root[0].text
    assert "20 กุมภาพันธ์ 2569" in root[0].text


def test_the_strip_has_all_ten_indicators(visit, address):
    _, *said = texts(visit().get(f"{address}/strip.svg"))
    assert said[::2] == [str(number) for number in range(1, 11)]
    assert (said[3], said[17]) == ("25%", "0%")


@pytest.mark.parametrize("name", ["badge.svg", "strip.svg"])
def test_any_site_may_show_a_picture(visit, address, name):
    headers = visit().get(f"{address}/{name}").response.headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Content-Type"].startswith("image/svg+xml")
    assert headers["Cache-Control"] == "public, max-age=600, must-revalidate"
    assert "Set-Cookie" not in headers


def test_only_pictures_may_be_shown_by_any_site(visit, address):
    for name in ("", "/data/", "/data/tasks.csv", "/feed.atom"):
        assert "Cross-Origin-Resource-Policy" not in visit().get(address + name).response.headers


@pytest.mark.parametrize("name", ["badge.svg", "strip.svg"])
def test_a_picture_is_not_drawn_again_while_it_is_the_same(visit, address, name):
    mark = visit().get(f"{address}/{name}").response.headers["ETag"]
    visit().get(f"{address}/{name}", status=304, headers={"If-None-Match": mark})


def test_the_lines_to_copy_are_a_link_with_a_picture_and_nothing_else(visit, address):
    page = visit().get(f"{address}/embed?lang=en")
    snippets = [parse(area.text) for area in page.root.all("textarea")]
    assert len(snippets) == 8
    for snippet in snippets:
        (link,), (picture,) = snippet.all("a"), snippet.all("img")
        assert {element.tag for element in snippet.descendants} <= {"a", "picture", "source", "img"}
        assert link.get("href").startswith(f"http://127.0.0.1:8000{address}")
        assert picture.get("src").startswith(f"http://127.0.0.1:8000{address}/")
        assert picture.get("alt")


def test_a_name_with_quotes_stays_within_the_words_of_the_picture(visit, plan, address):
    plan.organization.name = 'อบต. "><script>'
    page = visit().get(f"{address}/embed")
    for area in page.root.all("textarea"):
        assert {element.tag for element in parse(area.text).descendants} <= {"a", "picture", "source", "img"}


def test_the_size_in_the_lines_is_the_size_of_the_picture(visit, address):
    root = ElementTree.fromstring(visit().get(f"{address}/badge.svg").response.get_data())
    first = parse(visit().get(f"{address}/embed").root.all("textarea")[0].text).all("img")[0]
    assert (first.get("width"), first.get("height")) == (root.get("width"), root.get("height"))


def test_on_a_phone_the_strip_has_two_rows_that_can_be_read(visit, address):
    snippet = parse(visit().get(f"{address}/embed").root.all("textarea")[4].text)
    source = snippet.all("source")[0]
    shown = visit().get(source.get("srcset").removeprefix("http://127.0.0.1:8000"))
    root = ElementTree.fromstring(shown.response.get_data())

    assert source.get("media") == "(max-width: 720px)"
    assert (source.get("width"), source.get("height")) == (root.get("width"), root.get("height"))
    assert len({text.get("y") for text in root.iter(f"{SVG}text")}) == 2 + 2 * 2
    assert int(root.get("width")) <= 344
