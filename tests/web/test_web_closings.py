import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from sqlalchemy import func, select, update

from tests.clocks import MORNING, TODAY, at
from tests.factories import make_closing, make_measure, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.statuses import Status
from tracker.models import Closing, Event, TaskState
from tracker.queries import progress
from tracker.services import plans, tasks

ONE_DAY = timedelta(days=1)
ROUND, AUGUST = date(2026, 2, 10), date(2026, 8, 31)
WHY = "รวมผลที่ส่งหลังวันครบรอบ"


@pytest.fixture
def plan(people):
    """A plan with a round that has come and one that has not; one of its two tasks is done, the other late."""
    plan = make_plan(rounds=(ROUND, AUGUST))
    make_task(measure=make_measure(2), due_on=ROUND, status=Status.DONE)
    make_task(measure=make_measure(9), due_on=ROUND, division=people.neighbour.position.division)
    return plan


@pytest.fixture
def clerk(visit, people):
    return visit(people.clerk)


def of(plan):
    return f"/plans/{plan.id}/closings"


def preview(plan, round_on=ROUND):
    return f"{of(plan)}/preview?round={round_on}"


def send(visitor, plan, *, status=200, **fields):
    visitor.get(preview(plan))
    return visitor.post(
        of(plan), {"round": ROUND.isoformat(), "as_of": "10 ก.พ. 69", "note": ""} | fields, status=status
    )


def close(visitor, plan, *, as_of="10 ก.พ. 69", note=""):
    """Look at a day's figures and confirm them."""
    shown = send(visitor, plan, as_of=as_of, note=note)
    return visitor.post(of(plan), shown.values(of(plan)) | {"confirmed": "1"})


def count(db, table=Closing):
    return db.session.scalar(select(func.count()).select_from(table))


def test_a_round_stands_ahead_then_open_then_closed(visit, people, plan, clerk, clock):
    reader = visit(people.auditor)
    assert "รอบ 10 กุมภาพันธ์ 2569 ยังไม่ปิด" in reader.get(of(plan)).main
    assert "รอบ 31 สิงหาคม 2569 ยังไม่ถึง" in reader.get(of(plan)).main

    close(clerk, plan)

    assert "รอบ 10 กุมภาพันธ์ 2569 ✓ ปิดแล้ว (ฉบับที่ 1)" in reader.get(of(plan)).main


def test_only_the_clerk_is_offered_to_close_and_only_what_has_come(visit, people, plan, clerk):
    assert clerk.get(of(plan)).links["ปิดรอบ"] == preview(plan)
    assert list(clerk.get(of(plan)).links).count("ปิดรอบ") == 1
    assert "ปิดรอบ" not in visit(people.executive).get(of(plan)).links


def test_the_page_that_asks_shows_what_would_be_frozen_as_of_the_last_day_that_is_over(plan, clerk, people, db):
    page = clerk.get(preview(plan))

    assert page.values(of(plan))["as_of"] == ["19 กุมภาพันธ์ 2569"]
    assert "ดำเนินการแล้ว 50% ควรได้ 100% ณ วันที่ 19 กุมภาพันธ์ 2569" in page.main
    assert "มีงานเกินกำหนด 1 งาน รอตรวจ 0 งาน และงานที่ครบกำหนดภายในวันครบรอบแต่ยังไม่รายงาน 1 งาน" in page.main
    late = people.neighbour.position.division.name
    assert f"ยังไม่รายงานงานที่ครบกำหนดภายในวันครบรอบ: {late} 1 งาน" in page.main
    assert count(db) == 0


def test_looking_at_another_day_shows_its_figures_and_keeps_what_was_typed(plan, clerk, people, db):
    task = db.session.scalars(select(tasks.Task).where(tasks.Task.status == Status.NOT_STARTED)).one()
    tasks.submit(task=task, by=people.neighbour, now=at(ROUND + ONE_DAY), today=ROUND + ONE_DAY)

    for written, waiting in (("10 ก.พ. 69", 0), ("11/2/2569", 1)):
        page = send(clerk, plan, as_of=written, note=WHY)
        assert f"รอตรวจ {waiting} งาน" in page.main
        assert (page.values(of(plan))["as_of"], page.values(of(plan))["note"]) == ([written], [WHY])

    assert count(db) == 0


def test_confirming_freezes_exactly_what_was_shown(plan, clerk, people, db):
    page = close(clerk, plan, as_of="12 ก.พ. 69", note=WHY)

    closing = db.session.scalars(select(Closing)).one()
    assert page.alerts[0] == "ปิดรอบเรียบร้อยแล้ว ตัวเลขจะคงอยู่ตามที่แสดงในหน้านี้"
    assert (closing.as_of, closing.note, closing.closed_by) == (date(2026, 2, 12), WHY, people.clerk)
    assert closing.snapshot.figures == progress.as_of(plan.id, day=date(2026, 2, 12))


def test_a_day_changed_after_it_was_shown_is_shown_before_it_is_frozen(plan, clerk, db):
    shown = send(clerk, plan).values(of(plan))

    page = clerk.post(of(plan), shown | {"as_of": "11 ก.พ. 69", "note": WHY, "confirmed": "1"}, status=200)

    assert "ณ วันที่ 11 กุมภาพันธ์ 2569" in page.main
    assert (count(db), count(db, Event)) == (0, 0)


def test_of_two_who_close_a_round_at_once_the_second_sees_what_the_first_did(plan, clerk, db):
    shown = send(clerk, plan, note=WHY).values(of(plan))
    clerk.post(of(plan), shown | {"confirmed": "1"})

    page = clerk.post(of(plan), shown | {"confirmed": "1"}, status=200)

    assert "ใช้แทนฉบับที่ 1 ซึ่งยังเปิดดูได้" in page.main
    assert count(db) == 1


@pytest.mark.parametrize(
    ("fields", "at_field", "says"),
    [
        ({"as_of": "11 ก.พ. 69"}, "note", "โปรดระบุเหตุผล"),
        ({"as_of": "9 ก.พ. 69", "note": WHY}, "as_of", "วันอังคารที่ 10 กุมภาพันธ์ 2569"),
        ({"as_of": "20 ก.พ. 69", "note": WHY}, "as_of", "ไม่เกินวันพฤหัสบดีที่ 19 กุมภาพันธ์ 2569"),
        ({"as_of": "1 มี.ค. 69", "note": WHY}, "as_of", "ไม่เกินวันพฤหัสบดีที่ 19 กุมภาพันธ์ 2569"),
        ({"as_of": ""}, "as_of", "ใช้ตัวเลข ณ สิ้นวันที่"),
        ({"as_of": "สิ้นเดือน"}, "as_of", "ไม่ใช่วันที่"),
        ({"as_of": "10/2/2026"}, "as_of", "น่าจะเป็น ค.ศ."),
        ({"note": "ก" * 2001}, "note", "2000"),
    ],
)
def test_what_cannot_be_frozen_is_said_at_its_field_and_nothing_is_kept(plan, clerk, db, fields, at_field, says):
    page = send(clerk, plan, status=422, confirmed="1", **fields)

    ((text, field),) = page.problems.items()
    assert says in text
    assert field == at_field
    assert count(db) == 0


@pytest.mark.parametrize("round_on", ["2026-08-31", "2026-02-11", "", "x", "2026-02-31", "ปลายปี"])
def test_a_round_that_cannot_be_closed_leads_back_to_those_there_are(plan, clerk, db, round_on):
    assert clerk.get(f"{of(plan)}/preview", query_string={"round": round_on}, status=302)

    page = send(clerk, plan, status=302, round=round_on, confirmed="1")

    assert page.alerts == ["แผนไม่มีรอบการติดตามในวันดังกล่าวที่ปิดได้ในขณะนี้"]
    assert count(db) == 0


def test_before_there_was_a_task_there_is_nothing_to_freeze(clerk, db, people):
    plan = make_plan(rounds=(ROUND,))
    make_task(measure=make_measure(plan=plan), since=at(date(2026, 2, 15)))

    page = send(clerk, plan)
    assert "ณ วันที่ 10 กุมภาพันธ์ 2569 แผนยังไม่มีงาน จึงไม่มีตัวเลขให้ตรึง" in page.main
    assert "confirmed" not in page.html
    send(clerk, plan, status=422, confirmed="1")
    assert count(db) == 0


def test_closing_again_shows_both_and_says_which_counts(visit, people, plan, clerk, db):
    close(clerk, plan)
    close(clerk, plan, note="ครั้งแรกนับก่อนตรวจผลครบ")
    first, second = db.session.scalars(select(Closing).order_by(Closing.id))
    reader = visit(people.auditor)

    page = reader.get(of(plan))
    assert "✓ ปิดแล้ว (ฉบับที่ 2)" in page.main
    assert "เหตุผล: ครั้งแรกนับก่อนตรวจผลครบ" in page.main
    assert page.main.index("(ฉบับที่ 2)", page.main.index("ตัวเลข ณ วันที่")) < page.main.index("(ฉบับที่ 1)")
    assert "ใช้ฉบับที่ 2 แทน" in page.main
    assert "ให้ใช้ตัวเลขในฉบับที่ 2 แทนฉบับนี้" in reader.get(f"/closings/{first.id}").main
    assert "แทนฉบับนี้" not in reader.get(f"/closings/{second.id}").main


def test_what_was_frozen_says_when_by_whom_and_under_which_seal(visit, people, plan, clerk, db):
    close(clerk, plan, as_of="12 ก.พ. 69", note=WHY)
    closing = db.session.scalars(select(Closing)).one()

    page = visit(people.member).get(f"/closings/{closing.id}")

    assert page.h1.startswith("รอบ 10 กุมภาพันธ์ 2569")
    by = people.clerk.position.title
    assert f"ตัวเลข ณ สิ้นวันที่ 12 กุมภาพันธ์ 2569 ตรึงเมื่อ 20 กุมภาพันธ์ 2569 09:00 โดย{by}" in page.main
    assert f"เหตุผล: {WHY}" in page.main
    assert f"รหัสตรวจสอบ: {closing.seal}" in page.main
    assert "ได้ตัวเลขตรงกันทุกช่อง" in page.main


def verdict(page):
    return next(paragraph.text for paragraph in page.root.all("p") if "verdict" in paragraph.get("class"))


def matrix(page):
    """Return the matrix as its words, a row each."""
    table = next(table for table in page.root.all("table") if table.get("aria-labelledby") == "matrix")
    hidden = " เกินกำหนด "
    return [
        [cell.text.replace(hidden, "") for cell in row.all("td")]
        for row in table.all("tr")
        if any(cell.text for cell in row.all("td"))
    ]


def test_the_overview_of_the_day_shows_the_same_figures(visit, people, plan, clerk, db):
    close(clerk, plan, as_of="12 ก.พ. 69", note=WHY)
    make_task(measure=make_measure(2), due_on=ROUND, since=MORNING)
    closing = db.session.scalars(select(Closing)).one()
    reader = visit(people.executive)

    frozen, overview = reader.get(f"/closings/{closing.id}"), reader.get("/dashboard?on=2026-02-12")

    assert verdict(frozen) == verdict(overview)
    assert matrix(frozen) == matrix(overview)
    assert verdict(frozen) != verdict(reader.get("/dashboard"))


def test_later_renames_reports_and_moved_rounds_change_nothing_of_the_page(visit, people, plan, clerk, db):
    close(clerk, plan)
    closing = db.session.scalars(select(Closing)).one()
    reader = visit(people.auditor)
    before = reader.get(f"/closings/{closing.id}").main
    for division in plan.organization.divisions:
        division.name += " (ใหม่)"
    people.clerk.position.title = "ตำแหน่งใหม่"
    plan.organization.name = "เทศบาลเมืองตัวอย่าง"
    for measure in plan.measures:
        measure.title, measure.weight = "ชื่อใหม่", 9
    task = db.session.scalars(select(tasks.Task).where(tasks.Task.status == Status.NOT_STARTED)).one()
    tasks.submit(task=task, by=people.neighbour, now=MORNING, today=TODAY)
    plans.set_rounds(plan=plan, days=(AUGUST,), by=people.clerk, now=MORNING)

    assert reader.get(f"/closings/{closing.id}").main == before
    assert "ปัจจุบันแผนไม่มีรอบในวันนี้แล้ว" in reader.get(of(plan)).main


def test_a_recount_that_differs_is_said_with_what_differs(visit, people, plan, clerk, db):
    close(clerk, plan)
    db.session.execute(update(TaskState).where(TaskState.status == Status.DONE).values(status=Status.SUBMITTED))
    closing = db.session.scalars(select(Closing)).one()

    page = visit(people.auditor).get(f"/closings/{closing.id}")

    assert "ได้ตัวเลข ณ วันที่ 10 กุมภาพันธ์ 2569 ไม่ตรงกับที่ตรึงไว้" in page.main
    assert "รอตรวจ 0 → 1, แล้วเสร็จ 1 → 0" in page.main
    assert "ดำเนินการแล้ว 50%" in verdict(page)


def test_figures_under_a_broken_seal_are_not_shown(visit, people, plan, clerk, db):
    close(clerk, plan)
    closing = db.session.scalars(select(Closing)).one()
    db.session.execute(update(Closing).values(figures=closing.figures.replace("มาตรการ", "แผนงาน")))
    db.session.expire_all()
    reader = visit(people.auditor)

    page = reader.get(f"/closings/{closing.id}")

    assert "รหัสตรวจสอบไม่ตรงกับข้อมูลที่เก็บไว้" in page.main
    assert "50%" not in page.main
    assert reader.get(f"/closings/{closing.id}/file.csv", status=302)


def lines(page):
    assert page.response.mimetype == "text/csv"
    return list(csv.reader(StringIO(page.response.get_data().decode("utf-8-sig"), newline="")))


def test_the_frozen_figures_download_as_they_were(visit, people, plan, clerk, db):
    plan.measures[0].title = "=cmd|' /C calc'!A0"
    close(clerk, plan)
    closing = db.session.scalars(select(Closing)).one()
    plan.measures[0].title = "ชื่อใหม่"
    reader = visit(people.auditor)

    page = reader.get(reader.get(f"/closings/{closing.id}").links["ดาวน์โหลด CSV"])

    head, first, second = lines(page)
    assert head[:8] == ["รอบ", "ฉบับที่", "ข้อมูล ณ วันที่", "ตัวชี้วัด", "ชื่อตัวชี้วัด", "มาตรการ", "ส่วนราชการ", "วันครบกำหนด"]
    day = "10 กุมภาพันธ์ 2569"
    division = people.member.position.division.name
    assert first[:8] == [day, "1", day, "2", "การใช้งบประมาณ", "'=cmd|' /C calc'!A0", division, day]
    assert dict(zip(head, first, strict=True))["แล้วเสร็จ"] == "1"
    assert {first[-1], second[-1]} == {closing.seal}
    assert page.response.get_data().startswith(b"\xef\xbb\xbf")
    assert "filename=round-2026-02-10-r1.csv" in page.response.headers["Content-Disposition"]


@pytest.mark.parametrize("address", ["/closings/{id}", "/closings/{id}/file.csv", "/plans/{plan_id}/closings"])
def test_another_organizations_closings_are_not_there(visit, people, plan, address):
    closing = make_closing(plan)

    visit(people.stranger).get(address.format(id=closing.id, plan_id=plan.id), status=404)


def test_the_measures_say_in_a_line_how_the_rounds_stand(visit, people, plan, clerk, db):
    close(clerk, plan)
    closing = db.session.scalars(select(Closing)).one()

    page = visit(people.member).get("/measures")

    assert "รอบ 10 ก.พ. 69 ปิดแล้ว (ฉบับที่ 1) · รอบ 31 ส.ค. 69 ยังไม่ถึง" in page.main
    assert page.links["ปิดแล้ว (ฉบับที่ 1)"] == f"/closings/{closing.id}"
    assert page.links["การปิดรอบการติดตาม"] == of(plan)


def test_the_overview_leads_to_the_closed_rounds(visit, people, plan):
    assert of(plan) in visit(people.executive).get("/dashboard").links.values()


def test_a_plan_without_rounds_says_where_they_are_set(visit, people):
    page = visit(people.clerk).get(of(make_plan(rounds=())))

    assert "แผนนี้ยังไม่มีรอบการติดตาม" in page.main


def test_the_pages_ask_the_database_as_often_whatever_has_been_closed(plan, clerk, db):
    close(clerk, plan)
    (first,) = db.session.scalars(select(Closing.id))
    counts = []
    for _ in range(2):
        addresses = [of(plan), f"/closings/{first}", preview(plan)]
        counts.append([])
        for address in addresses:
            with count_queries() as heard:
                clerk.get(address)
            counts[-1].append(len(heard))
        close(clerk, plan, note=WHY)
        make_task(measure=make_measure(3), division=plan.organization.divisions[1])

    # Each: who is signed in with every appointment, unread notices and last tick. The list: plan, rounds, closings.
    # What is frozen: it with its event and revision, the recount. The check: plan, rounds, closings, every figure.
    assert counts == [[5, 4, 6], [5, 4, 6]]
