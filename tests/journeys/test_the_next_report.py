"""A corrected report comes, then the next year: nothing that was done is lost, nothing is there twice."""

import io

import pytest
from sqlalchemy import func, select

from tracker.domain.statuses import Placement
from tracker.extensions import db
from tracker.models import Measure, Plan, Task
from tracker.sample import report_bytes

TITLE = "กิจกรรมหัวหน้างาน รับฟังลูกน้อง"
NEW_TITLE = "กิจกรรมหัวหน้างานรับฟังผู้ใต้บังคับบัญชา"


@pytest.fixture
def send(town):
    """Upload a report as the clerk and return the clerk and the page of what it would change."""

    def send(text):
        clerk = town.sign_in("clerk")
        clerk.get("/imports")
        clerk.post("/imports", {"report": (io.BytesIO(text.encode()), "รายงาน.txt")})
        address = next(where for where in clerk.page.links.values() if where.endswith("/difference"))
        return clerk, clerk.get(address), address

    return send


def test_the_same_report_changes_nothing_and_a_corrected_one_only_what_it_says(town, send):
    report = report_bytes().decode()
    head = town.sign_in("head1")
    task = db.session.scalars(
        select(Task).join(Measure).where(Measure.indicator == 2, Task.division_id == town.position("head1").division_id)
    ).first()
    head.get(f"/tasks/{task.id}")
    head.post(f"/tasks/{task.id}/status", {"move": "start", "note": ""})

    _, same, address = send(report)
    assert "ไม่มีอะไรเปลี่ยน" in same.main
    assert not same.offers(address)

    corrected = report.replace(TITLE, NEW_TITLE).replace("ภายใน เดือนกุมภาพันธ์ และ เดือนสิงหาคม ๒๕๖๙", "ทุกไตรมาส")
    clerk, page, address = send(corrected)
    done = clerk.confirm(address, page.values(address))

    assert NEW_TITLE in done.main
    assert TITLE not in done.main
    assert db.session.scalar(select(func.count()).select_from(Measure)) == 10
    db.session.refresh(task)
    assert task.placement == Placement.OUTSIDE
    assert "ไม่มีอะไรเปลี่ยน" in send(corrected)[1].main


def test_next_years_plan_begins_from_this_one_and_its_report_changes_only_what_is_new(town, send):
    clerk = town.sign_in("clerk")
    address = clerk.get("/measures").links["เริ่มแผนปีถัดไปจากแผนนี้"]
    clerk.post(address, clerk.get(address).values(address))
    tasks = select(func.count()).select_from(Task).join(Plan, Plan.id == Task.plan_id)
    by_year = [db.session.scalar(tasks.where(Plan.fiscal_year == year)) for year in (2569, 2570)]
    assert by_year == [198, 198]

    later = report_bytes().decode()
    for before, after in (("๒๕๖๙", "๒๕๗๐"), ("2569", "2570"), ("๒๕๖๘", "๒๕๖๙"), ("2568", "2569")):
        later = later.replace(before, after)
    clerk, page, address = send(later)
    assert "ต่างจากแผน 10 จาก 10 มาตรการ เพิ่มใหม่ 0 มาตรการ ไม่มีในรายงาน 0 มาตรการ" in page.main
    clerk.confirm(address, page.values(address))

    assert [db.session.scalar(tasks.where(Plan.fiscal_year == year)) for year in (2569, 2570)] == by_year
    assert all(measure.analysis for measure in db.session.scalars(select(Measure)))
