import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, sign_in

pytestmark = pytest.mark.browser

OPEN = "/tasks?year=2569&status=open&month=2026-09"


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_deadlines_are_moved_on_a_phone(visit, site, javascript):
    page = visit(viewport=PHONE, java_script_enabled=javascript, has_touch=True, is_mobile=True)
    sign_in(page, "clerk", site.passwords["clerk"])
    page.goto(OPEN)
    before = page.locator(".lead-line").text_content()

    for number in range(3):
        page.locator(".row-box").nth(number).tap()
    page.locator(".choice-bar button[value=deadline]").tap()
    page.fill("#due_on", "๒๙ ก.ย. ๖๙" if javascript else "28/9/2569")
    page.get_by_role("button", name="ดูผลก่อนบันทึก").tap()
    expect(page.locator(".effect")).to_contain_text("จะเปลี่ยนแปลง 3 งาน")
    page.locator("button[name=confirmed]").tap()

    expect(page.locator(".banner-success")).to_contain_text("3 งาน")
    assert page.locator(".lead-line").text_content() == before


def test_a_whole_page_is_ticked_without_loading_it_again(visit):
    page = visit("clerk", viewport=PHONE)
    page.goto(OPEN)
    rows = page.locator("input[name=task]").count()
    expect(page.locator("[data-count]")).to_have_text("(0)")

    page.locator("[data-choose]").click()

    expect(page.locator("[data-count]")).to_have_text(f"({rows})")
    assert "ticked" not in page.url
    page.locator("[data-choose]").click()
    expect(page.locator("[data-count]")).to_have_text("(0)")


def test_on_a_phone_the_first_task_is_seen_without_scrolling(visit):
    page = visit("clerk", viewport=PHONE)

    page.goto(OPEN)

    expect(page.locator(".row-link").first).to_be_in_viewport(ratio=0.5)


def test_what_has_the_focus_is_never_hidden_under_the_bar(visit):
    page = visit("clerk", viewport=PHONE)
    page.emulate_media(reduced_motion="reduce")  # it scrolls at once
    page.goto(OPEN)
    page.locator("input[name=task]").first.check()

    for _ in range(16):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => { const one = document.activeElement, bar = document.querySelector(".choice-bar");
            return !bar.contains(one) && one.getBoundingClientRect().top >= bar.getBoundingClientRect().top; }"""
        )
        assert not hidden
