import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import ADMINISTRATION, DESK, PHONE

pytestmark = pytest.mark.browser

RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = {
    "": ["/sign-in", "/sign-in/code", "/sign-in/forgotten", "/public a.more[href*='/feedback']"],
    "head2": [
        "/",
        "/notices",
        "/notices/settings",
        "/calendar",
        "/days-off",
        "/measures a[href$='/reminder-rules']",
        "/ a.row-link",
        "/account",
        "/account/second-factor",
        "/calendar/feeds",
        "/dashboard",
    ],
    "mayor": [
        "/dashboard",
        "/dashboard?on=2026-02-18&since=2026-01-31",
        "/tasks?on=2026-01-31&late=1",
        "/measures a[href$='/closings']",
        "/closings/1",
        "/calendar?on=31/1/2569",
        "/decisions",
        "/scores",
        "/indicators/10",
        "/progress/divisions/4?on=2026-01-31",
        "/progress/people/8",
    ],
    "clerk": [
        "/measures a[href$='/closings']",
        "/measures a[href$='/closings'] /preview?round=2026-01-31",
        "/",
        "/tasks",
        "/tasks?indicator=1&status=done&late=1",
        "/feedback",
        "/feedback a.row-link",
        "/reviews",
        "/reviews .row-title[href]",
        "/measures a[href$='/review']",
        "/tasks?status=nonsense&from=1+ต.ค.",
        "/tasks a.row-link /schedule",
        "/tasks a.row-link /schedule?act=assignment",
        "/imports",
        "/measures",
        "/measures a.measure-link",
        "/measures a.measure-link /edit",
        "/measures a[href^='/plans/']",
        "/measures a[href$='/reminder-rules']",
        "/reports",
        "/reports/templates",
        "/reports/preview?kind=plan",
        "/reports/preview?kind=follow_up&about=round:2026-01-31",
        "/reports/preview?kind=evidence",
        "/reminders?on=2+มี.ค.",
        "/links",
        "/links .row-link",
        "/links/rules",
        "/disclosures",
        "/disclosures .row-link[href]",
    ],
    "admin": ADMINISTRATION,
}


def violations(page):
    """Return every rule that the page breaks, with the elements that break it."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def open_page(page, where):
    """Open an address, or what lies behind a link on it."""
    address, selector, tail = (*where.split(), "", "")[:3]
    page.goto(address)
    if selector:
        page.goto(page.locator(selector).first.get_attribute("href") + tail)


# Thai as on a phone, English as on a desk: both languages and both widths of every page.
@pytest.mark.parametrize(("locale", "viewport"), [("th", PHONE), ("en", DESK)], ids=["th", "en"])
@pytest.mark.parametrize("username", PAGES)
def test_no_page_breaks_a_rule(visit, username, locale, viewport):
    page = visit(username, locale=locale, viewport=viewport)
    if not username and locale == "en":
        page.goto("/sign-in")
        page.click("form[action='/locale/en'] button")

    broken = []
    for where in PAGES[username]:
        open_page(page, where)
        broken += violations(page)

    assert broken == []


@pytest.mark.parametrize("locale", ["th", "en"])
def test_the_preview_of_an_import_breaks_no_rule(visit, draft, locale):
    page = visit("clerk", locale=locale)
    page.goto(draft)

    assert violations(page) == []


@pytest.mark.parametrize("locale", ["th", "en"])
def test_a_page_with_something_wrong_on_it_breaks_no_rule(visit, locale):
    page = visit("clerk", locale=locale, viewport=PHONE)
    open_page(page, "/measures a.measure-link /edit")
    page.fill("#weight", "0")
    page.fill("#schedule_words", "")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.click("main form button:not([name])")

    assert page.locator("[role=alert]").count()
    assert violations(page) == []
