from datetime import date

import pytest
from sqlalchemy import func, select

from tests.factories import make_person, make_plan
from tests.statements import count_queries
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.reminders import USUAL, Rules
from tracker.models import Event
from tracker.services import events


@pytest.fixture
def plan(people):
    return make_plan(rules=USUAL)


@pytest.fixture
def address(plan):
    return f"/plans/{plan.id}/reminder-rules"


@pytest.fixture
def send(visit, people, address):
    """Open the page as the clerk, change some fields and send it; a tick is taken out with None."""

    def send(status=302, **typed):
        visitor = visit(people.clerk)
        form = {name: values[0] for name, values in visitor.get(address).values(address).items()}
        sent = {name: value for name, value in (form | typed).items() if value is not None}
        return visitor.post(address, sent, status=status)

    return send


def count(db):
    return db.session.scalar(select(func.count()).select_from(Event))


def leader(people, level):
    person = make_person(Role.EXECUTIVE, organization=people.clerk.user.organization)
    person.position.leads_at = level
    return person


def test_the_form_begins_with_the_rules_that_stand_and_saving_it_changes_nothing(send, plan, db):
    page = send()

    assert plan.reminder_rules == USUAL
    assert page.alerts == ["ไม่มีการเปลี่ยนแปลง"]
    assert count(db) == 0


def test_every_rule_is_saved_as_it_was_typed(send, plan):
    send(
        leads="๑๔, 3 วัน", on_the_day=None, first_follow_up="2", follow_up_every="๕", follow_ups="4 ครั้ง",
        first_level="1", second_level="0", stalled_after="20", blocked_after="3", behind_by="15", weekly=None,
    )  # fmt: skip

    assert plan.reminder_rules == Rules(
        leads=(14, 3), on_the_day=False, first_follow_up=2, follow_up_every=5, follow_ups=4, escalations=(1, 0),
        stalled_after=20, blocked_after=3, behind_by=15, weekly=False,
    )  # fmt: skip


def test_a_change_is_told_in_words_in_the_history_of_the_plan(send, people, plan):
    page = send(leads="14, 3", weekly=None, first_level="5")

    assert people.clerk.position.title in page.main
    assert "แก้ไขหลักเกณฑ์การแจ้งเตือน เตือนก่อนครบกำหนด จาก 30, 7, 1 วัน เป็น 14, 3 วัน" in page.main
    assert "จาก ขั้นที่ 1 3 วันทำการ ขั้นที่ 2 10 วันทำการ เป็น ขั้นที่ 1 5 วันทำการ ขั้นที่ 2 10 วันทำการ" in page.main
    assert "สรุปประจำสัปดาห์สำหรับผู้บริหาร จาก ใช่ เป็น ไม่ใช่" in page.main
    assert events.first_break(plan) is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"leads": "เจ็ด"}, "โปรดกรอกเป็นจำนวนเต็ม"),
        ({"first_follow_up": ""}, "โปรดกรอกเป็นจำนวนเต็ม"),
        ({"behind_by": "-1"}, "โปรดกรอกเป็นจำนวนเต็ม"),
        ({"due_on": "เร็ว ๆ นี้", "example": "1"}, "ไม่ใช่วันที่"),
        ({"leads": "7, 7"}, ""),
        ({"leads": "400"}, "180"),
        ({"follow_ups": "99"}, "8"),
        ({"follow_up_every": "0"}, ""),
        ({"first_level": "11"}, ""),
        ({"behind_by": "101"}, "100"),
    ],
)
def test_rules_that_make_no_sense_are_refused_and_kept_in_the_form(send, plan, address, db, typed, says):
    page = send(status=422, **typed)

    assert page.alerts
    assert says in page.main
    kept = page.values(address)
    assert all(kept[name] == [value] for name, value in typed.items() if name != "example")
    assert plan.reminder_rules == USUAL
    assert count(db) == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"leads": "7, 7"}, "เตือนก่อนครบกำหนด"),
        ({"stalled_after": "999"}, "งานที่กำลังดำเนินการแต่ไม่มีความคืบหน้า"),
        ({"first_level": "181"}, "ผู้บริหารขั้นที่ 1"),
        ({"first_level": "11"}, "ผู้บริหารขั้นที่ 2"),
        ({"follow_ups": "9"}, "จำนวนครั้งที่ติดตามซ้ำ"),
        ({"first_follow_up": "0"}, "ติดตามครั้งแรกหลังครบกำหนด"),
        ({"behind_by": "101"}, "ส่วนราชการที่มีความสำเร็จต่ำกว่าที่ควรเป็น"),
    ],
)
def test_a_rule_that_is_refused_is_named(send, typed, field):
    (alert,) = send(status=422, **typed).alerts

    assert f"{field}:" in alert


@pytest.mark.parametrize("day", ["", "เร็ว ๆ นี้"])
def test_the_day_of_the_example_holds_up_nobody_who_saves(send, plan, day):
    send(leads="14", due_on=day)

    assert plan.reminder_rules == Rules(leads=(14,))


def test_looking_at_the_example_saves_nothing(send, plan, address, db):
    page = send(status=200, leads="14", due_on="10 เม.ย. 69", example="1")

    assert "วันศุกร์ 27 มี.ค. 69 อีก 14 วันครบกำหนด" in page.main
    assert "อีก 30 วันครบกำหนด" not in page.main
    assert "ยังไม่ได้บันทึก" in page.main
    assert page.values(address)["leads"] == ["14"]
    assert plan.reminder_rules == USUAL
    assert count(db) == 0


def test_the_example_names_who_is_told_of_late_work(visit, people, address):
    first = leader(people, 1)

    page = visit(people.member).get(address).main

    assert f"งานล่าช้า แจ้งผู้บริหารขั้นที่ 1 {first.position.title}" in page
    assert "งานล่าช้า แจ้งผู้บริหารขั้นที่ 2 ▲ ไม่มีผู้รับ" in page


def test_a_level_that_nobody_is_told_at_is_warned_of(visit, people, address, plan):
    leader(people, 1)
    warning = "แจ้งงานล่าช้าแก่ผู้บริหารขั้นที่ {} แต่"

    page = visit(people.clerk).get(address).main
    assert warning.format(2) in page
    assert warning.format(1) not in page

    plan.reminder_rules = Rules(escalations=(3, 0))
    assert warning.format(2) not in visit(people.clerk).get(address).main


def test_somebody_who_has_left_is_told_nothing(visit, people, address):
    leader(people, 2).ends_on = date(2026, 1, 31)

    assert "แจ้งงานล่าช้าแก่ผู้บริหารขั้นที่ 2 แต่" in visit(people.clerk).get(address).main


def test_one_click_leads_back_to_the_usual_rules(visit, people, plan, address, db):
    plan.reminder_rules = Rules(leads=(5,))
    visitor = visit(people.clerk)
    assert visitor.get(address).offers(f"{address}/usual")

    page = visitor.post(f"{address}/usual")

    assert plan.reminder_rules == USUAL
    assert not page.offers(f"{address}/usual")
    assert list(db.session.scalars(select(Event.kind))) == [EventKind.RULES_CHANGED]


def test_who_may_not_change_the_rules_reads_them(visit, people, address, plan):
    plan.reminder_rules = Rules(leads=(), blocked_after=0)

    page = visit(people.member).get(address)

    assert not page.offers(address)
    assert "เตือนก่อนครบกำหนด ไม่แจ้ง" in page.main
    assert "ติดตามครั้งแรกหลังครบกำหนด 1 วัน" in page.main
    assert "งานที่ติดปัญหาต่อเนื่อง ไม่แจ้ง" in page.main


def test_the_page_of_the_measures_leads_there(visit, people, address):
    assert visit(people.member).get("/measures").links["หลักเกณฑ์การแจ้งเตือน"] == address


def test_the_page_takes_few_statements(visit, people, address):
    visitor = visit(people.clerk)

    with count_queries() as heard:
        visitor.get(address)

    # who is signed in with every appointment, the plan, who is in office, days off, the history, unread notices
    assert len(heard) == 6
