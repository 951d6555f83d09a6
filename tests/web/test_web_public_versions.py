"""The mark of a public page: another one as soon as anything on it has changed, the same while nothing has."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.clocks import TODAY
from tests.factories import make_evidence, make_measure, make_plan, make_task
from tests.factories_public import make_public, make_window
from tests.statements import count_queries
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.feedback import FeedbackState
from tracker.domain.responsibles import Division
from tracker.domain.statuses import Status
from tracker.extensions import db as database
from tracker.models import Feedback
from tracker.sample import report_bytes
from tracker.services import (
    closings,
    divisions,
    evidence,
    imports,
    measures,
    plans,
    public_evidence,
    schedules,
    task_reports,
    tasks,
    windows,
)
from tracker.services.task_reports import ReportText
from tracker.services.windows import Shows
from tracker.web import public_answers
from tracker.web.shelves import Shelf

ROUND = TODAY - timedelta(days=10)


@pytest.fixture
def world(people, clock):
    """An open window on a plan with a round that is over: a task in progress, one that waits, one done."""
    plan = make_plan(rounds=(ROUND,))
    plan.organization.slug = "bangsai"
    measure = make_measure(2, plan=plan, steps=["ประชุม"])
    task, waiting, done = (
        make_task(measure=measure, due_on=ROUND + timedelta(days=days), status=status, submitted_on=ROUND)
        for days, status in enumerate((Status.IN_PROGRESS, Status.SUBMITTED, Status.DONE))
    )
    window = make_window(plan, takes_feedback=True)
    shown = make_public(make_evidence(done, title="รายงาน", url="https://example.go.th/a"), key="key")
    hidden = make_evidence(done, title="ภาพ", url="https://example.go.th/b")
    on_task = make_public(make_evidence(task, title="ประกาศ", url="https://example.go.th/c"), key="other")
    return SimpleNamespace(
        plan=plan, measure=measure, task=task, waiting=waiting, done=done, window=window, shown=shown, hidden=hidden,
        on_task=on_task, people=people, clock=clock, now=clock.moment,
    )  # fmt: skip


def _by(world, who="clerk"):
    return {"by": getattr(world.people, who), "now": world.now}


def _change_words(world):
    change = measures.MeasureChange(
        title="ชื่อใหม่",
        schedule_words=world.measure.time_frame_text,
        weight=1,
        division_ids=frozenset(division.id for division in world.measure.divisions),
        steps=(),
        basis=measures.basis_of(world.measure),
    )
    measures.change(measure=world.measure, change=change, **_by(world))


def _import_another_year(world):
    reading = read_draft(read_text_report(report_bytes()), divisions=[], plan_year=2568)
    imports.create_plan(organization=world.plan.organization, reading=reading, today=TODAY, **_by(world))


def _write_result(world):
    text = ReportText(result="เขียนใหม่", budget=Decimal(0))
    task_reports.save(task=world.task, text=text, basis=0, **_by(world, "member"))


def _close_round(world):
    closings.close(plan=world.plan, round_on=ROUND, as_of=ROUND, note="", today=TODAY, **_by(world))


def _rename_division(world):
    division = world.task.division
    divisions.change(division=division, named=Division("กองใหม่"), **_by(world, "administrator"))


def _citizen(world, **told):
    row = Feedback(
        organization_id=world.plan.organization_id,
        measure_id=world.measure.id,
        sent_at=world.now,
        receipt="r",
        text="ดีมาก",
        state=FeedbackState.SHOWN,
        **told,
    )
    database.session.add(row)


def _answer(world):
    _citizen(world, answer="ขอบคุณ", answered_at=world.now, is_answer_shown=True)


def _is_open_again(world):
    windows.close(plan=world.plan, **_by(world))
    windows.open_(plan=world.plan, seen=Shows(feedback=True), gaps=[], accepts_gaps=True, by=world.people.clerk,
                  now=world.now + timedelta(minutes=1))  # fmt: skip


CHANGES = {
    "a result handed in": lambda w: tasks.submit(task=w.task, today=TODAY, **_by(w, "member")),
    "a result accepted": lambda w: tasks.accept(task=w.waiting, **_by(w)),
    "a result returned": lambda w: tasks.return_to_division(task=w.waiting, note="แก้ไข", **_by(w)),
    "a task opened again": lambda w: tasks.reopen(task=w.done, note="แก้ไข", **_by(w)),
    "a task set aside": lambda w: tasks.set_not_applicable(task=w.task, note="ไม่เกี่ยวข้อง", **_by(w)),
    "a result written": _write_result,
    "a measure's words": _change_words,
    "other rounds": lambda w: plans.set_rounds(plan=w.plan, days=[TODAY], **_by(w)),
    "tasks after the schedule": lambda w: schedules.apply(plan=w.plan, **_by(w)),
    "a closed round": _close_round,
    "scores of another year": _import_another_year,
    "a division's name": _rename_division,
    "evidence shown": lambda w: public_evidence.show(plan=w.plan, ids=[w.hidden.id], **_by(w)),
    "evidence no longer shown": lambda w: public_evidence.hide(plan=w.plan, ids=[w.shown.id], **_by(w)),
    "evidence withdrawn": lambda w: evidence.withdraw(evidence=w.on_task, reason="ผิด", **_by(w, "member")),
    "evidence replaced": lambda w: evidence.replace_link(
        evidence=w.on_task, url="https://example.go.th/d", title="", **_by(w, "member")
    ),
    "what is shown": lambda w: windows.change(plan=w.plan, shows=Shows(obstacles=True), **_by(w)),
    "closed and opened again": _is_open_again,
    "the organization's name": lambda w: setattr(w.plan.organization, "name", "เทศบาลเมืองตัวอย่าง"),
    "another year opened": lambda w: make_window(make_plan(2570)),
    "a citizen's word shown": _citizen,
    "an answer shown": _answer,
    "another day": lambda w: w.clock.advance(days=1),
}


@pytest.fixture
def plans_are_kept(app, monkeypatch):
    """Keep plans that were read, from now on."""

    def keep():
        monkeypatch.setitem(app.config, "PUBLIC_PLANS_KEPT", 4)
        monkeypatch.setitem(app.extensions, "public_plans", Shelf())

    keep()
    return keep


@pytest.fixture
def asks(visit):
    """Ask for the page as a browser does that holds it under a mark."""

    def asks(mark="", address="/public/bangsai/2569"):
        page = visit().get(address, status=None, headers={"If-None-Match": mark} if mark else {})
        return page.status, page.response.headers.get("ETag")

    return asks


@pytest.mark.parametrize("what", CHANGES)
def test_the_mark_is_another_one_after(asks, world, what):
    _, mark = asks()
    assert asks(mark) == (304, mark)

    CHANGES[what](world)

    status, new = asks(mark)
    assert (status, new != mark) == (200, True)


@pytest.mark.parametrize("what", CHANGES)
def test_a_plan_that_was_read_before_is_shown_as_it_is_now(visit, world, plans_are_kept, what):
    pages = ("/public/bangsai/2569", "/public/bangsai/2569/data/tasks.json")
    visit().get(pages[0])

    CHANGES[what](world)

    known = [visit().get(page).html for page in pages]
    plans_are_kept()  # none is left
    assert known == [visit().get(page).html for page in pages]


def test_parts_of_a_list_are_taken_from_one_reading(visit, world, plans_are_kept):
    address = "/public/api/v1/plans/bangsai/2569/tasks?limit=1"
    visit().get(address)

    with count_queries() as heard:
        visit().get(f"{address}&offset=1")

    assert len(heard) == 1


@pytest.mark.parametrize("tail", ["/share.png", "/measures/{id}"])
def test_the_other_pages_of_the_plan_change_with_it(asks, world, tail):
    address = "/public/bangsai/2569" + tail.format(id=world.measure.id)
    _, mark = asks(address=address)
    assert asks(mark, address)[0] == 304

    tasks.accept(task=world.waiting, **_by(world))

    assert asks(mark, address)[0] == 200


def test_the_list_of_years_changes_when_one_is_opened(asks, world):
    _, mark = asks(address="/public/bangsai")
    assert asks(mark, "/public/bangsai")[0] == 304

    make_window(make_plan(2570))

    assert asks(mark, "/public/bangsai")[0] == 200


def test_a_mark_from_before_never_opens_a_closed_page(asks, world):
    _, mark = asks()

    windows.close(plan=world.plan, **_by(world))

    assert asks(mark)[0] == 404


def test_each_language_has_a_mark_of_its_own(asks, world):
    assert asks()[1] != asks(address="/public/bangsai/2569?lang=en")[1]


def test_an_update_of_the_program_changes_every_mark(asks, world, monkeypatch):
    _, mark = asks()

    monkeypatch.setattr(public_answers, "shape", lambda: "another version of the program")

    assert asks(mark)[0] == 200


def test_browsers_and_caches_may_keep_a_page_for_a_short_while(visit, world):
    response = visit().get("/public/bangsai/2569").response

    assert response.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert response.headers["ETag"].startswith("W/")


def test_what_is_not_there_is_not_held_by_anybody(world, visit):
    page = "/public/bangsai/2569"
    marks = ["*", visit().get(page).response.headers["ETag"]]

    for mark in marks:
        visit().get(f"{page}/measures/987654", status=404, headers={"If-None-Match": mark})
    visit().get(page, status=304, headers={"If-None-Match": marks[1]})
