"""A division does its work, the office above looks at it, and the figures follow."""

from datetime import date

import pytest

from tracker.services import appointments

MONDAY = date(2026, 2, 16)
END_OF_FEBRUARY = date(2026, 2, 28)


@pytest.fixture
def february(town):
    """The morning on which the February task of indicator 2 waits for the head of finance: its address."""
    town.clock.set(MONDAY)
    head = town.sign_in("head2")
    division = town.position("head2").division_id
    listed = head.get(f"/tasks?indicator=2&division={division}")
    return next(
        link.get("href") for link in listed.root.all("a")
        if link.get("class") == "row-link" and "28 ก.พ. 69" in link.text
    )  # fmt: skip


def move(visitor, task, name, note="", *, status=302):
    visitor.get(task)
    return visitor.post(f"{task}/status", {"move": name, "note": note}, status=status)


def cell(visitor):
    """Return what the overview says of indicator 2 in the second division."""
    page = visitor.get("/dashboard")
    matrix = next(table for table in page.root.all("table") if table.get("class") == "matrix")
    row = next(row for row in matrix.all("tr") if row.all("th")[0].text.startswith("2 "))
    return row.all("td")[1].text


def test_a_head_ticks_and_hands_in_the_clerk_accepts_and_the_overview_moves(town, february):
    head, clerk, mayor = (town.sign_in(name) for name in ("head2", "clerk", "mayor"))
    assert cell(mayor) == "0/2"

    page = head.get(february)
    steps = [field.get("value") for field in page.root.all("input") if field.get("name") == "step"]
    head.post(f"{february}/report", {"step": steps})
    handed_in = move(head, february, "submit", "เผยแพร่แผนแล้วบนเว็บไซต์")
    assert "รอตรวจ" in handed_in.main
    assert cell(mayor) == "0/2"

    assert february in clerk.get("/").links.values()
    assert "ตรวจครบแล้ว" in move(clerk, february, "accept").alerts[1]

    accepted = clerk.get(february)
    assert "✓ แล้วเสร็จ" in accepted.main
    assert len(accepted.root.all("ol")[0].all("li")) == len(steps) + 3  # and begun, handed in, accepted
    assert cell(mayor) == "1/2"
    assert february not in clerk.get("/").links.values()


def test_what_is_returned_says_why_and_can_be_handed_in_again(town, february):
    officer, head, secretary = (town.sign_in(name) for name in ("officer2", "head2", "palad"))
    move(officer, february, "submit", "เสร็จแล้ว")

    move(secretary, february, "return", "ขอให้แนบที่อยู่ของเอกสาร")

    page = head.get(february)
    assert "ขอให้แนบที่อยู่ของเอกสาร" in page.main
    assert february in head.get("/").links.values()
    move(head, february, "submit", "https://town.example/plan.pdf")
    move(secretary, february, "accept")
    assert "✓ แล้วเสร็จ" in secretary.get(february).main


def test_what_was_handed_in_too_soon_can_be_taken_back(town, february):
    head = town.sign_in("head2")
    move(head, february, "submit", "ส่งผิดงาน")

    page = move(head, february, "withdraw")

    assert "กำลังดำเนินการ" in page.main
    assert february not in town.sign_in("clerk").page.links.values()


def test_an_obstacle_reaches_those_who_can_help_and_goes_again(town, february):
    head, mayor = town.sign_in("head2"), town.sign_in("mayor")

    move(head, february, "block", "รอราคากลางจากจังหวัด")

    assert "รอราคากลางจากจังหวัด" in mayor.get(february).main
    assert february in mayor.get("/tasks?indicator=2&status=blocked").links.values()
    move(head, february, "submit", "ได้ราคากลางแล้ว")
    assert february not in mayor.get("/tasks?indicator=2&status=blocked").links.values()


def test_what_does_not_concern_a_division_leaves_its_figures(town, february):
    clerk, mayor = town.sign_in("clerk"), town.sign_in("mayor")

    move(clerk, february, "not_applicable", "กองนี้ไม่มีโครงการจัดซื้อจัดจ้าง")
    assert cell(mayor) == "0/1"

    move(clerk, february, "applicable")
    assert cell(mayor) == "0/2"


def test_where_the_clerk_is_also_the_head_the_permanent_secretary_accepts(town, february):

    clerk_position = town.position("clerk")
    appointments.appoint(user=town.user("head2"), position=clerk_position, starts_on=MONDAY)
    both = town.sign_in("head2")

    handed_in = move(both, february, "submit", "เรียบร้อย")
    assert not handed_in.offers(f"{february}/status", move="accept")
    assert "ต้องให้ผู้อื่นเป็นผู้เห็นชอบผล" in move(both, february, "accept", status=422).alerts[0]

    move(town.sign_in("palad"), february, "accept")
    assert "✓ แล้วเสร็จ" in both.get(february).main


def test_yesterday_stays_as_it_was_whatever_happens_today(town, february):
    mayor = town.sign_in("mayor")
    before = mayor.get(f"/dashboard?on={MONDAY}").main
    town.clock.set(date(2026, 2, 17))

    move(town.sign_in("head2"), february, "submit", "เรียบร้อย")
    move(town.sign_in("clerk"), february, "accept")

    def figures(main):
        return main.partition("ดำเนินการแล้ว")[2].partition("ข้อมูล ณ วันที่")[0]

    assert figures(mayor.get(f"/dashboard?on={MONDAY}").main) == figures(before)
    assert figures(mayor.get("/dashboard").main) != figures(before)


def test_after_a_busy_day_the_history_is_whole(town, february):
    head, clerk = town.sign_in("head2"), town.sign_in("clerk")
    for _ in range(2):
        move(head, february, "submit", "ส่ง")
        move(clerk, february, "return", "ขอเพิ่ม")
    move(head, february, "submit", "ส่งอีกครั้ง")
    move(clerk, february, "accept")
    move(clerk, february, "reopen", "พบว่ายังไม่ครบ")

    done = town.run("audit", "verify")

    assert (done.exit_code, done.stdout.strip()) == (0, "The history is whole.")
