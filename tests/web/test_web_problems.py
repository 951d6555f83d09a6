import pytest
from sqlalchemy import select

from tests.factories import make_measure, make_task
from tracker.domain.history import EventKind
from tracker.domain.statuses import Status
from tracker.models import Event
from tracker.services import events


def sent(visitor, address, action, changes, *, status=422):
    """Open a form, change these fields and send it."""
    page = visitor.get(address)
    return visitor.post(action, page.values(action) | changes, status=status)


@pytest.fixture
def clerk(visit, people):
    return visit(people.clerk)


def test_every_problem_of_a_form_is_listed_first_and_leads_to_its_field(clerk, people):
    measure = make_measure()
    wrong = {"title": "", "weight": "0", "divisions": [], "steps-0-text": "ก" * 20_001}

    page = sent(clerk, f"/measures/{measure.id}/edit", f"/measures/{measure.id}", wrong)

    assert list(page.problems.values()) == ["title", "divisions-0", "weight", "steps-0-text"]
    assert page.title.startswith("ผิดพลาด: แก้ไขมาตรการ")


def test_what_is_empty_is_asked_for_by_its_name_and_not_by_the_browser(clerk, people):
    measure = make_measure()

    page = sent(clerk, f"/measures/{measure.id}/edit", f"/measures/{measure.id}", {"title": " ", "schedule_words": ""})

    assert "โปรดกรอกชื่อมาตรการ" in page.problems
    assert [field for field in page.root.all("input", "textarea") if "required" in field.attributes] == []


def test_a_problem_that_does_not_name_its_field_is_listed_with_the_fields_name(clerk, people):
    measure = make_measure()

    page = sent(clerk, f"/measures/{measure.id}/edit", f"/measures/{measure.id}", {"weight": "0"})

    assert page.alerts[0].startswith("น้ำหนัก: ")


def test_a_field_with_a_problem_is_tied_to_its_words(clerk, people):
    measure = make_measure()

    page = sent(clerk, f"/measures/{measure.id}/edit", f"/measures/{measure.id}", {"weight": "0"})

    field = next(e for e in page.root.all("input") if e.get("id") == "weight")
    assert (field.get("aria-invalid"), field.get("aria-describedby")) == ("true", "weight-hint weight-problem")


def test_in_english_the_title_says_error(clerk, people):
    clerk.get("/measures")
    clerk.post("/locale/en", {"next": "/measures"})
    measure = make_measure()

    page = sent(clerk, f"/measures/{measure.id}/edit", f"/measures/{measure.id}", {"title": ""})

    assert page.title.startswith("Error: Change the measure")
    assert "Fill in “Title of the measure”." in page.problems


def test_a_form_without_problems_says_nothing(clerk, people):
    assert clerk.get(f"/measures/{make_measure().id}/edit").problem_summary is None


def test_a_reason_that_is_missing_leads_to_the_field_of_this_move(visit, people, move):
    returned = make_task(status=Status.SUBMITTED)
    blocked = make_task()

    assert [*move(visit(people.clerk), returned, "return", status=422).problems.values()] == ["note"]
    assert [*move(visit(people.member), blocked, "block", status=422).problems.values()] == [f"obstacle-{blocked.id}"]


def test_the_clerk_corrects_a_title_and_the_history_has_both(clerk, people, db):
    measure = make_measure()
    measure.title = "มาตร การ ลิงก์"
    address = f"/measures/{measure.id}"

    sent(clerk, f"{address}/edit", address, {"title": "มาตรการ  ลิงก์", "confirmed": "1"}, status=302)

    assert clerk.page.h1 == measure.title == "มาตรการ ลิงก์"
    event = db.session.scalars(select(Event).where(Event.kind == EventKind.MEASURE_CHANGED)).one()
    assert (event.before.splitlines()[0], event.after.splitlines()[0]) == ("มาตร การ ลิงก์", "มาตรการ ลิงก์")
    assert events.first_break(measure.plan) is None
