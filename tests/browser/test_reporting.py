"""Reporting on a phone: one tap from the list, undo, drafts, two people at once. With JavaScript and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, sign_in

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])


@pytest.fixture
def on_phone(visit):
    """Open the site on a phone as somebody, with or without JavaScript."""

    def on_phone(username, javascript=True):
        page = visit(username, viewport=PHONE, java_script_enabled=javascript, has_touch=True, is_mobile=True)
        page.goto("/")
        return page

    return on_phone


def row_to_start(page):
    """Return the first row of one's own work that nobody has begun."""
    return page.locator(".rows li").filter(has=page.locator("button[value=start]")).first


@BOTH
def test_one_tap_in_the_list_saves_and_one_more_takes_it_back(on_phone, javascript):
    page = on_phone("head4", javascript)
    address = row_to_start(page).locator("a.row-link").get_attribute("href")

    row_to_start(page).locator("button[value=start]").tap()

    expect(page.locator(".banner-success")).to_contain_text("บันทึกว่าเริ่มดำเนินการแล้ว")
    row = page.locator(".rows li").filter(has=page.locator(f"a[href='{address}']"))
    expect(row).to_contain_text("กำลังดำเนินการ")
    page.locator(".undo button").tap()
    expect(page.locator(".banner-success")).to_contain_text("เลิกทำแล้ว")
    expect(row).to_contain_text("ยังไม่เริ่ม")


@BOTH
def test_an_obstacle_is_reported_from_the_list_with_its_reason(on_phone, javascript):
    page = on_phone("officer3", javascript)
    row = row_to_start(page)

    row.locator("summary").tap()
    row.locator("textarea").fill("รอหนังสือจากจังหวัด")
    row.locator("button[value=block]").tap()

    expect(page.locator(".banner-success")).to_be_visible()
    expect(page.locator("main")).to_contain_text("■ รอหนังสือจากจังหวัด")
    page.locator(".undo button").tap()
    expect(page.locator("main")).not_to_contain_text("รอหนังสือจากจังหวัด")


def test_what_was_written_and_not_saved_is_offered_again(on_phone):
    page = on_phone("head6")
    row_to_start(page).locator("a.row-link").tap()
    page.fill("#result", "ร่างประกาศเสร็จแล้ว รอเสนอปลัด")

    page.reload()
    expect(page.locator("#result")).to_have_value("")
    page.locator("[data-restore]").tap()

    expect(page.locator("#result")).to_have_value("ร่างประกาศเสร็จแล้ว รอเสนอปลัด")
    page.get_by_role("button", name="บันทึก", exact=True).tap()
    expect(page.locator(".banner-success")).to_be_visible()
    page.reload()
    expect(page.locator("[data-restore]")).to_be_hidden()


def test_signing_out_leaves_no_draft_behind(visit, site):
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    sign_in(page, "officer2", site.passwords["officer2"])  # a session of its own, since it ends here
    row_to_start(page).locator("a.row-link").tap()
    page.fill("#result", "ยังไม่เสร็จ")
    assert page.evaluate("localStorage.length") == 1

    page.get_by_role("button", name="ออกจากระบบ").tap()
    expect(page.locator("h1")).to_have_text("เข้าสู่ระบบ")

    assert page.evaluate("localStorage.length") == 0


@BOTH
def test_two_people_at_once_see_both_texts(on_phone, javascript):
    mine, colleagues = on_phone("head1", javascript), on_phone("officer1", javascript)
    address = row_to_start(mine).locator("a.row-link").get_attribute("href")
    for page in (mine, colleagues):
        page.goto(address)
    colleagues.fill("#result", "ข้อความของเจ้าหน้าที่")
    colleagues.get_by_role("button", name="บันทึก", exact=True).tap()

    mine.fill("#result", "ข้อความของหัวหน้า")
    mine.get_by_role("button", name="บันทึก", exact=True).tap()

    expect(mine.locator("[role=alert]")).to_be_in_viewport()
    expect(mine.locator(".saved-since")).to_contain_text("ข้อความของเจ้าหน้าที่")
    expect(mine.locator("#result")).to_have_value("ข้อความของหัวหน้า")
    mine.get_by_role("button", name="บันทึก", exact=True).tap()
    expect(mine.locator(".banner-success")).to_be_visible()


@BOTH
def test_a_reviewer_accepts_several_and_takes_that_back(on_phone, javascript):
    page = on_phone("palad", javascript)
    page.goto("/reviews")
    boxes = page.locator("input[name=task]")
    waiting = boxes.count()
    assert waiting > 1

    boxes.nth(0).set_checked(True)
    boxes.nth(1).set_checked(True)
    page.get_by_role("button", name="เห็นชอบผลของรายการที่เลือก").tap()

    expect(page.locator(".banner-success")).to_contain_text("เห็นชอบผลแล้ว 2 งาน")
    expect(boxes).to_have_count(waiting - 2)
    page.locator(".undo button").tap()
    expect(boxes).to_have_count(waiting)


def test_with_javascript_one_box_ticks_them_all(on_phone):
    page = on_phone("palad")
    page.goto("/reviews")

    page.locator("[data-choose]").first.click()

    assert page.locator("input[name=task]:not(:checked)").count() == 0
