"""The public pages in a real browser: without a script, on a narrow phone, with the keyboard, on paper."""

import re

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

PLAN = "/public/tambon-tuayang/2569"
MOST = 100_000  # bytes of a first visit, fonts aside
NARROW = {"width": 320, "height": 640}
PAGE_OF_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def pages(visit):
    """The addresses of every kind of public page."""
    page = visit("")
    page.goto(PLAN)
    measure = page.locator("a.more").first.get_attribute("href")
    return [PLAN, measure, "/public/tambon-tuayang"]


@pytest.mark.parametrize(("lang", "viewport"), [("", PHONE), ("?lang=en", DESK)], ids=["th", "en"])
def test_no_public_page_breaks_a_rule(visit, pages, lang, viewport):
    page = visit("", viewport=viewport)
    broken = []
    for address in pages:
        page.goto(address + lang)
        broken += violations(page)

    assert broken == []


def test_no_page_about_the_data_breaks_a_rule_or_scrolls_sideways(visit):
    page = visit("", viewport=PHONE)
    broken = []
    for address in (f"{PLAN}/data/", f"{PLAN}/data/dictionary", f"{PLAN}/embed", "/public/api/v1/"):
        page.goto(address)
        broken += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address

    assert broken == []


def test_everything_can_be_read_and_followed_without_a_script(visit):
    page = visit("", java_script_enabled=False)
    page.goto("/public")
    assert page.url.endswith(PLAN)

    page.locator("a.more").first.click()
    assert page.locator("main li").count() > 5
    page.locator("header nav a").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("main a.more").first.click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_nothing_has_to_be_scrolled_sideways_on_the_narrowest_phone(visit, pages):
    page = visit("", viewport=NARROW)

    for address in pages:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address


def test_the_first_tab_leads_past_what_every_page_has(visit):
    page = visit("")
    page.goto(PLAN)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_links_that_stand_alone_are_large_enough_for_a_finger(visit):
    page = visit("", viewport=PHONE)
    page.goto(PLAN)

    heights = page.eval_on_selector_all(
        ".plain a, .more, .head nav a", "all => all.map(a => a.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 44


def test_a_first_visit_is_light_and_asks_nobody_else(visit, site):
    page = visit("", viewport=PHONE)
    answers = []
    page.on("requestfinished", lambda request: answers.append(request))

    page.goto(PLAN, wait_until="networkidle")

    sizes = {one.url: one.sizes()["responseBodySize"] for one in answers if one.resource_type != "font"}
    assert sum(sizes.values()) < MOST, sizes
    assert all(one.url.startswith(site.address) for one in answers)
    assert page.context.cookies() == []


def test_the_page_fits_on_a_few_sheets_of_paper(visit):
    page = visit("")
    page.goto(PLAN)

    assert 1 <= len(PAGE_OF_PDF.findall(page.pdf(format="A4"))) <= 8
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    assert not page.locator(".contents").is_visible()


@pytest.mark.parametrize(("locale", "viewport"), [("th", PHONE), ("en", DESK)], ids=["th", "en"])
def test_no_page_of_the_clerks_side_breaks_a_rule(visit, locale, viewport):
    page = visit("clerk", locale=locale, viewport=viewport)
    broken = []
    for address in ("/windows", "/windows/1", "/windows/1/evidence", "/windows/1/preview"):
        page.goto(address)
        broken += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address

    assert broken == []
