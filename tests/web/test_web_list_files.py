from io import BytesIO

import openpyxl
import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import (
    make_closing,
    make_evidence,
    make_festival,
    make_holiday,
    make_measure,
    make_plan,
    make_task,
)
from tests.statements import count_queries
from tracker.domain.responsibles import Division
from tracker.domain.sign_in import Visit
from tracker.models import Draft
from tracker.services import divisions, one_time_keys


def rows(page):
    book = openpyxl.load_workbook(BytesIO(page.response.get_data()))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]


def downloaded(visitor, address):
    """Return the rows of the file that a page leads to."""
    return rows(visitor.get(visitor.get(address).links["ดาวน์โหลด XLSX"]))


def test_the_divisions_download_in_official_order_with_what_hangs_on_them(visit, people):
    make_task()

    found = downloaded(visit(people.administrator), "/admin/divisions")

    assert [(row[0], row[3]) for row in found] == [("สำนักปลัดเทศบาล", 1), ("กองคลัง", 0)]


def test_the_positions_download_with_who_fills_them_today(visit, people):
    found = downloaded(visit(people.administrator), "/admin/positions")

    member = people.member
    assert [row[4] for row in found if row[0] == member.position.title] == [member.user.name]


def test_the_record_of_changes_downloads_as_the_page_says_it(visit, people):
    by = people.administrator
    divisions.add(organization_id=by.user.organization_id, named=Division("กองช่าง"), by=by, now=MORNING)

    ((_, _, who, what, about, *_),) = downloaded(visit(by), "/admin/record")

    assert who == f"{by.position.title} ({by.user.name})"
    assert (what, about) == ("เพิ่มส่วนราชการ", "กองช่าง")


def test_the_days_off_of_the_year_in_view_download_with_its_festivals(visit, people):
    holiday, festival = make_holiday(), make_festival()

    found = downloaded(visit(people.member), "/days-off")

    assert [(row[0].date(), row[2]) for row in found] == [
        (holiday.on_day, "วันหยุด"),
        (festival.on_day, "เทศกาล"),
    ]


def test_letters_download_with_where_they_stand(visit, people):
    by = people.administrator
    one_time_keys.invite(user=people.member.user, by=by.user, visit=Visit(), now=MORNING, machine_now=MORNING)

    (row,) = downloaded(visit(by), "/admin/letters")

    assert row[1:5] == [people.member.user.name, "คำเชิญ", "รอส่ง", 0]


def test_what_will_be_told_on_a_day_downloads_item_by_item(visit, people):
    task = make_task(due_on=TODAY)

    found = rows(visit(people.clerk).get("/reminders/file.xlsx?on=20+ก.พ.+69"))

    assert {(row[4], row[6].date()) for row in found} == {(task.measure.title, TODAY)}


def test_a_day_that_nobody_can_foresee_has_no_file(visit, people):
    visit(people.clerk).get("/reminders/file.xlsx?on=พรุ่งนี้เช้า", status=404)


def test_the_reports_read_so_far_download(visit, people, db):
    organization_id = people.clerk.user.organization_id
    draft = Draft(organization_id=organization_id, uploaded_at=MORNING, file_name="=รายงาน.txt", content=b"x")
    db.session.add(draft)
    db.session.flush()

    (row,) = downloaded(visit(people.clerk), "/imports")

    assert row[1:] == ["=รายงาน.txt", "ยังไม่สร้างแผน"]


def test_the_closed_rounds_download_with_their_seals(visit, people):
    closing = make_closing(make_task().plan, by=people.clerk)

    (row,) = downloaded(visit(people.member), f"/plans/{closing.plan_id}/closings")

    assert (row[0].date(), row[1], row[-1]) == (closing.round_on, 1, closing.seal)


def test_evidence_is_listed_for_those_alone_who_may_open_it(visit, people):
    evidence = make_evidence(make_task(division=people.member.position.division))
    of_others = make_evidence(make_task(division=people.neighbour.position.division))

    def titles(who):
        return [row[4] for row in rows(visit(who).get("/evidence/file.xlsx"))]

    assert titles(people.member) == [evidence.title]
    assert titles(people.auditor) == [evidence.title, of_others.title]
    assert titles(people.administrator) == []


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("administrator", "/admin/divisions/file.xlsx"),
        ("administrator", "/admin/positions/file.xlsx"),
        ("auditor", "/evidence/file.xlsx"),
        ("clerk", "/plans/{plan_id}/file.xlsx"),
    ],
)
def test_a_longer_list_asks_the_database_no_more_often(visit, people, db, who, address):
    plan, counts = make_plan(), []
    visitor = visit(getattr(people, who))
    for many in (1, 10):
        for number in range(many):
            make_evidence(make_task(measure=make_measure(steps=("ก", "ข"))), title=f"{number}.jpg")
        db.session.expire_all()
        visitor.get("/measures")
        with count_queries() as statements:
            visitor.get(address.format(plan_id=plan.id))
        counts.append(len(statements))

    assert counts[0] == counts[1]
