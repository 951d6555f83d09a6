import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_light_and_printable import MOST

pytestmark = pytest.mark.browser


def test_following_a_month_at_the_top_unfolds_it(visit):
    page = visit("mayor", viewport=PHONE)
    page.goto("/calendar")
    june = page.locator("#month-2026-06")
    assert not june.is_visible()

    page.locator("a[href='#month-2026-06']").click()

    june.wait_for(state="visible")


def test_a_row_leads_to_exactly_its_tasks(visit):
    page = visit("head2", viewport=PHONE)
    page.goto("/calendar")

    page.locator("#month-2026-02 .row-link").last.click()

    assert page.locator("a.row-link").count() == 1


def test_the_whole_year_is_printed_what_is_folded_away_too(visit):
    page = visit("mayor", viewport=DESK)
    page.goto("/calendar")
    page.emulate_media(media="print")

    assert page.locator("#month-2025-10").is_visible()
    assert page.locator(".heat").is_visible()
    assert not page.locator(".months").is_visible()


def test_the_table_fits_on_a_sheet(visit):
    page = visit("mayor", viewport={"width": 1060, "height": 750})  # A4 landscape within its margins
    page.goto("/calendar")
    page.emulate_media(media="print")

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.locator(".heat").evaluate("e => e.scrollWidth <= e.parentElement.clientWidth + 1")


def test_the_page_is_light(visit):
    page = visit("mayor", viewport=PHONE)
    response = page.goto("/calendar")

    assert response.request.sizes()["responseBodySize"] < MOST / 2
