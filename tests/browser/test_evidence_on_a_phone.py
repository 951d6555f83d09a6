import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, sign_in
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import LEAST, TO_TAP, TOO_SMALL, overflow
from tests.papers import pdf, photograph, picture

pytestmark = pytest.mark.browser

LONG_NAME = "ภาพกิจกรรมวันต่อต้านคอร์รัปชันสากลประจำปีงบประมาณพุทธศักราชสองพันห้าร้อยหกสิบเก้า.jpg"


def open_task(page):
    """Open a task of the division that is still to be reported on, its last one, which no other test works on."""
    page.goto("/tasks?open=1&division=4")
    page.goto(page.locator("a.row-link").last.get_attribute("href"))


def choose(page, field, name, content):
    page.set_input_files(field, {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_role("button", name="แนบไฟล์", exact=True).tap()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_photograph_and_a_file_are_attached_and_taken_back_on_a_phone(visit, site, javascript):
    page = visit(viewport=PHONE, java_script_enabled=javascript, has_touch=True, is_mobile=True)
    sign_in(page, "head4", site.passwords["head4"])
    open_task(page)

    choose(page, "#photo-new", LONG_NAME, photograph() + str(javascript).encode())
    expect(page.locator(".banner-success")).to_be_visible()
    expect(page.locator(".evidence-picture img").first).to_be_visible()
    choose(page, "#file-new", "รายงาน.pdf", pdf(objects=str(javascript)))
    expect(page.locator(".evidence-list > li").first).to_contain_text("รายงาน.pdf")
    with page.expect_download() as download:
        page.locator(".evidence-title").first.tap()
    assert download.value.suggested_filename == "รายงาน.pdf"

    first = page.locator(".evidence-list > li").first
    first.locator("summary").tap()
    first.locator("textarea").fill("แนบผิดงาน")
    first.get_by_role("button", name="ถอนหลักฐานนี้").tap()
    expect(page.locator(".evidence-list > li").last).to_contain_text("แนบผิดงาน")


def test_a_refusal_is_seen_at_once_and_leads_back(visit):
    page = visit("head4", viewport=PHONE, has_touch=True)
    open_task(page)
    task = page.url

    choose(page, "#file-new", "รายงาน.pdf", picture())

    expect(page.locator("[role=alert]")).to_be_in_viewport()
    expect(page.locator("[role=alert]")).to_be_focused()
    expect(page.locator("[role=alert]")).to_contain_text("เนื้อหาเป็น JPG")
    page.get_by_role("link", name="กลับไปที่งาน").click()
    assert page.url == task


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_evidence_fits_any_screen_and_any_finger(visit, width):
    page = visit("head4", viewport=PHONE, has_touch=True)
    open_task(page)
    choose(page, "#photo-new", f"{width}{LONG_NAME}", picture(size=(width, 100)))
    expect(page.locator(".banner-success")).to_be_visible()
    task = page.url.partition("#")[0]
    page.set_viewport_size({"width": width, "height": 740})

    for address in (task, f"{task}/evidence", f"{task}/evidence/earlier"):
        page.goto(address)
        if summaries := page.locator(".evidence-list summary").all():
            summaries[0].click()
        assert overflow(page) <= 0
        assert page.evaluate(TOO_SMALL, [f"{TO_TAP}, .evidence-title, summary, .tall", LEAST]) == []
        assert violations(page) == []


def test_the_camera_is_offered_where_there_may_be_one(visit):
    phone, desk = visit("head4", viewport=PHONE, has_touch=True), visit("head4", viewport=DESK)
    for page in (phone, desk):
        open_task(page)

    expect(phone.locator("#photo-new")).to_be_visible()
    expect(desk.locator("#photo-new")).to_be_hidden()
