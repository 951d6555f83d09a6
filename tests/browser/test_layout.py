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
        "/calendar",
        "/calendar/feeds",
        "/dashboard",
    ],
    "mayor": [
        "/dashboard",
        "/dashboard?on=2026-02-18&since=2026-01-31",
        "/tasks?on=2026-01-31&late=1",
        "/closings/1",
        "/calendar",
        "/decisions",
        "/scores",
        "/indicators/10",
        "/progress/divisions/4?on=2026-01-31",
        "/progress/people/8",
    ],
    "clerk": [
        "/",
        "/tasks",
        "/reviews",
        "/imports",
        "/reports",
        "/reports/templates",
        "/reports/preview?kind=plan",
        "/reports/preview?kind=follow_up&about=round:2026-01-31",
        "/reports/preview?kind=evidence",
        "/reminders?on=2+มี.ค.",
        "/links",
        "/links/rules",
    ],
    "admin": ADMINISTRATION,
}
BEHIND = {
    "head2": [("/tasks", ".row-link", ""), ("/measures", "a[href$='/reminder-rules']", "")],
    "clerk": [
        ("/links", ".row-link", ""),
        ("/tasks", ".row-link", "/schedule"),
        ("/measures", ".measure-link", ""),
        ("/measures", ".measure-link", "/edit"),
        ("/measures", "a[href^='/plans/']", ""),
        ("/measures", "a[href$='/closings']", ""),
        ("/measures", "a[href$='/closings']", "/preview?round=2026-01-31"),
        ("/measures", "a[href$='/reminder-rules']", ""),
    ],
}
TO_TAP = (
    "nav a, header button, header a, main button:not([aria-hidden]), a.btn, .row-link, .measure-link, td a, select, "
    "main input:not([type=hidden]), .crumb a, .lead-line a, .problems a, .tap, .counts a, .parts a, .matrix a"
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


@pytest.mark.parametrize(("address", "name"), [("/dashboard", "matrix"), ("/calendar", "heat")])
def test_on_a_phone_a_wide_table_scrolls_in_its_own_region(visit, address, name):
    page = visit("mayor", viewport=PHONE)
    page.goto(address)
    region = page.locator(f"[role=region][aria-labelledby={name}]")

    hidden = region.evaluate("e => e.scrollWidth - e.clientWidth")
    region.evaluate("e => e.scrollTo(e.scrollWidth, 0)")

    assert hidden > 0
    assert region.evaluate("e => e.scrollLeft") > 0
    assert page.evaluate("window.scrollX") == 0
    first = region.locator("tbody th[scope=row]").first
    assert first.bounding_box()["x"] >= region.bounding_box()["x"]  # what the row is about stays in sight


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


def test_a_comparison_leaves_room_for_what_is_to_be_decided(visit):
    page = visit("mayor")
    page.goto("/dashboard?since=2026-01-31")

    assert page.locator(".beside").bounding_box()["width"] >= 270


def test_on_a_phone_what_is_to_be_decided_comes_before_the_figures(visit):
    page = visit("mayor", viewport=PHONE)
    page.goto("/dashboard")

    assert page.locator(".decisions").bounding_box()["y"] < page.locator(".indicators").bounding_box()["y"]


def test_the_days_are_large_enough_for_a_finger_and_one_line_on_a_desk(visit):
    page = visit("mayor", viewport=PHONE)
    page.goto("/dashboard")
    for more in page.locator(".day-more").all():
        more.locator("summary").click()

    assert page.evaluate(TOO_SMALL, [".days :is(a, summary)", LEAST]) == []
    assert overflow(page) <= 0

    page.goto("/dashboard")
    page.set_viewport_size({"width": 1280, "height": 740})
    assert page.locator(".days").bounding_box()["height"] < LEAST


def test_a_day_of_the_calendar_is_reached_by_keyboard_alone(visit):
    page = visit("mayor")
    page.goto("/dashboard")
    page.locator(".day-more summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('.day-grid') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard?on=2026-02-01")


@pytest.mark.parametrize("width", [1100, 1280])
def test_compared_with_an_earlier_day_the_overview_keeps_room_for_what_is_to_be_decided(visit, width):
    page = visit("mayor")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/dashboard?since=2026-01-31")

    indicators, beside = (page.locator(part).bounding_box() for part in (".indicators table", ".beside"))

    assert beside["width"] > 240
    assert indicators["x"] + indicators["width"] <= beside["x"]
