from datetime import date

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import YEAR, make_festival, make_holiday, make_measure
from tests.statements import count_queries
from tracker.models import Festival, Holiday, Task
from tracker.services import calendars, schedules

NEW_DAY = {"first": "16 เม.ย. 69", "last": "", "name": "วันหยุดตามมติคณะรัฐมนตรี"}


@pytest.fixture
def admin(visit, people):
    visitor = visit(people.administrator)
    visitor.get("/days-off")
    return visitor


@pytest.fixture
def festival(people):
    """Songkran with the one task before it."""
    festival = make_festival()
    plan = make_measure(words="ก่อนเทศกาลสงกรานต์", divisions=[people.member.position.division]).plan
    schedules.apply(plan=plan, by=people.clerk, now=MORNING)
    return festival


def days(db):
    return list(db.session.scalars(select(Holiday.on_day).order_by(Holiday.on_day)))


def test_a_day_stands_in_the_list_with_weekday_and_name(visit, people):
    make_holiday(date(2026, 4, 16), name="วันหยุดพิเศษ")

    page = visit(people.member).get("/days-off").main

    assert "วันพฤหัสบดีที่ 16 เมษายน 2569" in page
    assert "วันหยุดพิเศษ" in page


def test_who_may_not_edit_is_offered_nothing_to_send(visit, people):
    make_holiday()
    make_festival()

    page = visit(people.clerk).get("/days-off")

    assert not page.offers("/days-off")
    assert not page.offers("/days-off/usual")
    links = [link for link in page.links.values() if "/file.xlsx" not in link]
    assert not [link for link in links if link.startswith(("/days-off/", "/festivals/"))]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "ปีงบประมาณ 2569"),
        ("?year=2569", "ปีงบประมาณ 2569"),
        ("?by=calendar", "ทั้งสองปี"),
        ("?year=2570", "ตุลาคม"),
        ("?year=2569&by=calendar", "ทั้งสองปี"),
    ],
)
def test_a_year_is_fiscal_or_of_the_calendar(visit, people, query, shown):
    make_holiday(date(2026, 4, 16), name="ปีงบประมาณ 2569 ทั้งสองปี")
    make_holiday(date(2026, 12, 10), name="ตุลาคม ทั้งสองปี")

    page = visit(people.member).get("/days-off" + query).main

    assert shown in page
    if shown == "ทั้งสองปี":
        assert page.count(shown) == 2
    else:
        assert page.count("ทั้งสองปี") == 1


@pytest.mark.parametrize("year", ["2566", "2572", "x", "", "๒๕๖๙", "9" * 30])
def test_a_year_out_of_reach_is_not_there(visit, people, year):
    visit(people.member).get("/days-off", query_string={"year": year}, status=404)


def test_an_empty_year_says_what_to_do(admin):
    assert "เติมวันหยุดตามปกติก่อน" in admin.get("/days-off").main


def test_a_day_of_a_decision_is_added(admin, db):
    page = admin.post("/days-off", NEW_DAY)

    assert days(db) == [date(2026, 4, 16)]
    assert page.alerts == ["เพิ่มวันพฤหัสบดีที่ 16 เมษายน 2569 เป็นวันหยุดเรียบร้อยแล้ว"]
    assert "วันหยุดตามมติคณะรัฐมนตรี" in page.main


def test_several_days_are_added_at_once(admin, db):
    admin.post("/days-off", NEW_DAY | {"last": "๑๗/๔/๒๕๖๙"})

    assert days(db) == [date(2026, 4, 16), date(2026, 4, 17)]


def test_a_saturday_is_taken_with_a_hint(admin, db):
    page = admin.post("/days-off", NEW_DAY | {"first": "18 เม.ย. 69"})

    assert days(db) == [date(2026, 4, 18)]
    assert "วันหยุดประจำสัปดาห์อยู่แล้ว" in page.alerts[1]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"first": ""}, "โปรดกรอกวันหยุด"),
        ({"first": "สงกรานต์"}, "ไม่ใช่วันที่"),
        ({"first": "16/4/2026"}, "น่าจะเป็น ค.ศ."),
        ({"last": "ไม่รู้"}, "ไม่ใช่วันที่"),
        ({"last": "15 เม.ย. 69"}, "วันสุดท้ายมาก่อนวันแรก"),
        ({"last": "16 ต.ค. 69"}, "ไม่เกิน 31 วัน"),
        ({"first": "16 เม.ย. 79"}, "โปรดตรวจสอบปี"),
        ({"name": " "}, "โปรดกรอกชื่อวันหยุด"),
        ({"name": "ก" * 201}, "ไม่เกิน 200"),
        ({"first": "1 พ.ค. 69"}, "วันศุกร์ที่ 1 พฤษภาคม 2569 เป็นวันหยุดอยู่แล้ว (วันแรงงาน)"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence_and_kept_in_the_form(admin, db, typed, says):
    make_holiday(date(2026, 5, 1), name="วันแรงงาน")

    page = admin.post("/days-off", NEW_DAY | typed, status=422)

    assert says in page.main
    kept = {name: [value] for name, value in (NEW_DAY | typed).items()}
    assert kept.items() <= page.values("/days-off").items()
    assert days(db) == [date(2026, 5, 1)]


def test_the_usual_days_are_filled_in_and_counted(admin, db):
    page = admin.post("/days-off/usual", {"fiscal_year": str(YEAR)})

    festivals = len(db.session.scalars(select(Festival)).all())
    assert page.alerts == [f"เพิ่มวันหยุด {len(days(db))} วัน และเทศกาล {festivals} รายการ รายการที่มีอยู่แล้วคงเดิม"]


def test_a_year_that_is_no_choice_is_not_filled_in(admin, db):
    admin.post("/days-off/usual", {"fiscal_year": "2580"}, status=422)

    assert days(db) == []


def test_a_day_is_renamed(admin, db):
    holiday = make_holiday()

    admin.post(f"/days-off/{holiday.id}", {"name": "วันหยุดใหม่"})

    assert holiday.name == "วันหยุดใหม่"


def test_a_day_without_a_name_keeps_the_one_it_has(admin):
    holiday = make_holiday(name="เดิม")

    admin.post(f"/days-off/{holiday.id}", {"name": ""}, status=422)

    assert holiday.name == "เดิม"


def test_a_day_is_removed(admin, db):
    page = admin.post(f"/days-off/{make_holiday().id}/removal")

    assert days(db) == []
    assert page.alerts == ["ลบวันหยุดวันพฤหัสบดีที่ 16 เมษายน 2569 เรียบร้อยแล้ว"]


def test_how_many_tasks_followed_is_said(admin, festival, db):
    page = admin.post("/days-off", NEW_DAY | {"first": "10 เม.ย. 69"})

    assert page.alerts[1] == "งานก่อนเทศกาล 1 งานเปลี่ยนตามแล้ว"
    assert set(db.session.scalars(select(Task.due_on))) == {date(2026, 4, 9)}


def test_a_festival_stands_there_with_the_day_its_tasks_fall_due(visit, people, festival):
    page = visit(people.member).get("/days-off").main

    assert "วันจันทร์ที่ 13 เมษายน 2569" in page
    assert "งานก่อนเทศกาลครบกำหนดวันศุกร์ที่ 10 เมษายน 2569" in page


def test_looking_at_what_a_festivals_new_day_would_change_changes_nothing(admin, festival, db):
    address = f"/festivals/{festival.id}"
    page = admin.post(address, {"name": "สงกรานต์", "on_day": "14 เม.ย. 69"}, status=200)

    assert "จะเปลี่ยนวันครบกำหนด 1 งาน" in page.main
    assert page.values(address)["on_day"] == ["14 เม.ย. 69"]
    assert festival.on_day == date(2026, 4, 13)
    assert set(db.session.scalars(select(Task.due_on))) == {date(2026, 4, 10)}


def test_confirming_moves_the_festival_and_its_task(admin, festival, db):
    address = f"/festivals/{festival.id}"
    page = admin.post(address, {"name": "สงกรานต์", "on_day": "14 เม.ย. 69", "confirmed": "1"})

    assert page.alerts == ["บันทึก สงกรานต์ แล้ว", "งานก่อนเทศกาล 1 งานเปลี่ยนตามแล้ว"]
    assert set(db.session.scalars(select(Task.due_on))) == {date(2026, 4, 13)}


def test_a_festival_in_another_year_is_refused(admin, festival):
    page = admin.post(f"/festivals/{festival.id}", {"name": "x", "on_day": "13 เม.ย. 70", "confirmed": "1"}, status=422)

    assert page.alerts == ["วันที่ระบุไม่อยู่ในปีงบประมาณ พ.ศ. 2569"]


def test_a_renamed_festival_has_its_name_on_its_task_too(admin, festival, db):
    task = db.session.scalar(select(Task))
    admin.post(f"/festivals/{festival.id}", {"name": "ปีใหม่ไทย", "on_day": "13 เม.ย. 69", "confirmed": "1"})

    assert "ก่อนเทศกาลปีใหม่ไทย" in admin.get(f"/tasks/{task.id}").main


def test_what_was_changed_reads_as_sentences_in_the_record(admin, festival, visit, people):
    admin.post("/days-off", NEW_DAY | {"last": "17 เม.ย. 69"})
    admin.post("/days-off/usual", {"fiscal_year": "2570"})

    page = visit(people.auditor).get("/admin/record").main

    assert "16 เมษายน 2569 ถึง 17 เมษายน 2569 · วันหยุดตามมติคณะรัฐมนตรี" in page
    assert "เติมวันหยุดตามปกติ" in page
    assert "ปีงบประมาณ พ.ศ. 2570 วันหยุด" in page


def test_the_calendar_is_reached_from_where_people_look(visit, people):
    make_measure()

    assert (
        visit(people.administrator).get("/admin").links["วันหยุดและเทศกาล วันที่ไม่ส่งแจ้งเตือนและไม่นับเป็นวันทำการ"] == "/days-off"
    )
    assert visit(people.member).get("/notices").links["วันหยุดและเทศกาล"] == "/days-off"
    assert visit(people.member).get("/measures").links["วันหยุดและเทศกาล"] == "/days-off?year=2569"


def test_a_long_calendar_takes_no_more_statements(visit, people):
    visitor, counts = visit(people.administrator), []
    for year in (None, YEAR):
        if year:
            calendars.seed(organization=people.administrator.user.organization, fiscal_year=year)
        with count_queries() as heard:
            visitor.get("/days-off")
        counts.append(len(heard))

    # who is signed in with every appointment, days off, working days and festivals, unread notices
    assert counts == [5, 5]
