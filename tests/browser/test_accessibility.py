import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = {
    "sign-in": ("", "/sign-in"),
    "my work": ("head2", "/"),
    "reviews": ("clerk", "/"),
    "task": ("head2", "a.row-link of /"),
    "overview": ("mayor", "/dashboard"),
    "measures": ("clerk", "/measures"),
    "measure": ("clerk", "a.measure-link of /measures"),
    "measure edit": ("clerk", "a.measure-link of /measures, edit"),
    "rounds": ("clerk", "a[href^='/plans/'] of /measures"),
    "tasks": ("clerk", "/tasks"),
    "no task": ("clerk", "/tasks?indicator=1&status=done&late=1"),
    "import": ("clerk", "/imports"),
    "notices": ("head2", "/notices"),
    "administration": ("admin", "/admin"),
}


def violations(page):
    """Return every rule that the page breaks, with the elements that break it."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def open_page(page, where):
    selector, _, rest = where.rpartition(" of ")
    address, _, tail = rest.partition(", ")
    page.goto(address)
    if selector:
        page.goto(page.locator(selector).first.get_attribute("href") + (f"/{tail}" if tail else ""))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("locale", ["th", "en"])
def test_a_page_breaks_no_rule(visit, name, locale):
    username, where = PAGES[name]
    for viewport in (PHONE, DESK):
        page = visit(username, locale=locale, viewport=viewport)
        open_page(page, where)

        assert violations(page) == [], viewport


@pytest.mark.parametrize("locale", ["th", "en"])
def test_the_preview_of_an_import_breaks_no_rule(visit, draft, locale):
    page = visit("clerk", locale=locale)
    page.goto(draft)

    assert violations(page) == []


@pytest.mark.parametrize("locale", ["th", "en"])
def test_a_page_with_something_wrong_on_it_breaks_no_rule(visit, locale):
    page = visit("clerk", locale=locale, viewport=PHONE)
    open_page(page, PAGES["measure edit"][1])
    page.fill("#weight", "0")
    page.fill("#schedule_words", "")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.click("main form button:not([name])")

    assert page.locator("[role=alert]").count()
    assert violations(page) == []
