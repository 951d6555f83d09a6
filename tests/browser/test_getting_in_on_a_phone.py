import time

import pytest
from passlib.totp import TOTP
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_layout import LEAST, TO_TAP, TOO_SMALL, overflow

pytestmark = pytest.mark.browser

PASSWORD = "แมวของฉันชอบปลาทู"
OTHER_PASSWORD = "ฝนตกที่บ้านเมื่อวาน"


def fits(page):
    """Hold the page against a phone: nothing beyond its edge, everything to tap large enough."""
    assert overflow(page) <= 0, page.url
    assert page.evaluate(TOO_SMALL, [TO_TAP, LEAST]) == [], page.url


def press(page, button):
    """Press something that leads to another page, and hold that page against a phone."""
    with page.expect_navigation():
        button.click()
    fits(page)


def printed_code(visit, username):
    """Let the administrator print a sheet, and return what stands on it."""
    admin = visit("admin", viewport=PHONE)
    admin.goto("/admin/people")
    admin.locator(".row-link", has_text=username).click()
    press(admin, admin.locator("button[value=paper]"))
    return [admin.locator(".slip-code").nth(place).inner_text() for place in (0, 1)]


def use_code(page, username, code, password):
    page.goto("/sign-in")
    fits(page)
    press(page, page.get_by_role("link", name="มีรหัสใช้ครั้งเดียวบนกระดาษ"))
    page.fill("#username", username)
    page.fill("#code", code.upper().replace("-", " "))
    press(page, page.locator("main button"))
    page.fill("#password", password)
    page.click("main button")
    page.wait_for_url("/")


@pytest.mark.parametrize(("username", "javascript"), [("officer4", True), ("officer5", False)])
def test_from_a_printed_code_to_a_password_and_in(visit, username, javascript):
    name, code = printed_code(visit, username)
    page = visit(viewport=PHONE, java_script_enabled=javascript, has_touch=True, is_mobile=True)
    page.goto("/sign-in")
    page.get_by_role("link", name="มีรหัสใช้ครั้งเดียวบนกระดาษ").tap()
    page.fill("#username", name)
    page.fill("#code", "aaaaa-aaaaa")
    page.locator("main button").tap()
    expect(page.locator("[role=alert]")).to_be_in_viewport()

    page.fill("#code", code)
    page.locator("main button").tap()
    page.fill("#password", PASSWORD)
    page.locator("main button").tap()

    expect(page.locator("h1")).to_have_text("งานของฉัน")
    expect(page.locator(".banner-success")).to_be_in_viewport()


def test_two_steps_on_then_out_then_in_with_the_app_and_with_a_recovery_code(visit):
    name, code = printed_code(visit, "officer6")
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    use_code(page, name, code, OTHER_PASSWORD)
    page.locator(".site-nav summary").tap()
    press(page, page.get_by_role("link", name="บัญชีของฉัน"))
    press(page, page.locator("a[href='/account/second-factor']"))
    page.fill("#present", OTHER_PASSWORD)
    press(page, page.locator("main button"))
    expect(page.locator("svg.qr")).to_be_visible()
    app = TOTP(key=page.locator(".secret").inner_text())
    page.fill("#code", app.generate().token)
    press(page, page.locator("main button"))
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("button", name="คัดลอกรหัสทั้งหมด").tap()
    expect(page.locator("[data-copies] + [role=status]")).to_have_text("คัดลอกแล้ว")
    expect(page.get_by_role("button", name="พิมพ์")).to_be_visible()

    sign_in_with(page, name, app.generate(time.time() + 30).token)
    sign_in_with(page, name, recovery)

    page.goto("/account/second-factor")
    fits(page)
    expect(page.locator("main")).to_contain_text("9 รหัส")


def test_the_app_on_the_same_telephone_is_opened_by_a_link_that_the_policy_allows(visit):
    name, code = printed_code(visit, "auditor")
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    use_code(page, name, code, OTHER_PASSWORD)
    page.goto("/account/second-factor")
    page.fill("#present", OTHER_PASSWORD)
    press(page, page.locator("main button"))

    with page.expect_request(lambda asked: asked.url.startswith("otpauth://totp/")):
        page.get_by_role("link", name="เปิดในแอปยืนยันตัวตน").tap()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_sheet_offers_to_be_printed_where_the_browser_can(visit, has_script):
    admin = visit("admin", viewport=PHONE, java_script_enabled=has_script)
    admin.goto("/admin/people")
    admin.locator(".row-link", has_text="officer1").click()
    admin.locator("button[value=paper]").click()
    expect(admin.locator(".slip")).to_be_visible()
    button = admin.get_by_role("button", name="พิมพ์")

    if has_script:
        admin.evaluate("window.print = () => { document.title = 'printing' }")
        button.click()
        expect(admin).to_have_title("printing")
    else:
        expect(button).to_be_hidden()


def sign_in_with(page, name, code):
    """Sign out, and in again with the password and a code."""
    page.goto("/account")
    press(page, page.locator("form[action='/sign-out'] button"))
    page.fill("#username", name)
    page.fill("#password", OTHER_PASSWORD)
    press(page, page.locator("main button"))
    page.fill("#code", code)
    page.click("main button")
    page.wait_for_url("/")
