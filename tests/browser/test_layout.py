import pytest

from tests.browser.conftest import ADMINISTRATION, PHONE

pytestmark = pytest.mark.browser

LEAST = 44  # CSS pixels that a finger needs
WIDTHS = [320, 360, 768, 1280]
PAGES = {
    "": ["/sign-in", "/sign-in/code", "/sign-in/forgotten"],
    "head2": [
        "/",
        "/tasks",
        "/measures",
        "/notices",
        "/notices/settings",
        "/account",
        "/account/second-factor",
        "/calendar/feeds",
    ],
    "mayor": ["/dashboard", "/scores"],
    "clerk": ["/", "/tasks", "/reviews", "/imports", "/reminders?on=2+มี.ค."],
    "admin": ADMINISTRATION,
}
BEHIND = {
    "head2": [("/tasks", ".row-link", ""), ("/measures", "a[href$='/reminder-rules']", "")],
    "clerk": [
        ("/tasks", ".row-link", "/schedule"),
        ("/measures", ".measure-link", ""),
        ("/measures", ".measure-link", "/edit"),
        ("/measures", "a[href^='/plans/']", ""),
        ("/measures", "a[href$='/reminder-rules']", ""),
    ],
}
TO_TAP = (
    "nav a, header button, header a, main button:not([aria-hidden]), a.btn, .row-link, .measure-link, td a, select, "
    "main input:not([type=hidden]), .crumb a, .lead-line a, .problems a, .tap"
)
TOO_SMALL = """([selector, least]) => [...document.querySelectorAll(selector)]
  .filter(e => e.checkVisibility() && e.type !== "checkbox")
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.height > 0 && (box.height < least - 0.5 || box.width < 24))
  .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`)"""


def overflow(page):
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def addresses(page, username):
    """Return the pages of a person, and those behind them."""
    yield from PAGES[username]
    for start, selector, tail in BEHIND.get(username, ()):
        page.goto(start)
        yield page.locator(selector).first.get_attribute("href") + tail


@pytest.mark.parametrize("username", PAGES)
def test_no_page_scrolls_sideways_at_any_width(visit, username):
    page = visit(username)

    for address in addresses(page, username):
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert overflow(page) <= 0, f"{address} at {width}"


def test_the_preview_of_an_import_does_not_scroll_sideways(visit, draft):
    page = visit("clerk", viewport={"width": 320, "height": 740})

    page.goto(draft)

    assert overflow(page) <= 0


def test_on_a_phone_the_matrix_scrolls_in_its_own_region(visit):
    page = visit("mayor", viewport=PHONE)
    page.goto("/dashboard")
    region = page.locator("[role=region][aria-labelledby=matrix]")

    hidden = region.evaluate("e => e.scrollWidth - e.clientWidth")
    region.evaluate("e => e.scrollTo(e.scrollWidth, 0)")

    assert hidden > 0
    assert region.evaluate("e => e.scrollLeft") > 0
    assert page.evaluate("window.scrollX") == 0
    first = region.locator("tbody th").first
    assert first.bounding_box()["x"] >= region.bounding_box()["x"]  # the indicator stays in sight


@pytest.mark.parametrize("username", PAGES)
def test_everything_to_tap_is_large_enough_for_a_finger(visit, username):
    page = visit(username, viewport=PHONE)

    for address in addresses(page, username):
        page.goto(address)
        assert page.evaluate(TOO_SMALL, [TO_TAP, LEAST]) == [], address


def test_thai_lines_stand_far_enough_apart(visit):
    page = visit("head2", viewport=PHONE)
    page.goto("/")

    ratio = "e => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator("h1").evaluate(ratio) >= 1.58
    assert page.locator(".row-title").first.evaluate(ratio) >= 1.58


def test_pages_are_set_in_the_thai_font_that_comes_with_them(visit):
    page = visit("head2")
    page.goto("/")

    loaded = page.evaluate("document.fonts.ready.then(all => [...all].filter(f => f.status === 'loaded').length)")
    assert loaded > 0
    assert page.locator("body").evaluate("e => getComputedStyle(e).fontFamily").startswith("Sarabun")


def test_the_words_in_pictures_can_be_read_on_a_phone(visit):
    page = visit("mayor", viewport=PHONE)
    page.goto("/scores")

    sizes = page.evaluate(
        """[...document.querySelectorAll("main svg text")].map(
        text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    )
    assert len(sizes) > 20
    assert min(sizes) >= 12


def test_a_text_twice_as_large_still_fits(visit):
    page = visit("head2", viewport={"width": 640, "height": 740})
    page.goto("/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert overflow(page) <= 0
