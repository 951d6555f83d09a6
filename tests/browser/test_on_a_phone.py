import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, sign_in

pytestmark = pytest.mark.browser

FEBRUARY = "28 ก.พ. 69"
# The demo leaves the February task of indicator 2 open in the divisions of head2, head3 and head5.


def february_task(page):
    """Return the row of one's own work that is about indicator 2 at the end of February."""
    return page.locator(".row-link", has_text=FEBRUARY).filter(has_text="ตัวชี้วัดที่ 2").first


@pytest.mark.parametrize(("username", "javascript"), [("head2", True), ("head3", False)])
def test_a_head_reports_a_february_task_in_few_taps(visit, site, username, javascript):
    page = visit(viewport=PHONE, java_script_enabled=javascript, has_touch=True, is_mobile=True)
    sign_in(page, username, site.passwords[username])

    february_task(page).tap()  # one
    page.locator("main input[name=step]").first.set_checked(True)  # two
    page.get_by_role("button", name="บันทึก", exact=True).tap()  # three
    expect(page.locator("main input[name=step]").first).to_be_checked()
    page.fill("#result", "เผยแพร่แผนการใช้จ่ายงบประมาณแล้ว")
    page.get_by_role("button", name="บันทึกและส่งผล").tap()  # four

    expect(page.locator(".banner-success")).to_be_visible()
    expect(page.locator(".deadline")).to_contain_text("รอตรวจ")
    expect(page.locator(".report")).to_contain_text("เผยแพร่แผนการใช้จ่ายงบประมาณแล้ว")


def test_from_the_link_in_the_mail_one_tap_hands_the_result_in(visit):
    mine = visit("head5", viewport=PHONE)
    mine.goto("/")
    link = february_task(mine).get_attribute("href")
    page = visit("head5", viewport=PHONE, has_touch=True)

    page.goto(link)
    page.locator(".quick button[value=submit]").tap()

    expect(page.locator(".deadline")).to_contain_text("รอตรวจ")


def test_a_reason_that_is_missing_is_asked_for_on_the_same_page(visit):
    page = visit("head2", viewport=PHONE)
    page.goto("/")
    page.locator(".row-link").filter(has_not_text=FEBRUARY).first.click()

    page.locator(".quick summary").click()
    page.locator("button[value=block]").click()

    expect(page.locator("[role=alert]")).to_be_in_viewport()
    page.fill(".quick textarea", "รอเอกสารจากจังหวัด")
    page.locator("button[value=block]").click()
    expect(page.locator(".banner-warning").first).to_contain_text("รอเอกสารจากจังหวัด")


@pytest.mark.parametrize("username", ["head2", "clerk", "mayor"])
def test_what_matters_first_is_seen_without_scrolling(visit, username):
    page = visit(username, viewport=PHONE)
    page.goto("/")

    expect(page.locator("h1")).to_be_in_viewport()
    expect(page.locator("main .lead-line, main .rows li, main .empty").first).to_be_in_viewport()
