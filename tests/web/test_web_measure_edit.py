from datetime import date

import pytest
from sqlalchemy import func, select

from tests.factories import ALL_YEAR, ROUNDS, make_measure, make_organization
from tracker.domain.links import LinkCheckUse
from tracker.domain.statuses import Placement, Status
from tracker.models import Event, Task

UNCLEAR = "ตลอดปีการศึกษา ๒๕๗๐"
MONTHLY = "ทุกเดือน"
FEBRUARY_AND_AUGUST = "28 ก.พ. 69 และ 31 ส.ค. 69"


@pytest.fixture
def kept(db):
    """Say everything that a change of a measure could change."""

    def kept(measure):
        tasks = db.session.scalars(select(Task).where(Task.measure_id == measure.id).order_by(Task.id))
        return (
            measure.schedule_words,
            measure.schedule,
            measure.weight,
            [division.id for division in measure.divisions],
            [(step.text, step.own_schedule_words, step.is_retired) for step in measure.steps],
            [(task.slot, task.division_id, task.due_on, task.placement) for task in tasks],
            db.session.scalar(select(func.count()).select_from(Event)),
        )

    return kept


def due_days(db, measure):
    asked_for = (Task.measure_id == measure.id, Task.placement != Placement.RETIRED)
    return set(db.session.scalars(select(Task.due_on).where(*asked_for)))


def send(visitor, measure, changes, *, status=200):
    """Send the form as it stands with some fields changed."""
    address = f"/measures/{measure.id}"
    form = visitor.get(f"{address}/edit").values(address)
    return visitor.post(address, form | changes, status=status)


def confirm(visitor, measure, changes):
    """Look at what would change, then send the same once more with the button that saves."""
    address = f"/measures/{measure.id}"
    preview = send(visitor, measure, changes)
    assert preview.offers(address, confirmed="1")
    return visitor.post(address, preview.values(address) | {"confirmed": "1"})


def test_the_form_begins_with_what_stands(visit, people, measure):
    address = f"/measures/{measure.id}"

    form = visit(people.clerk).get(f"{address}/edit").values(address)

    assert form["schedule_words"] == [ALL_YEAR]
    assert form["divisions"] == [str(division.id) for division in measure.divisions]
    assert form["weight"] == ["1"]
    assert [form[f"steps-{n}-text"][0].strip() for n in range(3)] == ["ประชุม", "รายงาน", ""]


def test_sending_the_form_unchanged_changes_nothing(visit, people, measure, kept):
    before = kept(measure)

    page = send(visit(people.clerk), measure, {})

    assert "ไม่มีงานใดเปลี่ยนแปลง" in page.main
    assert kept(measure) == before


def test_looking_at_what_would_change_changes_nothing(visit, people, measure, kept):
    before = kept(measure)

    page = send(visit(people.clerk), measure, {"schedule_words": FEBRUARY_AND_AUGUST, "weight": "3"})

    assert "จะเพิ่ม 4 งาน" in page.main
    assert "จะเลิก 4 งานที่ยังไม่มีการรายงาน" in page.main
    assert "ยังไม่ได้บันทึก" in page.main
    assert kept(measure) == before


def test_confirming_does_what_was_shown(visit, people, measure, db):
    page = confirm(visit(people.clerk), measure, {"schedule_words": FEBRUARY_AND_AUGUST})

    assert page.alerts == ["บันทึกมาตรการและปรับงานเรียบร้อยแล้ว"]
    assert f"แก้ไขเป็น “{FEBRUARY_AND_AUGUST}”" in page.main
    assert due_days(db, measure) == {date(2026, 2, 28), date(2026, 8, 31)}


def test_the_words_of_the_report_outlive_their_correction(visit, people, measure):
    page = confirm(visit(people.clerk), measure, {"schedule_words": MONTHLY})

    assert f"“{ALL_YEAR}”" in page.main
    assert measure.time_frame_text == ALL_YEAR


def test_a_task_with_work_on_it_is_kept_outside_the_schedule(visit, people, measure, db, clock):
    task = db.session.scalars(select(Task).where(Task.measure_id == measure.id)).first()
    task.status, task.last_event_at = Status.IN_PROGRESS, clock.moment

    page = send(visit(people.clerk), measure, {"schedule_words": FEBRUARY_AND_AUGUST})

    assert "จะคงไว้ 1 งานที่มีการรายงานแล้ว" in page.main
    confirm(visit(people.clerk), measure, {"schedule_words": FEBRUARY_AND_AUGUST})
    assert task.placement == Placement.OUTSIDE


def test_taking_a_division_out_takes_its_untouched_tasks_out(visit, people, measure, db):
    first, second = measure.divisions

    confirm(visit(people.clerk), measure, {"divisions": [str(second.id)]})

    placements = db.session.execute(select(Task.division_id, Task.placement).where(Task.measure_id == measure.id))
    assert {tuple(row) for row in placements} == {(first.id, Placement.RETIRED), (second.id, Placement.SCHEDULED)}


def test_a_step_with_a_rhythm_of_its_own_gets_tasks_of_its_own(visit, people, measure, db):
    page = send(visit(people.clerk), measure, {"steps-1-schedule_words": MONTHLY})
    assert "จะเพิ่ม 24 งาน" in page.main

    confirm(visit(people.clerk), measure, {"steps-1-schedule_words": MONTHLY})

    assert {date(2025, 10, 31), date(2026, 8, 31), *ROUNDS} <= due_days(db, measure)


def test_steps_can_be_reworded_added_and_taken_out(visit, people, measure):
    changes = {"steps-0-text": "ประชุมทุกฝ่าย", "steps-1-text": "", "steps-2-text": "เผยแพร่"}

    page = confirm(visit(people.clerk), measure, changes)

    assert [item.text for item in page.root.all("ol")[0].all("li")] == ["ประชุมทุกฝ่าย", "เผยแพร่"]


def test_a_change_of_steps_alone_says_that_no_task_will_change(visit, people, measure):
    assert "ไม่มีงานใดเปลี่ยนแปลง" in send(visit(people.clerk), measure, {"steps-0-text": "ประชุมใหญ่"}).main


@pytest.mark.parametrize("field", ["schedule_words", "steps-0-schedule_words"])
def test_unclear_words_are_refused_and_kept_in_the_form(visit, people, measure, kept, field):
    before = kept(measure)

    page = send(visit(people.clerk), measure, {field: UNCLEAR, "weight": "7"}, status=422)

    assert UNCLEAR in "".join(page.alerts)
    form = page.values(f"/measures/{measure.id}")
    assert (form[field], form["weight"]) == ([UNCLEAR], ["7"])
    assert kept(measure) == before


def test_unclear_words_are_refused_even_when_confirmed(visit, people, measure, kept):
    before = kept(measure)

    send(visit(people.clerk), measure, {"schedule_words": UNCLEAR, "confirmed": "1"}, status=422)

    assert kept(measure) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"schedule_words": ""},
        {"schedule_words": "   "},
        {"schedule_words": "ก" * 301},
        {"divisions": ""},
        {"divisions": "x"},
        {"weight": ""},
        {"weight": "0"},
        {"weight": "101"},
        {"weight": "สอง"},
        {"steps-0-text": "ก" * 20_001},
        {"steps-0-step_id": "99999999"},
        {"steps-0-step_id": "99999999999999999999"},
    ],
    ids=lambda changes: "{}={:.12}".format(*next(iter(changes.items()))),
)
def test_what_cannot_be_saved_is_refused_with_a_word_and_changes_nothing(visit, people, measure, kept, changes):
    before = kept(measure)

    page = send(visit(people.clerk), measure, changes | {"confirmed": "1"}, status=422)

    assert page.alerts
    assert kept(measure) == before


def test_a_field_that_is_wrong_says_so_beside_itself(visit, people, measure):
    page = send(visit(people.clerk), measure, {"divisions": []}, status=422)

    assert "โปรดเลือกอย่างน้อยหนึ่งส่วนราชการ" in page.main


def test_a_division_of_another_organization_cannot_be_put_into_a_measure(visit, people, measure, kept):
    foreign = make_organization("เทศบาลตำบลไกล", ["กองไกล"]).divisions[0]
    before = kept(measure)

    send(visit(people.clerk), measure, {"divisions": [str(foreign.id)], "confirmed": "1"}, status=422)

    assert kept(measure) == before


def test_a_step_of_another_measure_cannot_be_put_into_a_measure(visit, people, measure, kept):
    other = make_measure(3, steps=["ของมาตรการอื่น"])
    before = kept(other)

    send(
        visit(people.clerk),
        measure,
        {"steps-0-step_id": str(other.steps[0].id), "steps-0-text": "ถูกแก้", "confirmed": "1"},
        status=422,
    )

    assert kept(other) == before


def test_cancelling_leads_back_to_the_measure(visit, people, measure):
    page = visit(people.clerk).get(f"/measures/{measure.id}/edit")

    assert page.links["ยกเลิก"] == f"/measures/{measure.id}"


def test_saving_twice_from_the_same_page_adds_a_step_once(visit, people, measure):
    visitor = visit(people.clerk)
    visitor.get(f"/measures/{measure.id}/edit")
    form = visitor.page.values(f"/measures/{measure.id}") | {"steps-2-text": "ขั้นตอนที่เพิ่ม", "confirmed": "1"}

    visitor.post(f"/measures/{measure.id}", form)
    visitor.post(f"/measures/{measure.id}", form, status=422)

    assert [step.text for step in measure.current_steps].count("ขั้นตอนที่เพิ่ม") == 1


PROPOSAL = "ระบบตรวจให้อยู่แล้ว"


def test_the_clerk_chooses_what_the_months_check_of_links_does(visit, people, measure):
    confirm(visit(people.clerk), measure, {"link_check": "completion"})

    assert measure.link_check == LinkCheckUse.COMPLETION
    address = f"/measures/{measure.id}"
    assert visit(people.clerk).get(f"{address}/edit").values(address)["link_check"] == ["completion"]


@pytest.mark.parametrize("page", ["", "/edit"])
def test_it_is_proposed_where_the_words_promise_it_until_it_is_chosen(visit, people, measure, page):
    visitor = visit(people.clerk)
    address = f"/measures/{measure.id}{page}"
    assert PROPOSAL not in visitor.get(address).main

    measure.title = "ตรวจสอบลิงก์บนเว็บไซต์ทุกเดือน"
    assert PROPOSAL in visitor.get(address).main

    measure.link_check, measure.link_check_from = LinkCheckUse.EVIDENCE, date(2026, 2, 1)
    assert PROPOSAL not in visitor.get(address).main


def test_a_choice_that_there_is_not_is_refused(visit, people, measure):
    send(visit(people.clerk), measure, {"link_check": "always"}, status=422)

    assert measure.link_check == LinkCheckUse.NONE


def test_the_measures_page_says_what_was_chosen(visit, people, measure):
    measure.link_check, measure.link_check_from = LinkCheckUse.EVIDENCE, date(2026, 2, 1)

    page = visit(people.member).get(f"/measures/{measure.id}").main

    assert "แนบเป็นหลักฐาน ตั้งแต่ 1 กุมภาพันธ์ 2569" in " ".join(page.split())
