from decimal import Decimal

import pytest

from tests.factories import make_measure, make_person, make_task
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.models import StepCheck, TaskReport
from tracker.services import sessions

TEXTS = {"result": "ประกาศบนเว็บไซต์แล้ว", "obstacles": "เครื่องพิมพ์เสีย", "suggestions": "จัดซื้อเครื่องใหม่"}


def report_of(task):
    return f"/tasks/{task.id}/report"


def kept(db, task):
    report = db.session.get(TaskReport, task.id)
    return report and {name: getattr(report, name) for name in (*TEXTS, "budget")}


@pytest.fixture
def save(people):
    """Open a task and send its form as it stands with some fields changed."""

    def save(visitor, task, *, status=302, opened=None, **fields):
        page = opened or visitor.get(f"/tasks/{task.id}")
        return visitor.post(report_of(task), page.values(report_of(task)) | fields, status=status)

    return save


def test_what_a_division_writes_is_in_the_fields_again(visit, people, db, save):
    task = make_task()

    page = save(visit(people.member), task, **TEXTS, budget="๑,๕๐๐.๕๐")

    assert kept(db, task) == TEXTS | {"budget": Decimal("1500.50")}
    sent = page.values(report_of(task))
    assert {name: sent[name] for name in (*TEXTS, "budget")} == {k: [v] for k, v in TEXTS.items()} | {
        "budget": ["1,500.50"]
    }


def test_no_budget_used_is_a_tick(visit, people, db, save):
    task = make_task()

    page = save(visit(people.member), task, no_budget="y")

    assert kept(db, task)["budget"] == 0
    assert page.values(report_of(task))["no_budget"] == ["y"]


def test_one_button_saves_and_hands_in(visit, people, db, save):
    task = make_task()

    page = save(visit(people.member), task, **TEXTS, move="submit")

    assert task.status == Status.SUBMITTED
    assert kept(db, task)["result"] == TEXTS["result"]
    assert page.alerts[0].startswith("ส่งผลแล้ว รอการตรวจ")


def test_handing_in_twice_from_the_same_page_hands_in_once(visit, people, save, told):
    task = make_task()
    visitor = visit(people.member)
    opened = visitor.get(f"/tasks/{task.id}")
    save(visitor, task, opened=opened, **TEXTS, move="submit")
    before = told(task)

    save(visitor, task, opened=opened, **TEXTS, move="submit")

    assert told(task) == before


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"budget": "สองพัน"}, "“สองพัน” ไม่ใช่จำนวนเงินบาท"),
        ({"budget": "-5"}, "ไม่ใช่จำนวนเงินบาท"),
        ({"budget": "500", "no_budget": "y"}, "อย่างใดอย่างหนึ่ง"),
        ({"result": "ก" * 4001}, "4000"),
        ({"suggestions": "ก" * 4001, "move": "submit"}, "4000"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field_and_nothing_typed_is_lost(
    visit, people, db, save, told, fields, problem
):
    task = make_task(measure=make_measure(steps=["ประชุม"]))
    step = str(task.measure.steps[0].id)
    typed = TEXTS | {"step": step} | fields

    page = save(visit(people.member), task, status=422, **typed)

    assert problem in page.main
    sent = page.values(report_of(task))
    assert {name: sent[name] for name in typed if name != "move"} == {
        name: [value] for name, value in typed.items() if name != "move"
    }
    assert (kept(db, task), told(task), task.status) == (None, [], Status.NOT_STARTED)


def test_somebody_who_saved_since_is_named_with_both_texts(visit, people, db, save):
    task = make_task()
    mine, colleague = visit(people.member), make_person(Role.OFFICER, division=task.division)
    opened = mine.get(f"/tasks/{task.id}")
    save(visit(colleague), task, result="ของเพื่อนร่วมงาน")

    page = save(mine, task, opened=opened, result="ของฉัน", status=422)

    assert "มีผู้บันทึกรายงานนี้หลังจากที่ท่านเปิดหน้านี้" in page.alerts[0]
    assert f"บันทึกโดย {colleague.position.title}" in page.main
    assert "ของเพื่อนร่วมงาน" in page.main
    assert page.values(report_of(task))["result"] == ["ของฉัน"]
    assert kept(db, task)["result"] == "ของเพื่อนร่วมงาน"


def test_saving_again_after_being_told_replaces_it_and_the_old_text_stays_in_the_history(visit, people, db, save):
    task = make_task()
    mine = visit(people.member)
    opened = mine.get(f"/tasks/{task.id}")
    save(visit(make_person(Role.OFFICER, division=task.division)), task, result="ของเพื่อนร่วมงาน")
    told_so = save(mine, task, opened=opened, result="ของฉัน", status=422)

    page = save(mine, task, opened=told_so)

    assert kept(db, task)["result"] == "ของฉัน"
    assert "ข้อความเดิม ของเพื่อนร่วมงาน" in page.main


def test_a_second_tab_is_told_too(visit, people, save):
    task = make_task()
    visitor = visit(people.member)
    first, second = (visitor.get(f"/tasks/{task.id}") for _ in range(2))
    save(visitor, task, opened=first, result="แท็บแรก")

    page = save(visitor, task, opened=second, result="แท็บที่สอง", status=422)

    assert "แท็บแรก" in page.main
    assert page.values(report_of(task))["result"] == ["แท็บที่สอง"]


def test_steps_that_are_ticked_move_the_percentage(visit, people, save):
    task = make_task(measure=make_measure(steps=["ประชุม", "ประกาศ", "รายงาน"]))

    page = save(visit(people.member), task, step=str(task.measure.steps[0].id))

    assert "ทำแล้ว 1 จาก 3 ขั้นตอน (33%)" in page.main
    bar = page.root.all("progress")[0]
    assert (bar.get("value"), bar.get("max")) == ("1", "3")


@pytest.mark.parametrize("basis", ["", "x", "-1", "99999999999999999999", "๑", "1.5"])
def test_a_basis_that_was_never_given_replaces_nothing(visit, people, db, save, basis):
    task = make_task()
    visitor = visit(people.member)
    save(visitor, task, result="บันทึกไว้")

    save(visitor, task, result="ทับ", basis=basis, status=422)

    assert kept(db, task)["result"] == "บันทึกไว้"


@pytest.mark.parametrize("who", ["neighbour", "clerk", "executive", "auditor", "administrator"])
def test_only_the_division_writes(visit, people, db, who):
    task = make_task()
    visitor = visit(getattr(people, who))

    page = visitor.get(f"/tasks/{task.id}")
    visitor.post(report_of(task), TEXTS, status=403)

    assert not page.offers(report_of(task))
    assert kept(db, task) is None


@pytest.mark.parametrize(
    ("who", "sees"),
    [("member", True), ("clerk", True), ("executive", True), ("auditor", True), ("neighbour", False),
     ("administrator", False)],
)  # fmt: skip
def test_obstacles_are_for_the_division_reviewers_executives_and_auditors(visit, people, save, move, who, sees):
    task = make_task()
    member = visit(people.member)
    save(member, task, **TEXTS)
    move(member, task, "block", note="รอเงินอุดหนุน")
    move(member, task, "submit")

    page = visit(getattr(people, who)).get(f"/tasks/{task.id}")

    assert (TEXTS["obstacles"] in page.html, "รอเงินอุดหนุน" in page.html) == (sees, sees)
    assert TEXTS["result"] in page.main


def test_an_obstacle_now_is_known_to_all_but_not_its_words(visit, people, move):
    task = make_task()
    move(visit(people.member), task, "block", note="รอเงินอุดหนุน")

    page = visit(people.neighbour).get(f"/tasks/{task.id}")

    assert "ส่วนราชการแจ้งว่าติดปัญหา" in page.main
    assert "รอเงินอุดหนุน" not in page.html


def test_emoji_thai_digits_and_line_ends_come_back_as_written(visit, people, db, save):
    task = make_task()
    written = "๑) ประชุม 🎉\r\n๒) \x00ประกาศ <b>"

    save(visit(people.member), task, result=written)

    assert kept(db, task)["result"] == "๑) ประชุม 🎉\n๒) ประกาศ <b>"


def test_whoever_was_signed_out_meanwhile_gets_the_typed_text_back(visit, people, save):
    task = make_task()
    stranger = visit()
    stranger.get("/sign-in")

    page = stranger.post(
        report_of(task), {"result": "พิมพ์ไว้ยาวมาก", "csrf_token": "of a session that is over"}, status=400
    )

    assert "ข้อความที่ท่านพิมพ์ไว้" in page.main
    assert [area.content for area in page.root.all("textarea")] == [["พิมพ์ไว้ยาวมาก"]]


def test_a_step_that_was_taken_out_meanwhile_costs_nothing(visit, people, db, save):
    task = make_task(measure=make_measure(steps=["ประชุม", "ประกาศ"]))
    first = task.measure.steps[0]
    visitor = visit(people.member)
    opened = visitor.get(f"/tasks/{task.id}")
    first.is_retired = True

    save(visitor, task, opened=opened, step=str(first.id), result="ทำแล้ว")

    assert kept(db, task)["result"] == "ทำแล้ว"
    assert db.session.query(StepCheck).count() == 0


def test_ticks_that_were_typed_beside_something_wrong_are_saved_with_the_correction(visit, people, db, save):
    task = make_task(measure=make_measure(steps=["ประชุม"]))
    visitor = visit(people.member)
    wrong = save(visitor, task, step=str(task.measure.steps[0].id), budget="สองพัน", status=422)

    save(visitor, task, opened=wrong, budget="2000")

    assert db.session.query(StepCheck).count() == 1
    assert kept(db, task)["budget"] == 2000


def test_what_a_second_tab_adds_to_a_report_that_was_handed_in_is_not_lost_silently(visit, people, db, save):
    task = make_task()
    visitor = visit(people.member)
    first, second = (visitor.get(f"/tasks/{task.id}") for _ in range(2))
    save(visitor, task, opened=first, result="แท็บแรก", move="submit")

    page = save(visitor, task, opened=second, result="แท็บที่สอง", move="submit", status=422)

    assert page.alerts
    assert "แท็บที่สอง" in page.html


def test_whoever_was_signed_out_elsewhere_gets_the_typed_text_back_and_a_way_on(visit, people, db):
    task = make_task()
    visitor = visit(people.member)
    visitor.get(f"/tasks/{task.id}")
    sessions.forget(user=people.member.user)

    page = visitor.post(
        report_of(task), {"result": "พิมพ์ไว้ยาวมาก"}, status=401, headers={"Referer": f"http://localhost/tasks/{task.id}"}
    )

    assert page.h1 == "การเข้าสู่ระบบสิ้นสุดแล้ว"
    assert "พิมพ์ไว้ยาวมาก" in page.main
    assert page.links["เข้าสู่ระบบอีกครั้ง"] == f"/sign-in?next=/tasks/{task.id}"
