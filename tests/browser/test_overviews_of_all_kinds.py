"""The overview of a plan that has not begun, of one that is done, of one that is late throughout – each can be read."""

import re

import pytest

from tests.browser.conftest import DESK, PHONE, sign_in
from tests.browser.kinds import KINDS
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import overflow
from tests.browser.test_light_and_printable import PAGE_OF_PDF

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def overview(browser, kinds):
    """Open the overview of a kind of plan as its mayor, in a language and a window."""
    contexts = []

    def open_overview(kind, *, locale="th", viewport=DESK):
        context = browser.new_context(base_url=kinds.address, viewport=viewport)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, *kinds.mayors[kind])
        if locale != "th":
            page.click(f"form[action='/locale/{locale}'] button")
        page.goto("/dashboard")
        return page

    yield open_overview
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_it_breaks_no_rule_and_does_not_scroll_sideways(overview, kind):
    for locale, viewport in (("th", PHONE), ("en", DESK)):
        page = overview(kind, locale=locale, viewport=viewport)

        assert violations(page) == []
        assert overflow(page) <= 0


@pytest.mark.parametrize("kind", KINDS)
def test_it_prints_on_one_sheet(overview, kind):
    pdf = overview(kind).pdf(format="A4", landscape=True, prefer_css_page_size=True)

    assert len(PAGE_OF_PDF.findall(pdf)) == 1


@pytest.mark.parametrize("kind", KINDS[1:])
def test_what_matters_most_needs_no_scrolling_on_a_small_screen(overview, kind):
    page = overview(kind, viewport={"width": 1280, "height": 720})

    for seen in (".verdict", "table.tight tbody tr:last-child", ".beside h2"):
        box = page.locator(seen).first.bounding_box()
        assert box["y"] + box["height"] <= 720, seen


@pytest.mark.parametrize("kind", KINDS[1:])
def test_its_figures_are_no_nonsense(overview, kind):
    words = overview(kind).inner_text("main")

    assert not re.search(r"\b(nan|None|undefined|inf)\b|-\d+%|1\d\d\d+%", words)
