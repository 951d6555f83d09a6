from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from tests.factories import make_measure, make_plan
from tracker.documents import plan_layout as layout
from tracker.documents.plan_layout import Field
from tracker.documents.reading.plan_workbook import read_plan_workbook
from tracker.documents.writing.xlsx import MEDIA_TYPE
from tracker.jobs import works
from tracker.models import Draft, Measure, Plan

ROW = {
    Field.INDICATOR: 6,
    Field.TITLE: "ปรับปรุงคู่มือ",
    Field.STEP: "ทบทวนคู่มือ",
    Field.TIME_FRAME: "ทุกไตรมาส",
    Field.RESPONSIBLE: "กองคลัง",
}


def book_of(page):
    assert page.response.mimetype == MEDIA_TYPE
    return openpyxl.load_workbook(BytesIO(page.response.get_data()))


def filled_in(book, *rows):
    """Return a workbook with these rows on its sheet of measures."""
    sheet = book[layout.MEASURES]
    headings = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, 2):
        for field, value in row.items():
            sheet.cell(number, headings.index(field) + 1, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def upload(visit, people, db):
    """Send a filled-in form as the clerk does, let the job read it, and return the clerk with the draft."""

    def upload(*rows):
        clerk = visit(people.clerk)
        content = filled_in(book_of(clerk.get("/imports/form.xlsx")), *rows)
        clerk.get("/imports")
        clerk.post("/imports", {"report": (BytesIO(content), "แผน.xlsx")})
        works.run()
        return clerk, db.session.scalars(select(Draft)).one()

    return upload


def test_the_form_is_for_the_first_year_without_a_plan_and_offers_its_own_divisions(visit, people):
    make_plan(2569)

    book = book_of(visit(people.clerk).get("/imports/form.xlsx"))

    assert book[layout.PLAN]["B3"].value == 2570
    assert [cell.value for cell in book[layout.CHOICES]["B"][1:3]] == ["สำนักปลัดเทศบาล", "กองคลัง"]


def test_the_form_stands_on_the_page_where_it_is_sent_back(visit, people):
    visitor = visit(people.clerk)

    book_of(visitor.get(visitor.get("/imports").links["ดาวน์โหลดแบบกรอกแผน (XLSX)"]))


def test_a_form_filled_in_becomes_a_plan(upload, db):
    clerk, draft = upload(ROW | {Field.WEIGHT: 5}, {Field.STEP: "เผยแพร่", Field.STEP_TIME_FRAME: "ทุกเดือน"})
    address = f"/imports/{draft.id}/plan"

    clerk.post(address, clerk.get(f"/imports/{draft.id}/check").values(address))

    measure = db.session.scalars(select(Measure)).one()
    assert (measure.title, measure.weight, measure.plan.fiscal_year) == ("ปรับปรุงคู่มือ", 5, 2569)
    assert [step.own_schedule_words for step in measure.steps] == ["", "ทุกเดือน"]


def test_rows_that_fail_are_counted_on_the_draft_and_come_back_with_the_reason_in_thai(upload):
    clerk, draft = upload(ROW, ROW | {Field.TITLE: "อื่น", Field.RESPONSIBLE: "กองเมฆหมอก"})

    page = clerk.get(f"/imports/{draft.id}")
    assert "1 แถวอ่านไม่ได้" in page.alerts[0]
    failed = clerk.get(page.links["แถวที่ต้องแก้ไข"])
    sheet = book_of(clerk.get(failed.links["ดาวน์โหลดแถวเหล่านี้เป็น XLSX"]))[layout.MEASURES]
    assert sheet["A2"].value == "“กองเมฆหมอก” ไม่ใช่ส่วนราชการของหน่วยงานนี้ เลือกจากรายการ"
    assert sheet["D2"].value == "อื่น"


def test_corrected_rows_join_the_same_draft(upload, db):
    clerk, draft = upload(ROW, ROW | {Field.TITLE: "อื่น", Field.RESPONSIBLE: "กองเมฆหมอก"})
    failed = book_of(clerk.get(f"/imports/{draft.id}/failed-rows.xlsx"))
    address = f"/imports/{draft.id}/failed-rows"
    clerk.get(address)

    page = clerk.post(address, {"report": (BytesIO(filled_in(failed, {Field.RESPONSIBLE: "กองคลัง"})), "แก้ไข.xlsx")})

    assert "เพิ่มแล้ว 1 มาตรการ" in page.alerts[0]
    db.session.refresh(draft)
    assert [measure["title"] for measure in draft.report["measures"]] == ["ปรับปรุงคู่มือ", "อื่น"]
    assert draft.report["failed"] == []


def test_another_report_is_not_taken_for_corrected_rows(upload):
    clerk, draft = upload(ROW, ROW | {Field.TITLE: "อื่น", Field.WEIGHT: 500})
    address = f"/imports/{draft.id}/failed-rows"
    clerk.get(address)

    page = clerk.post(address, {"report": (BytesIO(b"\x89PNG"), "แก้ไข.xlsx")}, status=422)

    assert page.alerts


def test_the_reasons_are_in_the_language_of_the_page(upload):
    clerk, draft = upload(ROW | {Field.WEIGHT: 500})
    clerk.get("/")
    clerk.post("/locale/en", {"next": "/"})

    sheet = book_of(clerk.get(f"/imports/{draft.id}/failed-rows.xlsx"))[layout.MEASURES]

    assert sheet["A2"].value == "“500” is no weight. Write a whole number from 1 to 100."


def test_the_whole_plan_downloads_for_whoever_reads_it_and_is_a_plan_again(visit, people, db):
    measure = make_measure(3, words="ทุกเดือน", steps=("หนึ่ง", "สอง"))
    visitor = visit(people.member)

    file = visitor.get(visitor.get("/measures").links["ทั้งแผน (XLSX)"])

    draft = read_plan_workbook(file.response.get_data(), tell=lambda done, total: None)
    assert [(one.title, one.steps) for one in draft.measures] == [(measure.title, ("หนึ่ง", "สอง"))]
    assert draft.plan_year == db.session.scalars(select(Plan.fiscal_year)).one()


def test_a_plan_with_a_text_that_no_cell_can_hold_says_so_instead_of_cutting_it(visit, people):
    measure = make_measure()
    measure.title = "ก" * 40_000

    page = visit(people.member).get(f"/plans/{measure.plan_id}/file.xlsx", status=422)

    assert "32,767" in page.text


def test_a_draft_without_failed_rows_says_that_every_row_has_been_read(upload):
    clerk, draft = upload(ROW)

    assert "อ่านได้ครบทุกแถวแล้ว" in clerk.get(f"/imports/{draft.id}/failed-rows").text
