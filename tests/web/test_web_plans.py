from datetime import date

import pytest
from sqlalchemy import func, select

from tests.factories import ROUNDS, make_measure
from tracker.models import Event, Task
from tracker.services import schedules

FEBRUARY_AND_AUGUST = (date(2026, 2, 28), date(2026, 8, 31))


@pytest.fixture
def plan(people, clock):
    """A plan whose one measure is reported by two divisions in the two rounds."""
    plan = make_measure(1).plan
    schedules.apply(plan=plan, by=people.clerk, now=clock.moment)
    return plan


@pytest.fixture
def kept(db):
    """Say everything that a change of rounds could change."""

    def kept(plan):
        tasks = db.session.execute(select(Task.slot, Task.due_on, Task.placement).order_by(Task.id))
        events = db.session.scalar(select(func.count()).select_from(Event))
        return plan.round_dates, [tuple(task) for task in tasks], events

    return kept


def due_days(db):
    return set(db.session.scalars(select(Task.due_on)))


def address(plan):
    return f"/plans/{plan.id}/rounds"


def send(visitor, plan, rounds, *, status=200, **more):
    visitor.get(address(plan))
    return visitor.post(address(plan), {"rounds": rounds} | more, status=status)


def test_the_measures_lead_the_clerk_to_the_rounds(visit, people, plan):
    assert visit(people.clerk).get("/measures").links["เปลี่ยน"] == address(plan)
    assert "เปลี่ยน" not in visit(people.executive).get("/measures").links


def test_the_form_begins_with_the_rounds_that_stand(visit, people, plan):
    form = visit(people.clerk).get(address(plan)).values(address(plan))

    assert form["rounds"] == ["31 มีนาคม 2569, 30 กันยายน 2569"]


def test_sending_the_form_unchanged_changes_nothing(visit, people, plan, kept):
    before = kept(plan)
    visitor = visit(people.clerk)
    form = visitor.get(address(plan)).values(address(plan))

    page = visitor.post(address(plan), form, status=200)

    assert "ไม่มีงานใดเปลี่ยนแปลง" in page.main
    assert kept(plan) == before


def test_looking_at_what_would_change_changes_nothing(visit, people, plan, kept):
    before = kept(plan)

    page = send(visit(people.clerk), plan, "30 เม.ย. 69, 30 ก.ย. 69")

    assert "จะเปลี่ยนวันครบกำหนด 2 งาน" in page.main
    assert page.values(address(plan))["rounds"] == ["30 เม.ย. 69, 30 ก.ย. 69"]
    assert kept(plan) == before


def test_confirming_moves_the_rounds_and_their_tasks(visit, people, plan, db):
    visitor = visit(people.clerk)
    preview = send(visitor, plan, "30 เม.ย. 69, 30 ก.ย. 69")

    page = visitor.post(address(plan), preview.values(address(plan)) | {"confirmed": "1"})

    assert page.alerts == ["บันทึกรอบการติดตามและปรับงานเรียบร้อยแล้ว"]
    assert "30 เมษายน 2569, 30 กันยายน 2569" in page.main
    assert due_days(db) == {date(2026, 4, 30), date(2026, 9, 30)}


@pytest.mark.parametrize("locale", ["th", "en"])
def test_one_click_offers_the_ends_of_february_and_august(visit, people, plan, db, locale):
    visitor = visit(people.clerk)
    visitor.get("/")
    visitor.post(f"/locale/{locale}")
    form = next(
        form for form in visitor.get(address(plan)).root.all("form")
        if form.get("class") == "offer" and "28" in form.text
    )  # fmt: skip
    offer = next(field.get("value") for field in form.all("input") if field.get("name") == "rounds")

    preview = visitor.post(form.get("action"), {"rounds": offer}, status=200)
    visitor.post(address(plan), preview.values(address(plan)) | {"confirmed": "1"})

    assert plan.round_dates == FEBRUARY_AND_AUGUST
    assert due_days(db) == set(FEBRUARY_AND_AUGUST)


def test_the_offers_name_what_they_would_set(visit, people, plan):
    page = visit(people.clerk).get(address(plan))

    offers = [form.text for form in page.root.all("form") if form.get("class") == "offer"]
    assert offers == ["31 มีนาคม 2569, 30 กันยายน 2569", "28 กุมภาพันธ์ 2569, 31 สิงหาคม 2569"]


@pytest.mark.parametrize(
    "written",
    [
        "28/2/2569 และ 31/8/2569",
        "๒๘ ก.พ. ๖๙; ๓๑ ส.ค. ๖๙",
        "31 สิงหาคม 2569\r\n28 กุมภาพันธ์ 2569",
        "28 ก.พ. 69, 31 ส.ค. 69, 28/2/2569",
        "28 ก.พ., 31 ส.ค.",
    ],
)
def test_rounds_are_read_as_people_write_them(visit, people, plan, written):
    send(visit(people.clerk), plan, written, status=302, confirmed="1")

    assert plan.round_dates == FEBRUARY_AND_AUGUST


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", ""),
        (" , ", ""),
        ("ปลายปี", "ไม่ใช่วันที่"),
        ("31 มี.ค. 69, 31 ก.ย. 69", "ไม่มีวันที่"),
        ("31/3/2026", "น่าจะเป็น ค.ศ."),
        ("31 มี.ค. 68", "ไม่อยู่ในปีงบประมาณ พ.ศ. 2569"),
        ("1 ต.ค. 69", "ไม่อยู่ในปีงบประมาณ พ.ศ. 2569"),
        (", ".join(f"{day} มี.ค. 69" for day in range(1, 14)), "ไม่เกิน 12 รอบ"),
        ("9" * 501, ""),
    ],
)
def test_rounds_that_cannot_be_set_are_refused_and_kept_in_the_form(visit, people, plan, kept, written, says):
    before = kept(plan)

    page = send(visit(people.clerk), plan, written, status=422, confirmed="1")

    problems = [paragraph.text for paragraph in page.root.all("p") if paragraph.get("class") == "problem"]
    assert problems
    assert says in problems[0]
    assert page.values(address(plan))["rounds"] == [written]
    assert kept(plan) == before


def test_a_first_and_a_last_day_of_the_year_may_be_rounds(visit, people, plan):
    send(visit(people.clerk), plan, "1 ต.ค. 68, 30 ก.ย. 69", status=302, confirmed="1")

    assert plan.round_dates == (date(2025, 10, 1), ROUNDS[1])
