import pytest

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_a_position_is_filled_covered_and_abolished_on_a_phone(visit, has_script):
    page = visit("admin", viewport=PHONE, java_script_enabled=has_script)
    title = f"นักวิชาการเงินและบัญชี{' (ชั่วคราว)' if has_script else ''}"

    page.goto("/admin/positions")
    page.click("main summary")
    page.fill("#title", title)
    page.select_option("#division", "2")
    page.click("details button")
    assert "ตำแหน่งว่าง" in page.inner_text("main")

    page.click("main a:has-text('เปลี่ยนผู้ดำรงตำแหน่ง')")
    page.fill("#name", "ผู้มาใหม่")
    page.fill("#username", f"newcomer-{has_script}")
    page.fill("#starts_on", "วันที่ไม่มี")
    page.click("main form button")
    assert "ไม่ใช่วันที่" in page.inner_text("main")
    assert page.input_value("#username") == f"newcomer-{has_script}"
    page.fill("#starts_on", "๒๐ ก.พ. ๖๙")
    page.click("main form button")
    assert "ผู้มาใหม่ จะดำรงตำแหน่ง" in page.inner_text(".effect")
    page.click("button[name=confirmed]")
    assert page.inner_text("h1") == "ผู้มาใหม่"

    page.click(f"main .row-link:has-text('{title}')")
    page.click("text=แต่งตั้งผู้รักษาการ")
    page.select_option("#person", label="ผู้อำนวยการกองคลัง (head2) · ผู้อำนวยการกองคลัง")
    page.fill("#ends_on", "28 ก.พ. 69")
    page.click("main form button")
    assert "20 ก.พ. 69 ถึง 28 ก.พ. 69" in page.inner_text("main")

    page.click("text=ยุบเลิกตำแหน่ง")
    assert "ยุบเลิกตำแหน่ง" in page.inner_text("h1")
    page.click("main a:has-text('ยกเลิก')")
    page.click("text=ยุบเลิกตำแหน่ง")
    page.click("button[name=confirmed]")
    assert "ยุบเลิกเมื่อ 20 กุมภาพันธ์ 2569" in page.inner_text("main")
    page.goto("/admin/record")
    assert title in page.inner_text("main")
