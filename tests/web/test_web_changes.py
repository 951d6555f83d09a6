import pytest
from sqlalchemy import update

from tests.clocks import MORNING, TODAY
from tests.statements import count_queries
from tracker.domain.changes import ChangeKind
from tracker.models import Change
from tracker.services import appointments, changes, positions
from tracker.services import people as people_service
from tracker.services.people import Details
from tracker.web.changes import CHANGE


@pytest.fixture
def acts(people):
    return {"by": people.administrator, "now": MORNING}


@pytest.fixture
def record(people, acts):
    def record(kind=ChangeKind.DIVISION_MOVED, **more):
        return changes.record(organization_id=people.administrator.user.organization_id, kind=kind, **acts, **more)

    return record


@pytest.mark.parametrize("who", ["administrator", "auditor"])
def test_administrators_and_auditors_read_the_record(visit, people, record, who):
    record(division=people.member.position.division, before="2", after="1")

    page = visit(getattr(people, who)).get("/admin/record").main

    assert f"{people.administrator.position.title} ({people.administrator.user.name}) เลื่อนลำดับส่วนราชการ" in page
    assert people.member.position.division.name in page
    assert "2 → 1" in page
    assert "20 กุมภาพันธ์ 2569 09:00" in page


def test_the_auditors_menu_leads_there(visit, people):
    assert visit(people.auditor).get("/").links["บันทึกการเปลี่ยนแปลง"] == "/admin/record"


@pytest.mark.parametrize("who", ["member", "clerk", "executive"])
def test_the_record_is_offered_to_nobody_else(visit, people, who):
    visitor = visit(getattr(people, who))

    assert "/admin/record" not in visitor.get("/").links.values()
    visitor.get("/admin/record", status=403)


def test_an_empty_record_says_what_will_stand_there(visit, people):
    assert "ยังไม่มีรายการบันทึก" in visit(people.auditor).get("/admin/record").main


def test_the_record_of_another_organization_is_not_shown(visit, people):
    other = people.stranger.user.organization
    changes.record(organization_id=other.id, kind=ChangeKind.DIVISION_ADDED, by=None, now=MORNING, after="กองที่อื่น")

    assert "กองที่อื่น" not in visit(people.administrator).get("/admin/record").main


def test_a_long_record_comes_page_by_page_in_the_same_number_of_statements(visit, people, record):
    visitor, counts = visit(people.auditor), []
    for many in (1, 60):
        for _ in range(many):
            record(division=people.member.position.division)
        with count_queries() as heard:
            page = visitor.get("/admin/record")
        counts.append(len(heard))

    older = visitor.get(page.links["ก่อนหน้านี้"])
    assert len(older.root.all("time")) == 11
    assert "ล่าสุด" in older.links
    # who is signed in with every appointment, the changes, unread notices
    assert counts == [3, 3]


@pytest.mark.parametrize("before", ["", "x", "-1", "๕", "9" * 30, "1 OR 1=1", "0"])
def test_an_odd_place_in_the_record_is_answered_with_a_page(visit, people, record, before):
    record()

    visit(people.auditor).get("/admin/record", query_string={"before": before})


def test_every_kind_of_change_has_its_words():
    assert set(CHANGE) == set(ChangeKind)


def test_days_and_roles_are_in_words(visit, people, acts):
    appointments.cover(
        position=people.member.position, user=people.neighbour.user, starts_on=TODAY, ends_on=TODAY, today=TODAY, **acts
    )
    positions.add(
        organization_id=people.member.user.organization_id, details=positions.Details("ปลัด", "executive"), **acts
    )

    page = visit(people.auditor).get("/admin/record").main

    assert "20 ก.พ. 69 ถึง 20 ก.พ. 69" in page
    assert "ปลัด · ผู้บริหาร" in page


def test_words_that_somebody_wrote_are_shown_never_run(visit, people, acts):
    people_service.add(
        organization_id=people.member.user.organization_id, details=Details("<script>alert(1)</script>", "x"), **acts
    )

    assert "<script>alert(1)</script>" in visit(people.auditor).get("/admin/record").main


def test_days_that_were_rewritten_are_shown_as_they_stand(visit, people, record, db):
    record(ChangeKind.APPOINTED, after="2026-02-20/")
    db.session.execute(update(Change).values(after="99/99"))

    assert "99/99" in visit(people.auditor).get("/admin/record").main
