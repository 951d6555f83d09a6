import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
FOLDED = ".site-nav a[href='/disclosures']"


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_most_of_the_menu_waits_behind_one_entry(visit, scripts):
    page = visit("clerk", viewport=PHONE, java_script_enabled=scripts)
    page.goto("/")
    expect(page.locator(FOLDED)).to_be_hidden()
    assert page.locator(".site-nav").bounding_box()["height"] < 100

    page.locator(".site-nav summary").click()
    page.locator(FOLDED).click()

    expect(page.locator("h1")).to_contain_text("ลิงก์ OIT")


def test_on_a_wide_page_the_whole_menu_is_there(visit):
    page = visit("clerk")
    page.goto("/")

    expect(page.locator(".site-nav summary")).to_be_hidden()
    page.locator(FOLDED).click()
    expect(page.locator("h1")).to_contain_text("ลิงก์ OIT")
