from datetime import timedelta

import pytest

from tests.clocks import TODAY
from tests.factories import make_person, make_task
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.extensions import db
from tracker.models import User
from tracker.services import appointments

PERSON = {"name": "ชื่อ นามสกุล", "username": "somchai", "email": ""}


@pytest.fixture
def admin(visit, people):
    visitor = visit(people.administrator)
    visitor.get("/admin/people")
    return visitor


def accounts():
    return db.session.scalars(db.select(User).order_by(User.id)).all()


def test_everybody_is_listed_with_position_user_name_and_address(admin, people):
    row = next(row for row in admin.get("/admin/people").root.all("li") if people.member.user.name in row.text)

    for words in (people.member.position.title, people.member.user.username, people.member.user.email):
        assert words in row.text


def test_who_acts_today_is_marked(admin, people):
    appointments.appoint(
        user=people.member.user, position=people.neighbour.position, starts_on=TODAY, ends_on=TODAY, is_acting=True
    )

    assert f"{people.neighbour.position.title} (รักษาการ)" in admin.get("/admin/people").main


def test_who_has_no_position_and_whose_account_is_closed_is_marked(admin, people):
    people.member.user.active = False
    people.clerk.ends_on = people.clerk.starts_on

    page = admin.get("/admin/people").main

    assert "ปิดบัญชีแล้ว" in page
    assert "วันนี้ไม่มีตำแหน่ง" in page


def test_people_of_another_organization_are_not_listed(admin, people):
    assert people.stranger.user.name not in admin.get("/admin/people").main


def test_many_people_come_page_by_page_in_the_same_number_of_statements(admin, people):
    counts = []
    for many in (1, 60):
        for _ in range(many):
            make_person(Role.CLERK)
        with count_queries() as heard:
            page = admin.get("/admin/people")
        counts.append(len(heard))

    assert "หน้า 1 จาก 2" in page.main
    assert "หน้า 2 จาก 2" in admin.get("/admin/people?page=2").main
    # who is signed in with every appointment, names, people, their appointments, unread notices
    assert counts == [5, 5]


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "99"])
def test_a_page_that_is_not_there_says_so(admin, page):
    admin.get(f"/admin/people?page={page}")


def test_a_person_is_added_and_their_page_opens(admin):
    page = admin.post("/admin/people", PERSON)

    assert page.h1 == "ชื่อ นามสกุล"
    assert "เพิ่ม ชื่อ นามสกุล แล้ว" in page.alerts[0]
    assert "ไม่มีตำแหน่ง" in page.main


def test_a_thai_user_name_can_be_had(admin):
    admin.post("/admin/people", PERSON | {"username": "สมชาย"})

    assert accounts()[-1].username == "สมชาย"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": ""}, "โปรดกรอกชื่อและนามสกุล"),
        ({"name": "ก" * 10_000}, "ไม่เกิน 150"),
        ({"name": "\0\u200b"}, "โปรดกรอกชื่อและนามสกุล"),
        ({"username": ""}, "โปรดกรอกชื่อผู้ใช้"),
        ({"username": "😀"}, "ชื่อผู้ใช้ประกอบด้วยตัวอักษร"),
        ({"username": "som\u200bchai"}, "มีอักขระที่มองไม่เห็น"),
        ({"username": "a@b.example"}, "ชื่อผู้ใช้ประกอบด้วยตัวอักษร"),
        ({"username": "ก" * 10_000}, "ไม่เกิน 60"),
        ({"email": "ไม่ใช่อีเมล"}, "ไม่ใช่ที่อยู่อีเมล"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "ไม่ใช่ที่อยู่อีเมล"),
        ({"email": "a" * 10_000}, "ไม่ใช่ที่อยู่อีเมล"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_everything_typed_is_kept(admin, typed, says):
    sent = PERSON | typed
    before = len(accounts())

    page = admin.post("/admin/people", sent, status=422)

    assert says in page.main
    assert len(accounts()) == before
    shown = {name: values[0] for name, values in page.values("/admin/people").items()}
    if "\0" not in sent["name"]:
        assert {name: shown[name] for name in sent} == {name: value.replace("\n", "\n") for name, value in sent.items()}


def test_a_user_name_taken_in_other_letters_is_refused_in_words(admin, people):
    people.stranger.user.username = "Somchai"

    page = admin.post("/admin/people", PERSON | {"username": "SOMCHAI"}, status=422)

    assert "มีผู้ใช้ชื่อผู้ใช้ somchai แล้ว" in page.alerts[0]
    assert page.values("/admin/people")["username"] == ["SOMCHAI"]


def test_a_second_click_adds_nobody_twice(admin):
    admin.post("/admin/people", PERSON)

    admin.post("/admin/people", PERSON, status=422)

    assert [user.username for user in accounts()].count("somchai") == 1


def test_an_address_makes_a_person_be_mailed_and_an_empty_one_never(admin, people):
    user = people.member.user
    address, kept = f"/admin/people/{user.id}", {"name": user.name, "username": user.username}

    admin.post(address, kept | {"email": "Kong.Khlang@example.org"})
    assert user.email == "Kong.Khlang@example.org"

    admin.post(address, kept | {"email": ""})
    assert user.email is None


def test_an_address_that_somebody_has_is_refused_beside_what_was_typed(admin, people):
    user, taken = people.member.user, people.neighbour.user.email.upper()

    page = admin.post(
        f"/admin/people/{user.id}", {"name": "ใหม่", "username": user.username, "email": taken}, status=422
    )

    assert page.alerts
    assert page.values(f"/admin/people/{user.id}")["name"] == ["ใหม่"]
    assert user.name != "ใหม่"


def test_the_page_of_a_person_lists_past_positions_too(admin, people):
    people.clerk.ends_on = people.clerk.starts_on

    page = admin.get(f"/admin/people/{people.clerk.user_id}").main

    assert people.clerk.position.title in page
    assert "1 ต.ค. 67 ถึง 1 ต.ค. 67" in page


def test_the_page_of_a_person_asks_the_database_a_few_times_only(admin, people):
    address = f"/admin/people/{people.member.user_id}"
    with count_queries() as heard:
        admin.get(address)

    # who is signed in with every appointment, the person, their appointments, their second step, unread notices
    assert len(heard) == 5


def test_a_closed_account_is_out_at_the_next_click_and_in_again_when_reopened(visit, admin, people):
    member = visit(people.member)
    member.get("/")
    address = f"/admin/people/{people.member.user_id}"

    admin.confirm(f"{address}/closure")
    assert member.get("/", status=302).response.location.startswith("/sign-in")

    admin.post(f"{address}/reopening")
    assert people.member.user.active
    assert member.get("/", status=302).response.location.startswith("/sign-in")  # the old session stays ended
    visit(people.member).get("/")


def test_before_an_account_is_closed_the_page_says_what_that_does_and_changes_nothing(visit, admin, people):
    visit(people.member).get("/")
    make_task(division=people.member.position.division)
    address = f"/admin/people/{people.member.user_id}/closure"

    asked = admin.post(address, status=200)

    assert f"{people.member.user.name} หมดสิทธิ์การใช้งานทันทีและเข้าสู่ระบบไม่ได้อีก" in asked.main
    assert "ให้ออกจากระบบทันทีใน 1 อุปกรณ์" in asked.main
    assert f"ตำแหน่ง{people.member.position.title}จะไม่มีผู้ปฏิบัติหน้าที่ งานที่ยังไม่แล้วเสร็จ 1 งาน" in asked.main
    assert asked.links["ยกเลิก"] == f"/admin/people/{people.member.user_id}"
    assert people.member.user.active


def test_whoever_acts_goes_on_when_the_holders_account_is_closed(admin, people):
    appointments.appoint(
        user=people.neighbour.user, position=people.member.position, starts_on=TODAY, ends_on=TODAY, is_acting=True
    )

    asked = admin.post(f"/admin/people/{people.member.user_id}/closure", status=200)

    assert f"{people.neighbour.user.name} ยังปฏิบัติงานในตำแหน่ง{people.member.position.title}ต่อได้" in asked.main


def test_the_last_administrator_is_not_closed_out(admin, people):
    page = admin.post(f"/admin/people/{people.administrator.user_id}/closure", status=422)

    assert "จะไม่มีผู้ดูแลระบบเหลืออยู่" in page.alerts[0]
    assert people.administrator.user.active


@pytest.mark.parametrize("deed", ["closure", "reopening", ""])
def test_nobody_else_touches_an_account(visit, people, deed):
    visitor = visit(people.clerk)
    visitor.get("/")

    visitor.post(f"/admin/people/{people.member.user_id}/{deed}".rstrip("/"), PERSON, status=403)


def test_who_takes_a_position_up_later_is_told_to_see_nothing_until_then_and_is_not_asked_for(admin):
    person = make_person(Role.HEAD, starts_on=TODAY + timedelta(days=9))

    page = admin.get(f"/admin/people/{person.user_id}").main

    assert f"บุคคลนี้จะเริ่มเห็นข้อมูลในระบบเมื่อดำรงตำแหน่ง{person.position.title} ตั้งแต่วันอาทิตย์ที่ 1 มีนาคม 2569" in page
    assert "เลือกตำแหน่งแล้วเปลี่ยน" not in page
