from datetime import date, time

import pytest

from tests.factories import make_address, make_person
from tests.statements import count_queries
from tracker.models import Preference

SETTINGS = "/notices/settings"
USUAL = {"hour": "08:30", "wants_mail": "y", "paused_from": "", "paused_to": ""}


@pytest.fixture
def member(visit, people):
    visitor = visit(people.member)
    visitor.get(SETTINGS)
    return visitor


@pytest.fixture
def kept(db, people):
    return lambda: db.session.get(Preference, people.member.user_id)


@pytest.mark.parametrize("page", ["/notices", "/account"])
def test_the_settings_are_found(member, page):
    assert SETTINGS in member.get(page).links.values()


def test_who_never_chose_is_told_at_half_past_eight_by_mail(member, people):
    page = member.get(SETTINGS)

    assert "วันละไม่เกิน 1 ฉบับ เวลา 08:30 น. เป็นต้นไป ในวันทำการ" in page.main
    assert people.member.user.email in page.main
    assert page.values(SETTINGS)["wants_mail"] == ["y"]


def test_hours_come_in_half_hours_while_the_office_can_still_try_again(member):
    hours = [option.get("value") for option in member.page.root.all("option")]

    assert (hours[0], hours[1], hours[-1], len(hours)) == ("08:00", "08:30", "17:00", 19)


def test_hour_and_pause_are_saved_and_told_in_words(member, kept):
    page = member.post(SETTINGS, USUAL | {"hour": "16:30", "paused_from": "1 มี.ค. 69", "paused_to": "๑๕/๓/๒๕๖๙"})

    wishes = kept().wishes
    assert wishes.hour == time(16, 30)
    assert (wishes.paused_from, wishes.paused_to) == (date(2026, 3, 1), date(2026, 3, 15))
    assert "เวลา 16:30 น." in page.main
    assert "พักตั้งแต่วันที่ 1 มีนาคม 2569 ถึง 15 มีนาคม 2569" in page.main
    assert page.values(SETTINGS)["paused_from"] == ["1 มีนาคม 2569"]


def test_a_pause_that_has_begun_is_told_as_one(member):
    page = member.post(SETTINGS, USUAL | {"paused_from": "1 ก.พ. 69", "paused_to": "20 ก.พ. 69"})

    assert "ขณะนี้พักอยู่ ถึงวันที่ 20 กุมภาพันธ์ 2569" in page.main


def test_a_pause_that_is_over_is_shown_no_more_and_stands_in_nobodys_way(member, kept, clock):
    member.post(SETTINGS, USUAL | {"paused_from": "1 มี.ค. 69", "paused_to": "15 มี.ค. 69"})
    clock.set(date(2026, 3, 16))

    page = member.get(SETTINGS)
    assert "พัก" not in page.alerts
    assert page.values(SETTINGS)["paused_to"] == [""]

    member.post(SETTINGS, page.values(SETTINGS))
    assert kept().paused_to is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"hour": "07:30"}, "ตัวเลือก"),
        ({"hour": "17:30"}, "ตัวเลือก"),
        ({"hour": "08:45"}, "ตัวเลือก"),
        ({"hour": ""}, "ตัวเลือก"),
        ({"paused_from": "ไม่รู้"}, "ไม่ใช่วันที่"),
        ({"paused_from": "1 มี.ค. 2026", "paused_to": "15 มี.ค. 69"}, "ค.ศ."),
        ({"paused_from": "31 ก.พ. 69", "paused_to": "15 มี.ค. 69"}, "ไม่มีวันที่"),
        ({"paused_from": "1 มี.ค. 69"}, "ระบุวันเริ่มและวันสิ้นสุด"),
        ({"paused_to": "1 มี.ค. 69"}, "ระบุวันเริ่มและวันสิ้นสุด"),
        ({"paused_from": "15 มี.ค. 69", "paused_to": "1 มี.ค. 69"}, "ระบุวันเริ่มและวันสิ้นสุด"),
        ({"paused_from": "1 ม.ค. 69", "paused_to": "19 ก.พ. 69"}, "ผ่านไปแล้ว"),
        ({"paused_from": "1 มี.ค. 69", "paused_to": "15 มี.ค. 96"}, "ไม่เกินหนึ่งปี"),
        ({"addresses": "987654"}, "ตัวเลือก"),
        ({"addresses": "x"}, "ตัวเลือก"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_everything_typed_is_kept(member, people, kept, typed, says):
    make_address(people.member)

    page = member.post(SETTINGS, USUAL | typed, status=422)

    assert says in page.main
    assert kept() is None
    for name in ("paused_from", "paused_to"):
        assert page.values(SETTINGS)[name] == [(USUAL | typed)[name]]


def test_the_channel_of_somebody_else_cannot_be_chosen(member, people):
    mine, theirs = make_address(people.member), make_address(people.neighbour, is_on=False)

    member.post(SETTINGS, USUAL | {"addresses": [str(mine.id), str(theirs.id)]}, status=422)

    assert not theirs.is_on


def test_ones_channels_are_switched_one_by_one(member, people):
    phone, group = make_address(people.member, label="มือถือ"), make_address(people.member, label="กลุ่มของกอง")

    page = member.post(SETTINGS, USUAL | {"addresses": [str(group.id)]})

    assert (phone.is_on, group.is_on) == (False, True)
    assert page.values(SETTINGS)["addresses"] == [str(group.id)]
    assert f"{people.member.user.email}, “กลุ่มของกอง”" in page.main
    assert "“มือถือ”" not in page.main


def test_who_turns_everything_off_is_told_where_notices_still_are(member, people, kept):
    address = make_address(people.member)

    page = member.post(SETTINGS, {name: value for name, value in USUAL.items() if name != "wants_mail"})

    assert (kept().wants_mail, address.is_on) == (False, False)
    assert "ระบบจะไม่ส่งข้อความถึงท่าน" in page.main
    assert "หน้าแจ้งเตือน" in page.main


def test_who_has_no_e_mail_sees_why_there_is_no_switch(visit, people):
    person = make_person(division=people.member.position.division, has_email=False)

    page = visit(person).get(SETTINGS)

    assert "wants_mail" not in page.values(SETTINGS)
    assert "ท่านไม่มีอีเมลในระบบ" in page.main


def test_who_left_the_mails_and_lost_the_address_is_not_signed_up_by_saving(visit, people, db):
    person = make_person(division=people.member.position.division, has_email=False)
    db.session.add(Preference(user_id=person.user_id, wants_mail=False))
    visitor = visit(person)
    visitor.get(SETTINGS)

    visitor.post(SETTINGS, {"hour": "09:00", "paused_from": "", "paused_to": ""})

    preference = db.session.get(Preference, person.user_id)
    assert (preference.hour, preference.wants_mail) == (time(9, 0), False)


def test_the_menu_says_that_the_settings_belong_to_the_notices(member):
    here = [link.text for link in member.page.root.all("a") if link.get("aria-current")]

    assert here == ["แจ้งเตือน"]


def test_the_page_asks_the_database_a_few_times_only(member, people):
    for number in range(3):
        make_address(people.member, f"json://a/{number}")
    with count_queries() as heard:
        member.get(SETTINGS)

    # who is signed in with every appointment, what they chose, their channels, unread notices
    assert len(heard) == 4
