import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
    return {
        name: e.outerHTML.slice(0, 100),
        inMain: !!e.closest("main"),
        seen: e === document.body || outlined || style.boxShadow !== "none",
        uncovered: !top || e.contains(top) || top.contains(e),
    };
}"""


def tab(page, times=1):
    for _ in range(times):
        page.keyboard.press("Tab")
    return page.evaluate(FOCUSED)


def test_the_first_stop_skips_the_menu(visit):
    page = visit("head2")
    page.goto("/")

    tab(page)
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    assert tab(page)["inMain"]


@pytest.mark.parametrize(("username", "address"), [("head2", "/"), ("mayor", "/dashboard"), ("clerk", "/tasks")])
def test_every_stop_is_seen_and_none_is_covered(visit, username, address):
    page = visit(username)
    page.goto(address)

    stops = [tab(page) for _ in range(40)]

    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert [stop["name"] for stop in stops if not stop["uncovered"]] == []
    assert any(stop["inMain"] for stop in stops)


def test_the_matrix_can_be_scrolled_with_the_arrow_keys(visit):
    page = visit("mayor", viewport={"width": 360, "height": 740})
    page.goto("/dashboard")
    region = page.locator("[role=region][aria-labelledby=matrix]")

    region.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")

    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_a_head_works_on_a_task_with_the_keyboard_alone(visit, site):
    page = visit()
    page.goto("/sign-in")
    page.locator("#username").focus()
    page.keyboard.type("head6")
    page.keyboard.press("Tab")
    page.keyboard.type(site.passwords["head6"])
    page.keyboard.press("Enter")
    page.wait_for_url("/")

    press_until(page, ".row-link", "Enter")
    page.wait_for_url("**/tasks/*")
    press_until(page, "#result")
    page.keyboard.type("ติดตามแล้ว")
    press_until(page, "#report-form button[value=submit]", "Enter")

    expect(page.locator(".deadline")).to_contain_text("รอตรวจ")
    expect(page.locator(".report")).to_contain_text("ติดตามแล้ว")


def press_until(page, selector, key=""):
    """Press Tab until something is focused, then press a key on it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            break
    else:
        raise AssertionError(f"Tab never reaches {selector}")
    if key:
        page.keyboard.press(key)
