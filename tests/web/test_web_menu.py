from tests.factories import make_measure
from tests.factories_public import make_comment


def entries(page):
    """Return the menu's entries, first those that are never folded, then the others."""
    menu = page.root.all("nav")[0]
    folded = [link.text for link in menu.all("details")[0].all("a")]
    return [link.text for link in menu.all("a") if link.text not in folded], folded


def test_what_most_people_come_for_is_never_folded_away(visit, people):
    first, folded = entries(visit(people.clerk).get("/"))

    assert first == ["งานของฉัน", "ผลที่รอตรวจ", "ภาพรวม", "แจ้งเตือน"]
    assert folded[:6] == ["มาตรการ", "งานทั้งหมด", "ปฏิทิน", "รายงาน", "ลิงก์ OIT", "หน้าสาธารณะ"]


def test_the_fold_tells_that_ones_own_page_is_in_it(visit, people):
    visitor = visit(people.clerk)
    fold = visitor.get("/disclosures").root.all("summary")[0]
    assert fold.get("class") == "is-here"

    assert visitor.get("/dashboard").root.all("summary")[0].get("class") != "is-here"


def test_the_fold_counts_what_waits_in_it(visit, people):
    make_comment(make_measure(8))

    assert visit(people.clerk).get("/").root.all("summary")[0].text == "เมนูเพิ่มเติม 1"
