from datetime import date, timedelta

import pytest

from tests.clocks import TODAY
from tests.factories import make_person, make_position, make_task
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.extensions import db
from tracker.models import Appointment, Position, User
from tracker.services import appointments

NEWCOMER = {"person": "0", "name": "ผู้มาใหม่", "username": "newcomer", "email": "", "starts_on": "วันนี้"}
NEXT_MONTH = date(2026, 3, 20)


@pytest.fixture
def admin(visit, people):
    visitor = visit(people.administrator)
    visitor.get("/admin/positions")
    return visitor


@pytest.fixture
def hand_over(admin):
    """Open the page that hands a position over, fill it in and send it."""

    def hand_over(position, *, status=302, **typed):
        address = f"/admin/positions/{position.id}/holder"
        shown = {name: values[0] for name, values in admin.get(address).values(address).items()}
        sent = shown | {name: str(value) for name, value in typed.items()}
        return admin.confirm(address, sent) if status == 302 else admin.post(address, sent, status=status)

    return hand_over


@pytest.fixture
def cover(admin):
    """Open the page that appoints acting cover, fill it in and send it."""

    def cover(position, *, status=302, **typed):
        address = f"/admin/positions/{position.id}/cover"
        shown = {name: values[0] for name, values in admin.get(address).values(address).items()}
        return admin.post(address, shown | {name: str(value) for name, value in typed.items()}, status=status)

    return cover


def of(position):
    rows = db.session.scalars(
        db.select(Appointment).where(Appointment.position_id == position.id).order_by(Appointment.id)
    )
    return [(row.user, row.starts_on, row.ends_on, row.is_acting) for row in rows]


def test_a_vacant_position_is_shown_first_and_in_words(admin):
    vacant = make_position(Role.CLERK)

    page = admin.get("/admin/positions")

    assert page.root.all("h2")[0].text == "ตำแหน่งว่าง"
    assert vacant.title in page.root.all("ul")[-1].text or vacant.title in page.main
    assert "จึงไม่มีผู้รับการแจ้งเตือน" in page.main


def test_where_everything_is_filled_nothing_is_said_of_vacancies(admin):
    assert "ตำแหน่งว่าง" not in admin.get("/admin/positions").main


def test_a_position_is_added_and_said_to_be_vacant(admin, people):
    division = people.member.position.division

    page = admin.post("/admin/positions", {"title": "นายช่างโยธา", "role": "officer", "division": str(division.id)})

    assert page.h1 == "นายช่างโยธา"
    assert "ตำแหน่งว่าง" in page.main
    assert "ยังไม่เคยมีผู้ดำรงตำแหน่ง" in page.main


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"title": ""}, "โปรดกรอกชื่อตำแหน่ง"),
        ({"title": "ก" * 10_000}, "ไม่เกิน 150"),
        ({"division": "0"}, "ต้องสังกัดส่วนราชการ"),
        ({"role": "king"}, ""),
        ({"division": "987654"}, ""),
        ({"division": "x"}, ""),
    ],
)
def test_a_position_that_cannot_be_is_refused_and_kept(admin, people, typed, says):
    sent = {"title": "นายช่าง", "role": "officer", "division": str(people.member.position.division_id)} | typed

    page = admin.post("/admin/positions", sent, status=422)

    assert says in page.main
    assert page.values("/admin/positions")["title"] == [sent["title"]]
    assert db.session.scalar(db.select(Position).where(Position.title == "นายช่าง")) is None


def test_the_division_of_another_organization_is_no_choice(admin, people):
    foreign = people.stranger.position.division_id

    admin.post("/admin/positions", {"title": "นายช่าง", "role": "officer", "division": str(foreign)}, status=422)


def test_a_position_is_changed(admin, people):
    address = f"/admin/positions/{people.clerk.position_id}"

    admin.post(address, {"title": "นักวิเคราะห์", "role": "executive", "division": "0"})

    assert (people.clerk.position.title, people.clerk.position.role) == ("นักวิเคราะห์", Role.EXECUTIVE)
    assert people.clerk.position.division is None


@pytest.mark.parametrize(
    ("title", "chosen", "level"),
    [
        ("ปลัดเทศบาล", "usual", 1),
        ("รองนายกเทศมนตรี", "usual", 2),
        ("ที่ปรึกษา", "usual", None),
        ("ที่ปรึกษา", "2", 2),
        ("ปลัดเทศบาล", "never", None),
    ],
)
def test_an_executive_is_told_of_late_work_at_the_usual_level_or_another(admin, title, chosen, level):
    sent = {"title": title, "role": "executive", "division": "0", "leads_at": chosen}
    page = admin.post("/admin/positions", sent)

    assert db.session.scalars(db.select(Position).where(Position.title == title)).one().leads_at == level
    assert ("รับแจ้งเมื่องานล่าช้า ขั้นที่" in page.root.all("dl")[0].text) is (level is not None)


def test_nobody_but_an_executive_is_told_as_leadership(admin, people):
    division = str(people.member.position.division_id)
    sent = {"title": "นายช่าง", "role": "officer", "division": division, "leads_at": "1"}

    page = admin.post("/admin/positions", sent, status=422)

    assert "เฉพาะตำแหน่งผู้บริหาร" in page.main
    assert page.values("/admin/positions")["leads_at"] == ["1"]


def test_the_level_of_an_executive_is_changed_shown_and_recorded(admin, people):
    position = people.executive.position
    address = f"/admin/positions/{position.id}"
    assert admin.get(address).values(address)["leads_at"] == ["never"]

    admin.post(address, {"title": position.title, "role": "executive", "division": "0", "leads_at": "2"})

    assert admin.get(address).values(address)["leads_at"] == ["2"]
    assert "ผู้บริหาร · รับแจ้งเมื่องานล่าช้า ขั้นที่ 2" in admin.get("/admin/positions").main
    assert "รับแจ้งเมื่องานล่าช้า ขั้นที่ 2" in admin.get("/admin/record").main


def test_who_is_no_executive_is_not_asked_for_a_level(admin, people):
    address = f"/admin/positions/{people.clerk.position_id}"

    assert "leads_at" not in admin.get(address).values(address)


def test_an_executive_who_becomes_something_else_leads_no_more(admin, people):
    position = people.executive.position
    position.leads_at = 2

    admin.post(
        f"/admin/positions/{position.id}",
        {"title": position.title, "role": "auditor", "division": "0", "leads_at": "usual"},
    )

    assert position.leads_at is None


def test_the_last_administrators_position_stays_what_it_is(admin, people):
    address = f"/admin/positions/{people.administrator.position_id}"

    for deed, sent in (("", {"title": "ผู้ดูแล", "role": "clerk", "division": "0"}), ("/abolition", {}), ("/vacancy", {})):
        page = admin.post(address + deed, sent, status=422)
        assert "จะไม่มีผู้ดูแลระบบเหลืออยู่" in page.alerts[0]


def test_abolishing_and_restoring_a_position(admin, people):
    address = f"/admin/positions/{people.clerk.position_id}"

    page = admin.confirm(f"{address}/abolition")
    assert not page.offers(f"{address}/abolition")
    assert "ตำแหน่งที่ยุบเลิกแล้ว" in admin.get("/admin/positions").main

    page = admin.post(f"{address}/restoration")
    assert "ตำแหน่งว่าง" in page.main


def test_a_position_is_handed_to_an_existing_person_from_today(admin, people, hand_over):
    page = hand_over(people.member.position, person=people.clerk.user_id)

    assert "ตั้งแต่วันศุกร์ที่ 20 กุมภาพันธ์ 2569" in page.alerts[0]
    assert "สิทธิ์สิ้นสุดเมื่อ 20 กุมภาพันธ์ 2569 09:00" in page.main
    assert of(people.member.position)[1] == (people.clerk.user, TODAY, None, False)


def test_the_predecessors_open_session_sees_nothing_at_the_next_click(visit, people, hand_over):
    task = make_task(division=people.member.position.division)
    former = visit(people.member)
    assert former.get(f"/tasks/{task.id}").offers(f"/tasks/{task.id}/status", move="start")

    hand_over(people.member.position, person=people.clerk.user_id)

    former.post(f"/tasks/{task.id}/status", {"move": "start"}, status=403)
    former.get("/", status=403)


def test_a_position_is_handed_to_a_new_person_on_the_way(admin, people, hand_over):
    page = hand_over(people.member.position, **NEWCOMER | {"starts_on": "1 มี.ค. 69"})

    assert page.h1 == "ผู้มาใหม่"  # where the invitation is
    assert of(people.member.position)[1][1] == date(2026, 3, 1)
    assert people.member.ends_on == date(2026, 2, 28)
    assert people.member.is_in_force(TODAY)


@pytest.mark.parametrize("written", ["๑ มีนาคม ๒๕๖๙", "1/3/69", "1 มี.ค."])
def test_days_are_read_as_thais_write_them(people, hand_over, written):
    hand_over(people.member.position, person=people.clerk.user_id, starts_on=written)

    assert of(people.member.position)[1][1] == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("1 มี.ค. 2026", "น่าจะเป็น ค.ศ."),
        ("1/3/26", "น่าจะเป็น ค.ศ."),
        ("", "โปรดกรอกตั้งแต่วันที่"),
        ("พรุ่งนี้", "ไม่ใช่วันที่"),
        ("31 ก.พ. 69", "ไม่มีวันที่"),
        ("๙" * 10_000, "ไม่ใช่วันที่"),
        ("19 ก.พ. 69", "ผ่านไปแล้ว"),
        ("1 มี.ค. 79", "เกินหนึ่งปี"),
    ],
)
def test_a_day_in_doubt_is_asked_about_and_everything_typed_is_kept(people, hand_over, written, says):
    typed = NEWCOMER | {"starts_on": written}

    page = hand_over(people.member.position, status=422, **typed)

    assert says in page.main
    shown = page.values(f"/admin/positions/{people.member.position_id}/holder")
    assert {name: shown[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert len(of(people.member.position)) == 1
    assert db.session.scalar(db.select(User).where(User.username == "newcomer")) is None


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"username": ""},
        {"username": "two words"},
        {"email": "x"},
        {"name": "ก" * 10_000},
        {"person": "987654"},
        {"person": "x"},
        {"person": ""},
    ],
)
def test_a_newcomer_who_cannot_be_is_refused_and_nothing_is_handed_over(people, hand_over, typed):
    hand_over(people.member.position, status=422, **NEWCOMER | {"starts_on": "20 ก.พ. 69"} | typed)

    assert len(of(people.member.position)) == 1


def test_whoever_can_be_chosen_is_told_apart_by_user_name_and_position(admin, people):
    page = admin.get(f"/admin/positions/{people.member.position_id}/holder")

    clerk = people.clerk
    label = f"{clerk.user.name} ({clerk.user.username}) · {clerk.position.title}"
    assert label in [option.text for option in page.root.all("option")]


def test_a_person_of_another_organization_is_no_choice(people, hand_over):
    hand_over(people.member.position, status=422, person=people.stranger.user_id)

    assert len(of(people.member.position)) == 1


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "๑"])
def test_a_form_whose_hidden_field_was_bent_hands_nothing_over(people, hand_over, seen):
    page = hand_over(people.member.position, status=422, person=people.clerk.user_id, seen=seen)

    assert "มีผู้เปลี่ยนผู้ดำรงตำแหน่งนี้" in page.alerts[0]


def test_whoever_was_succeeded_the_same_day_was_there_and_whoever_was_taken_back_never_began(admin, people, hand_over):
    hand_over(people.member.position, person=people.clerk.user_id)
    hand_over(people.member.position, person=people.auditor.user_id, starts_on="1 มี.ค. 69")

    page = hand_over(people.member.position, person=people.neighbour.user_id)

    assert "20 ก.พ. 69 ถึง 20 ก.พ. 69 · สิทธิ์สิ้นสุดเมื่อ" in page.main
    assert "เดิมกำหนดเริ่ม 1 มี.ค. 69 แต่ยกเลิกก่อนมีผล" in page.main


def test_the_day_that_the_form_proposes_is_read_back_in_english_too(admin, people, hand_over):
    admin.post("/locale/en", {"next": "/admin"})

    page = hand_over(people.member.position, person=people.clerk.user_id)

    assert "from Friday 20 February 2569" in page.alerts[0]


def test_a_second_click_hands_nothing_over_twice(admin, people, hand_over):
    address = f"/admin/positions/{people.member.position_id}/holder"
    form = {name: values[0] for name, values in admin.get(address).values(address).items()}
    sent = form | {"person": str(people.clerk.user_id)}

    confirmed = admin.post(address, sent, status=200).values(address) | {"confirmed": "1"}
    admin.post(address, confirmed)
    admin.post(address, confirmed, status=422)

    assert len(of(people.member.position)) == 2


def test_an_administrator_can_hand_the_only_administrators_position_over(visit, people, hand_over, admin):
    address = f"/admin/positions/{people.administrator.position_id}/holder"
    form = {name: values[0] for name, values in admin.get(address).values(address).items()}
    asked = admin.post(address, form | {"person": str(people.clerk.user_id)}, status=200)
    admin.get(address, status=302, method="POST", data=asked.values(address) | {"confirmed": "1"})

    assert "เปลี่ยนผู้ดำรงตำแหน่ง" not in admin.get("/admin", status=403).main
    visit(people.clerk).get("/admin")


def test_a_newcomer_does_not_become_the_only_administrator(people, hand_over):
    page = hand_over(people.administrator.position, status=422, **NEWCOMER | {"starts_on": "20 ก.พ. 69"})

    assert "บุคคลใหม่ยังเป็นผู้ดูแลระบบเพียงคนเดียวไม่ได้" in page.alerts[0]


def test_acting_cover_is_appointed_and_shown(admin, people, cover):
    page = cover(people.member.position, person=people.neighbour.user_id, ends_on="20 มี.ค. 69")

    assert "รักษาการในตำแหน่งนี้ ตั้งแต่ 20 กุมภาพันธ์ 2569 ถึง 20 มีนาคม 2569" in page.alerts[0]
    assert of(people.member.position)[1] == (people.neighbour.user, TODAY, NEXT_MONTH, True)
    assert "ผู้รักษาการวันนี้" in admin.get("/admin/positions").main


def test_an_acting_head_reports_for_the_division(visit, people, cover):
    task = make_task(division=people.member.position.division)
    cover(people.member.position, person=people.neighbour.user_id, ends_on="20 ก.พ. 69")
    acting = visit(people.neighbour)

    assert "(รักษาการ)" in acting.get(f"/tasks/{task.id}").text
    acting.post(f"/tasks/{task.id}/status", {"move": "start"})


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"person": "0"}, "โปรดเลือกผู้รักษาการ"),
        ({"ends_on": "19 ก.พ. 69"}, "วันสุดท้ายอยู่ก่อนวันแรก"),
        ({"starts_on": "19 ก.พ. 69"}, "ผ่านไปแล้ว"),
        ({"ends_on": ""}, "โปรดกรอกวันสุดท้าย"),
        ({"ends_on": "20/3/2026"}, "น่าจะเป็น ค.ศ."),
        ({"ends_on": "20 มี.ค. 75"}, "ไม่เกินหนึ่งปี"),
        ({"person": "self"}, "ดำรงตำแหน่งนี้อยู่แล้ว"),
    ],
)
def test_a_cover_that_cannot_be_is_refused_and_kept(people, cover, typed, says):
    sent = {"person": people.neighbour.user_id, "ends_on": "20 มี.ค. 69"} | typed
    if sent["person"] == "self":
        sent["person"] = people.member.user_id

    page = cover(people.member.position, status=422, **sent)

    assert says in page.main
    assert page.values(f"/admin/positions/{people.member.position_id}/cover")["ends_on"] == [sent["ends_on"]]
    assert len(of(people.member.position)) == 1


def test_a_cover_over_a_cover_is_refused(people, cover):
    cover(people.member.position, person=people.neighbour.user_id, ends_on="20 มี.ค. 69")

    page = cover(people.member.position, status=422, person=people.clerk.user_id, ends_on="1 มี.ค. 69")

    assert "รักษาการในตำแหน่งนี้ในบางวัน" in page.alerts[0]


def test_a_cover_is_ended_early(admin, visit, people, cover):
    cover(people.member.position, person=people.neighbour.user_id, ends_on="20 มี.ค. 69")
    acting = db.session.scalars(db.select(Appointment).where(Appointment.is_acting)).one()

    page = admin.post(f"/admin/covers/{acting.id}/end")

    assert "สิ้นสุดการรักษาการ" in page.alerts[0]
    assert not acting.is_in_force(TODAY)


def test_an_appointment_that_is_no_cover_has_no_such_address(admin, people):
    admin.post(f"/admin/covers/{people.member.id}/end", status=404)


def test_a_position_is_left_vacant(admin, people):
    page = admin.confirm(f"/admin/positions/{people.member.position_id}/vacancy")

    assert "ตำแหน่งว่าง" in page.main
    assert not people.member.is_in_force(TODAY)


@pytest.mark.parametrize("deed", ["vacancy", "abolition"])
def test_before_a_position_is_given_up_the_page_says_who_loses_what_and_changes_nothing(admin, people, deed):
    make_task(division=people.member.position.division)
    address = f"/admin/positions/{people.member.position_id}"

    asked = admin.post(f"{address}/{deed}", status=200)

    assert "วันศุกร์ที่ 20 กุมภาพันธ์ 2569" in asked.main
    assert f"{people.member.user.name} หมดสิทธิ์การใช้งานทันที เพราะไม่มีตำแหน่งอื่น" in asked.main
    assert "ยังไม่แล้วเสร็จ 1 งาน" in asked.main
    assert asked.links["ยกเลิก"] == address
    assert people.member.is_in_force(TODAY)
    assert people.member.position.abolished_on is None


def test_who_was_to_begin_and_who_goes_on_acting_is_said_before_a_position_is_left_vacant(admin, people):
    position = people.member.position
    appointments.appoint(user=people.clerk.user, position=position, starts_on=NEXT_MONTH)
    appointments.appoint(
        user=people.neighbour.user, position=position, starts_on=TODAY, ends_on=NEXT_MONTH, is_acting=True
    )

    asked = admin.post(f"/admin/positions/{position.id}/vacancy", status=200).main

    assert f"{people.clerk.user.name} ซึ่งมีกำหนดเริ่มวันที่ 20 มีนาคม 2569 จะไม่ได้เริ่มปฏิบัติหน้าที่" in asked
    assert f"{people.neighbour.user.name} ยังปฏิบัติงานในตำแหน่ง{position.title}ต่อได้" in asked


def test_what_changed_since_it_was_shown_is_shown_anew(admin, people):
    address = f"/admin/positions/{people.member.position_id}/vacancy"
    asked = admin.post(address, status=200)
    make_task(division=people.member.position.division)

    again = admin.post(address, asked.values(address) | {"confirmed": "1"}, status=200)

    assert "ยังไม่แล้วเสร็จ 1 งาน" in again.main
    assert people.member.is_in_force(TODAY)


@pytest.fixture
def ask_to_hand_over(admin, people):
    """Fill in the form that hands the member's position over, and return the page that asks."""

    def ask(**typed):
        address = f"/admin/positions/{people.member.position_id}/holder"
        shown = {name: values[0] for name, values in admin.get(address).values(address).items()}
        return admin.post(address, shown | {name: str(value) for name, value in typed.items()}, status=200)

    return ask


def test_before_a_position_is_handed_over_the_page_says_from_when_and_who_keeps_what(people, ask_to_hand_over):
    make_task(division=people.member.position.division)

    asked = ask_to_hand_over(person=people.clerk.user_id, starts_on="1 มี.ค. 69").main

    member, clerk = people.member, people.clerk
    title = member.position.title
    assert f"{clerk.user.name} จะดำรงตำแหน่ง{title} ตั้งแต่วันอาทิตย์ที่ 1 มีนาคม 2569" in asked
    assert f"{clerk.user.name} ยังคงดำรงตำแหน่ง{clerk.position.title}ด้วย" in asked
    assert f"{member.user.name} ยังมีสิทธิ์ของตำแหน่งนี้จนสิ้นวันเสาร์ที่ 28 กุมภาพันธ์ 2569" in asked
    assert "ยังไม่แล้วเสร็จ 1 งาน" in asked
    assert len(of(member.position)) == 1


def test_from_today_the_predecessor_is_said_to_lose_access_at_once(people, ask_to_hand_over):
    asked = ask_to_hand_over(person=people.clerk.user_id)

    assert f"{people.member.user.name} หมดสิทธิ์การใช้งานทันที" in asked.main


def test_the_page_that_asks_adds_no_newcomer_and_leads_back_to_what_was_typed(admin, people, ask_to_hand_over):
    typed = NEWCOMER | {"starts_on": "๒๐ ก.พ. ๖๙"}
    asked = ask_to_hand_over(**typed)
    address = f"/admin/positions/{people.member.position_id}/holder"
    assert "ชื่อผู้ใช้ newcomer" in asked.main
    assert db.session.scalar(db.select(User).where(User.username == "newcomer")) is None

    form = admin.post(address, asked.values(address) | {"again": "1"}, status=200)

    assert {name: form.values(address)[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert len(of(people.member.position)) == 1


def test_what_is_to_come_is_shown(admin, people):
    appointments.appoint(
        user=people.clerk.user, position=make_position(Role.CLERK), starts_on=TODAY + timedelta(days=9)
    )

    assert "กำลังจะเริ่ม: " in admin.get("/admin/positions").main


def test_the_pages_ask_the_database_a_few_times_only(admin, people):
    counts = []
    for many in (1, 30):
        for _ in range(many):
            make_person(Role.CLERK)
        for page in (
            "",
            f"/{people.member.position_id}",
            *(f"/{people.member.position_id}/{x}" for x in ("holder", "cover")),
        ):
            with count_queries() as heard:
                admin.get(f"/admin/positions{page}")
            counts.append(len(heard))

    # who is signed in with every appointment, unread notices; positions and appointments, or position, its people and
    # who could be chosen, with the newest appointment; the divisions that a form offers
    assert counts[:4] == counts[4:]
    assert max(counts) <= 6
