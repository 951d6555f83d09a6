import pytest

from tests.clocks import TODAY
from tests.factories import make_measure, make_person, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.models import Position

DIVISION = {"name": "กองการศึกษา", "short_names": "กศ., กองศึกษา", "head_title": "ผู้อำนวยการกองการศึกษา"}


@pytest.fixture
def admin(visit, people):
    visitor = visit(people.administrator)
    visitor.get("/admin/divisions")
    return visitor


@pytest.fixture
def organization(people):
    return people.administrator.user.organization


@pytest.fixture
def empty_division(db, people, organization):
    """A division that has finished everything and to which no position belongs."""
    division = organization.divisions[1]
    for position in db.session.scalars(db.select(Position).where(Position.division_id == division.id)):
        position.abolished_on = TODAY
    return division


def names(organization):
    return [division.name for division in organization.divisions]


def test_a_division_is_added_with_its_short_names(admin, organization):
    page = admin.post("/admin/divisions", DIVISION)

    added = organization.divisions[-1]
    assert (added.name, added.short_names) == ("กองการศึกษา", ["กศ.", "กองศึกษา"])
    assert "เพิ่ม กองการศึกษา แล้ว" in page.alerts[0]
    assert "กศ., กองศึกษา" in page.main


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": ""}, "โปรดกรอกชื่อเต็ม"),
        ({"name": "ก" * 10_000}, "ไม่เกิน 150"),
        ({"name": "🏛"}, "ต้องมีตัวอักษร"),
        ({"name": "กองคลัง"}, "“กองคลัง” หมายถึงกองคลังอยู่แล้ว"),
        ({"name": "กอง  คลัง"}, "หมายถึงกองคลังอยู่แล้ว"),
        ({"short_names": "กองคลัง"}, "“กองคลัง” หมายถึงกองคลังอยู่แล้ว"),
        ({"short_names": ",".join("กขคงจฉชซฌญฎ")}, "ไม่เกิน 10 ชื่อ"),
        ({"short_names": "..."}, "ต้องมีตัวอักษร"),
        ({"head_title": "\x07ผอ."}, "อักขระที่แสดงผลไม่ได้"),
    ],
)
def test_names_that_cannot_be_are_refused_in_words_and_kept(admin, organization, typed, says):
    page = admin.post("/admin/divisions", DIVISION | typed, status=422)

    assert says in page.main
    assert len(organization.divisions) == 2
    for name, value in (DIVISION | typed).items():
        assert page.values("/admin/divisions")[name] == [value]


def test_a_second_click_adds_no_division_twice(admin, organization):
    admin.post("/admin/divisions", DIVISION)

    admin.post("/admin/divisions", DIVISION, status=422)

    assert len(organization.divisions) == 3


def test_a_division_is_renamed(admin, organization):
    division = organization.divisions[1]

    admin.post(f"/admin/divisions/{division.id}", {"name": "กองคลังและพัสดุ", "short_names": "", "head_title": ""})

    assert names(organization) == ["สำนักปลัดเทศบาล", "กองคลังและพัสดุ"]


def test_a_rename_that_is_refused_keeps_what_was_typed(admin, organization):
    address = f"/admin/divisions/{organization.divisions[1].id}"

    page = admin.post(address, {"name": "สำนักปลัดเทศบาล", "short_names": "ก", "head_title": ""}, status=422)

    assert page.h1 == "กองคลัง"
    assert page.values(address)["short_names"] == ["ก"]


def test_divisions_are_put_in_order_by_buttons(admin, organization):
    first, second = organization.divisions
    page = admin.get("/admin/divisions")
    assert not page.offers(f"/admin/divisions/{first.id}/place", direction="up")
    assert not page.offers(f"/admin/divisions/{second.id}/place", direction="down")

    admin.post(f"/admin/divisions/{second.id}/place", {"direction": "up"})

    assert names(organization) == ["กองคลัง", "สำนักปลัดเทศบาล"]


def test_the_page_says_what_is_unfinished_and_leads_to_it(admin, people, organization):
    division = organization.divisions[1]
    measure = make_measure(plan=make_plan())
    make_task(measure=measure, division=division)
    make_task(division=division, status=Status.SUBMITTED, submitted_by=people.neighbour)

    links = admin.get(f"/admin/divisions/{division.id}").links

    open_, waiting = (
        next(a for words, a in links.items() if words.startswith(w)) for w in ("ยังไม่ส่งผล 1", "มีผลที่รอตรวจ 1")
    )
    assert "1 งาน" in admin.get(open_).main
    assert "1 งาน" in admin.get(waiting).main


def test_a_division_with_unfinished_tasks_is_not_closed_and_the_number_is_said(admin, organization):
    division = organization.divisions[1]
    for _ in range(3):
        make_task(division=division)

    page = admin.post(f"/admin/divisions/{division.id}/closure", status=422)

    assert "กองคลังยังมีงานที่ไม่แล้วเสร็จ 3 งาน" in page.alerts[0]
    assert division.closed_on is None


def test_a_division_with_positions_is_not_closed(admin, organization):
    page = admin.post(f"/admin/divisions/{organization.divisions[1].id}/closure", status=422)

    assert "ยังมี 1 ตำแหน่งสังกัดกองคลัง" in page.alerts[0]


def test_a_closed_division_is_offered_for_nothing_new_and_shown_where_it_was(visit, admin, people, empty_division):
    measure = make_measure()
    done = make_task(
        measure=measure, division=empty_division, status=Status.DONE, submitted_by=make_person(Role.EXECUTIVE)
    )

    admin.confirm(f"/admin/divisions/{empty_division.id}/closure")

    clerk = visit(people.clerk)
    assert "กองคลัง" not in [option.text for option in clerk.get("/tasks").root.all("option")]
    assert "กองคลัง" not in [label.text for label in clerk.get(f"/measures/{measure.id}/edit").root.all("label")]
    assert "กองคลัง" not in [option.text for option in admin.get("/admin/positions").root.all("option")]
    assert "กองคลัง" in clerk.get(f"/tasks/{done.id}").main
    assert "กองคลัง" in clerk.get("/dashboard").main
    narrowed = clerk.get(f"/tasks?division={empty_division.id}")
    assert "กองคลัง" in [option.text for option in narrowed.root.all("option") if "selected" in option.attributes]


def test_before_a_division_is_closed_the_page_says_what_that_does_and_changes_nothing(admin, empty_division):
    address = f"/admin/divisions/{empty_division.id}"

    asked = admin.post(f"{address}/closure", status=200)

    assert "ปิดกองคลัง ตั้งแต่วันนี้ วันศุกร์ที่ 20 กุมภาพันธ์ 2569" in asked.main
    assert "จึงไม่มีผู้ใดเสียสิทธิ์การใช้งาน" in asked.main
    assert asked.links["ยกเลิก"] == address
    assert empty_division.closed_on is None


def test_a_closed_division_can_be_reopened(admin, empty_division):
    address = f"/admin/divisions/{empty_division.id}"
    admin.confirm(f"{address}/closure")
    assert "ส่วนราชการที่ปิดแล้ว" in admin.get("/admin/divisions").main

    admin.post(f"{address}/reopening")

    assert empty_division.closed_on is None


def test_an_organization_whose_divisions_are_all_closed_is_told_what_to_do(admin, organization):
    for division in organization.divisions:
        division.closed_on = TODAY

    assert "ไม่มีส่วนราชการที่เปิดอยู่" in admin.get("/admin/divisions").main


def test_the_pages_ask_the_database_a_few_times_only(admin, organization):
    for _ in range(30):
        make_task(division=organization.divisions[0])
    counts = []
    for address in ("/admin/divisions", f"/admin/divisions/{organization.divisions[0].id}"):
        with count_queries() as heard:
            admin.get(address)
        counts.append(len(heard))

    # who is signed in with every appointment, unread notices; the list; or the division, its work and its positions
    assert counts == [3, 5]


def test_divisions_of_another_organization_are_not_listed(admin, people):
    people.stranger.user.organization.divisions[0].name = "กองที่อื่น"

    assert "กองที่อื่น" not in admin.get("/admin/divisions").main
