"""What the next person at the same screen finds after somebody has signed out."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def overview(visit, site):
    """The overview, opened in a session of its own, for it will be ended."""
    page = visit()
    sign_in(page, "mayor", site.passwords["mayor"])
    page.goto("/dashboard")
    expect(page.locator(".verdict")).to_be_visible()
    return page


def test_back_shows_no_figures_after_signing_out(overview):
    overview.click("form[data-leaves] button")
    overview.wait_for_url("**/sign-in*")

    overview.go_back()

    expect(overview.locator("#username")).to_be_visible()
    assert overview.locator(".verdict").count() == 0


def test_back_shows_no_figures_after_signing_out_on_a_later_page(overview):
    overview.goto("/tasks")
    overview.click("form[data-leaves] button")
    overview.wait_for_url("**/sign-in*")

    for _ in range(2):
        overview.go_back()
        assert overview.locator(".verdict").count() == 0
        expect(overview.locator("#username")).to_be_visible()


def test_an_unchanged_page_is_not_sent_again_to_a_browser(overview):
    with overview.expect_response("**/dashboard") as answer:
        overview.reload()

    assert answer.value.request.all_headers()["if-none-match"].startswith("W/")
    expect(overview.locator(".verdict")).to_be_visible()
