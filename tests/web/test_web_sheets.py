from io import BytesIO

import openpyxl
import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_plan, make_task
from tests.statements import count_queries
from tracker.documents.writing.xlsx import MEDIA_TYPE
from tracker.domain.statuses import Status
from tracker.models import Delivery, Message, Notice


def rows(page):
    """Return the rows of a file as lists of values."""
    assert page.response.mimetype == MEDIA_TYPE
    book = openpyxl.load_workbook(BytesIO(page.response.get_data()))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_the_list_of_tasks_downloads_as_it_is_narrowed(visit, people):
    task = make_task(measure=make_measure(2))
    task.blocked_reason = "=รอเอกสาร"
    make_task(measure=make_measure(3))
    visitor = visit(people.auditor)

    file = visitor.get(visitor.get("/tasks?indicator=2").links["ดาวน์โหลด XLSX"])

    head, *body = rows(file)
    assert head == [
        "วันครบกำหนด",
        "ตัวชี้วัด",
        "มาตรการ",
        "รอบงาน",
        "ส่วนราชการ",
        "ตำแหน่ง",
        "สถานะ",
        "ปัญหาอุปสรรค",
        "กำหนดการ",
    ]
    assert [[row[0].date(), *row[1:]] for row in body] == [
        [TODAY, 2, task.measure.title, None, task.division.name, None, "ยังไม่เริ่ม", "=รอเอกสาร", None]
    ]


@pytest.mark.parametrize(
    ("who", "shown"),
    [("member", "รอเงินอุดหนุน"), ("auditor", "รอเงินอุดหนุน"), ("neighbour", "ติดปัญหา"), ("administrator", "ติดปัญหา")],
)
def test_the_words_of_an_obstacle_are_in_the_file_only_for_those_who_see_them_on_the_page(visit, people, who, shown):
    make_task().blocked_reason = "รอเงินอุดหนุน"

    (_, row) = rows(visit(getattr(people, who)).get("/tasks/file.xlsx"))

    assert row[7] == shown


def test_the_file_has_every_page_of_the_list(visit, people):
    measure = make_measure()
    for number in range(60):
        make_task(measure=measure).slot = f"date:{number}"

    assert len(rows(visit(people.clerk).get("/tasks/file.xlsx"))) == 61


def test_the_file_is_named_in_thai_and_kept_by_nobody(visit, people):
    make_task()

    headers = visit(people.clerk).get("/tasks/file.xlsx").response.headers

    assert "filename*=UTF-8''%E0%B8%87%E0%B8%B2%E0%B8%99" in headers["Content-Disposition"]
    assert headers["Content-Disposition"].startswith("attachment; filename=all-tasks.xlsx;")
    assert headers["Cache-Control"] == "no-store"


def test_before_there_is_a_plan_the_files_are_headings(visit, people):
    visitor = visit(people.member)

    for name in ("tasks", "measures", "work", "notices"):
        assert len(rows(visitor.get(f"/{name}/file.xlsx"))) == 1


def test_ones_own_work_downloads(visit, people):
    make_task(division=people.member.position.division)
    make_task(division=people.neighbour.position.division)

    (_, row) = rows(visit(people.member).get("/work/file.xlsx"))

    assert row[4] == people.member.position.division.name


def test_what_waits_for_review_downloads(visit, people):
    task = make_task(status=Status.SUBMITTED)
    make_task()

    (_, row) = rows(visit(people.executive).get("/reviews/file.xlsx"))

    assert row[2] == task.measure.title


def test_the_measures_download_with_their_figures(visit, people, measure):
    (_, row) = rows(visit(people.executive).get("/measures/file.xlsx"))

    assert row == [2, measure.title, measure.time_frame_text, 2, 2, 4, 0, 0]


@pytest.fixture
def message(db, people):
    task = make_task()
    message = Message(
        organization_id=task.organization_id, user_id=people.member.user_id, digest_on=TODAY, created_at=MORNING
    )
    message.notices = [
        Notice(user_id=people.member.user_id, plan_id=task.plan_id, task_id=task.id, step="due", occasion="x")
    ]
    message.deliveries = [Delivery(channel="mail", header_id="x", next_try_at=MORNING, error="=550 no such user")]
    db.session.add(message)
    db.session.flush()
    return message


def test_ones_own_notices_download_and_nobody_elses(visit, people, message):
    (_, row) = rows(visit(people.member).get("/notices/file.xlsx"))

    assert (row[0].date(), row[1], row[4]) == (TODAY, "ไม่ใช่", message.notices[0].task.measure.title)
    assert len(rows(visit(people.neighbour).get("/notices/file.xlsx"))) == 1


def test_the_administrator_downloads_deliveries_and_people(visit, people, message):
    visitor = visit(people.administrator)

    (_, delivery) = rows(visitor.get("/admin/deliveries/file.xlsx"))
    staff = rows(visitor.get("/admin/people/file.xlsx"))

    assert delivery[1:] == [people.member.user.name, "รอส่ง", 0, "=550 no such user"]
    assert people.member.user.email in [row[5] for row in staff]
    assert people.stranger.user.email not in [row[5] for row in staff]


@pytest.mark.parametrize("name", ["tasks", "measures", "work", "reviews", "notices"])
def test_nothing_of_another_organization_is_in_a_file(visit, people, name):
    make_plan()
    plan = make_plan(organization=people.stranger.user.organization)
    make_task(measure=make_measure(plan=plan), status=Status.SUBMITTED)

    assert len(rows(visit(people.clerk).get(f"/{name}/file.xlsx"))) == 1


def test_a_long_file_asks_the_database_as_often_as_a_short_one(visit, people):
    visitor, counts = visit(people.clerk), []
    for many in (1, 20):
        for _ in range(many):
            make_task()
        with count_queries() as statements:
            visitor.get("/tasks/file.xlsx")
        counts.append(len(statements))

    # who is signed in, which plans there are, divisions with their positions, measures, the tasks
    assert counts == [5, 5]
