"""The clerk's side of the public pages."""

import pytest

from tests.factories import make_evidence, make_measure, make_plan, make_task
from tests.factories_public import make_public, make_window
from tests.statements import count_queries
from tracker.domain.statuses import Status
from tracker.models import PublicWindow, TaskReport
from tracker.queries import windows as queries


@pytest.fixture
def plan(people):
    return make_plan()


@pytest.fixture
def task(plan):
    return make_task(measure=make_measure(2, plan=plan, steps=["ประชุม"]), status=Status.DONE)


@pytest.fixture
def clerk(visit, people):
    return visit(people.clerk)


@pytest.fixture
def open_(clerk, plan):
    """Open the page as it is shown."""

    def open_(**more):
        status = more.pop("status", 302)
        where = f"/windows/{plan.id}/opening"
        sent = clerk.get(f"/windows/{plan.id}").values(where) | {"accepted": "1"} | more
        return clerk.post(where, sent, status=status)

    return open_


def is_open(plan):
    return queries.of_plan(plan).is_open


def test_the_page_is_opened_with_what_is_missing_accepted(plan, task, open_, visit):
    page = open_()

    assert page.alerts[0] == "เปิดหน้าสาธารณะแล้ว"
    assert visit().get(f"/public/{plan.organization_id}/2569").status == 200


def test_what_is_missing_is_listed_and_has_to_be_ticked(clerk, plan, task):
    where = f"/windows/{plan.id}/opening"
    shown = clerk.get(f"/windows/{plan.id}")
    assert "มีสิ่งที่ต้องเผยแพร่ขาดอยู่" in shown.main

    page = clerk.post(where, shown.values(where), status=422)

    assert "accepted" in page.problems.values()
    assert not is_open(plan)


def test_what_changed_in_another_tab_is_shown_before_it_is_opened(clerk, plan, task, open_):
    where = f"/windows/{plan.id}/opening"
    looked_at = clerk.get(f"/windows/{plan.id}").values(where) | {"accepted": "1"}
    clerk.post(f"/windows/{plan.id}", {"results": "1", "obstacles": "1"})

    page = clerk.post(where, looked_at, status=422)

    assert "มีบางอย่างเปลี่ยนไป" in page.alerts[0]
    assert not is_open(plan)


def test_a_second_click_says_that_it_is_open_already(clerk, plan, task, open_):
    where = f"/windows/{plan.id}/opening"
    sent = clerk.get(f"/windows/{plan.id}").values(where) | {"accepted": "1"}
    clerk.post(where, sent)

    assert clerk.post(where, sent).alerts[0] == "หน้าสาธารณะเปิดอยู่แล้ว"


def test_closing_is_at_once_and_a_second_click_harmless(clerk, plan, task, open_, visit):
    open_()
    for said in ("ปิดหน้าสาธารณะแล้ว", "หน้าสาธารณะปิดอยู่แล้ว"):
        assert clerk.post(f"/windows/{plan.id}/closing").alerts[0].startswith(said)
    visit().get(f"/public/{plan.organization_id}/2569", status=404)


def test_the_history_says_who_opened_and_closed_it(clerk, plan, task, open_, people):
    open_()
    clerk.post(f"/windows/{plan.id}", {"obstacles": "1"})
    page = clerk.post(f"/windows/{plan.id}/closing")

    for told in ("ปิดหน้าสาธารณะ", "(ปัญหาอุปสรรค)", "(ผลการดำเนินการ)"):
        assert told in page.main
    assert page.main.count(people.clerk.position.title) >= 3


def test_the_settings_are_kept_and_shown(clerk, plan):
    clerk.get(f"/windows/{plan.id}")

    page = clerk.post(f"/windows/{plan.id}", {"obstacles": "1", "feedback": "1"})

    sent = page.values(f"/windows/{plan.id}")
    assert {name for name in sent if name != "csrf_token"} == {"obstacles", "feedback"}


def test_words_that_look_like_personal_data_are_listed_with_the_way_there(clerk, plan, task, people, db, clock):
    by = {"saved_at": clock.moment, "saved_by_id": people.member.id}
    db.session.add(TaskReport(task_id=task.id, result="มอบนายสมชาย ใจดี โทร 081-234-5678", **by))
    make_public(make_evidence(task, title="รายชื่อ น.ส.มาลี.jpg"))

    page = clerk.get(f"/windows/{plan.id}")

    for words in ("นายสมชาย ใจดี", "081-234-5678", "น.ส.มาลี"):
        assert words in page.main
    assert f"/tasks/{task.id}" in page.links.values()


def test_obstacles_are_looked_through_only_where_they_are_shown(clerk, plan, task, people, db, clock):
    by = {"saved_at": clock.moment, "saved_by_id": people.member.id}
    db.session.add(TaskReport(task_id=task.id, obstacles="รอนายสมชาย ใจดี", **by))

    assert "นายสมชาย" not in clerk.get(f"/windows/{plan.id}").main
    clerk.post(f"/windows/{plan.id}", {"obstacles": "1"})
    assert "นายสมชาย" in clerk.get(f"/windows/{plan.id}").main


def test_a_name_is_proposed_and_kept(clerk, plan, people):
    page = clerk.get("/windows")
    assert page.values("/windows/name")["name"][0].startswith("thesaban-tambon-")

    clerk.post("/windows/name", {"name": "Bangsai"})

    assert people.clerk.user.organization.public_name == "bangsai"


@pytest.mark.parametrize("written", ["", "บางไทร", "2bang", "api", "x" * 500])
def test_a_name_that_cannot_be_comes_back_with_the_reason_and_what_was_typed(clerk, plan, written):
    clerk.get("/windows")

    page = clerk.post("/windows/name", {"name": written}, status=422)

    assert list(page.problems.values()) == ["name"]
    assert page.values("/windows/name")["name"][0] == written[:100]


def test_the_name_stays_while_a_page_is_open(clerk, plan, task, open_):
    open_()
    clerk.get("/windows")

    page = clerk.post("/windows/name", {"name": "bangsai"}, status=422)

    assert "ปิดหน้าก่อนจึงจะเปลี่ยนชื่อได้" in page.alerts[0]


@pytest.mark.parametrize("who", ["clerk", "executive"])
def test_the_preview_is_the_public_page_marked_and_kept_by_nobody(visit, people, plan, task, who):
    make_public(make_evidence(task), key="key")
    visitor = visit(getattr(people, who))

    page = visitor.get(f"/windows/{plan.id}/preview")

    assert "เห็นเฉพาะท่าน" in page.text
    assert page.h1 == "มาตรการ ITA ปีงบประมาณ 2569"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert 'name="robots" content="noindex"' in page.html
    assert "/public/" not in page.html
    of_measure = visitor.get(f"/windows/{plan.id}/preview/measures/{task.measure_id}")
    assert of_measure.h1 == task.measure.title
    assert visitor.get(f"/windows/{plan.id}/preview/evidence/key", status=302).response.location.startswith(
        "/evidence/"
    )


def test_the_preview_says_the_same_as_the_page_once_it_is_open(clerk, plan, task, open_, visit):
    preview = clerk.get(f"/windows/{plan.id}/preview")
    open_()
    public = visit().get(f"/public/{plan.organization_id}/2569")

    assert preview.main == public.main


@pytest.mark.parametrize("who", ["member", "executive", "auditor", "administrator", "clerk"])
def test_everybody_who_works_here_sees_whether_the_page_is_open(visit, people, plan, task, who):
    window = make_window(plan, is_open=False)
    visitor = visit(getattr(people, who))
    assert "หน้าสาธารณะ: ยังไม่เปิด" in visitor.get("/measures").main

    window.published_at, window.published_by_id = plan.created_at, people.clerk.id

    assert visitor.get("/measures").links["เปิดอยู่"] == f"http://127.0.0.1:8000/public/{plan.organization_id}/2569"


def test_only_the_clerk_has_it_in_the_menu(visit, people, plan):
    has = {who for who in vars(people) if "/windows" in visit(getattr(people, who)).get("/").links.values()}

    assert has == {"clerk", "stranger"}


def test_evidence_is_shown_and_hidden_beside_its_task(clerk, plan, task):
    row = make_evidence(task)
    where = f"/evidence/{row.id}/publicity"
    assert clerk.get(f"/tasks/{task.id}").offers(where, public="1")

    clerk.post(where, {"public": "1"})
    assert row.public_key
    page = clerk.get(f"/tasks/{task.id}")
    assert page.offers(where, public="0")
    assert "เปิดเผยแล้ว" in page.main

    clerk.post(where, {"public": "0"})
    assert row.public_key is None


def test_the_division_sees_that_its_evidence_is_public_but_does_not_decide(visit, people, task):
    row = make_public(make_evidence(task))

    page = visit(people.member).get(f"/tasks/{task.id}")

    assert "เปิดเผยแล้ว" in page.main
    assert not page.offers(f"/evidence/{row.id}/publicity")


def test_many_pieces_are_shown_at_once_and_the_list_narrowed(clerk, plan, task):
    first, second, third = (make_evidence(task, title=f"ชิ้นที่ {number}") for number in range(3))
    where = f"/windows/{plan.id}/evidence"
    clerk.get(where)

    page = clerk.post(where, {"evidence": [str(first.id), str(second.id)], "public": "1"})

    assert page.alerts[0] == "เปิดเผยหลักฐานแล้ว 2 รายการ"
    assert "ชิ้นที่ 0" not in clerk.get(f"{where}?marked=not_public").main
    assert "ชิ้นที่ 2" in clerk.get(f"{where}?marked=not_public").main
    assert "ชิ้นที่ 2" not in clerk.get(f"{where}?marked=public").main
    assert third.public_key is None


@pytest.mark.parametrize("sent", [{}, {"evidence": "x"}, {"evidence": "9" * 30}, {"evidence": "๑"}])
def test_nothing_that_can_be_shown_is_said_to_be_nothing(clerk, plan, sent):
    where = f"/windows/{plan.id}/evidence"
    clerk.get(f"/windows/{plan.id}")

    assert "ไม่มีอะไรเปลี่ยน" in clerk.post(where, sent | {"public": "1"}).alerts[0]


def test_an_unknown_filter_is_no_page(clerk, plan):
    clerk.get(f"/windows/{plan.id}/evidence?marked=x", status=404)


def test_the_list_of_evidence_asks_the_same_number_of_times_however_long_it_is(clerk, plan, task):
    counts, where = [], f"/windows/{plan.id}/evidence"
    for size in (1, 12):
        for _ in range(size):
            make_evidence(task)
        with count_queries() as heard:
            clerk.get(where)
        counts.append(len(heard))

    # who is signed in with every appointment, the plan, how much there is, a page of it with files, tasks, measures and
    # divisions, unread notices and last tick
    assert counts == [5, 5]


def test_opening_is_kept_in_one_row_however_often(db, clerk, plan, task, open_):
    open_()
    clerk.post(f"/windows/{plan.id}/closing")
    open_()

    assert db.session.query(PublicWindow).count() == 1
