import io

import pytest
from sqlalchemy import select

from tests import papers
from tests.factories import make_evidence, make_person, make_task, storage
from tests.statements import count_queries
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Task
from tracker.services import events
from tracker.web import evidence as views

LINK = "https://www.example.go.th/ita/ประกาศ"


def send(visitor, task, content, name="รายงาน.pdf", *, field="file", status=302):
    return visitor.post(f"/tasks/{task.id}/evidence", {field: (io.BytesIO(content), name)}, status=status)


def test_before_the_button_the_page_says_what_it_takes_and_how_much(member):
    page = member.page
    field = next(field for field in page.root.all("input") if field.get("id") == "file-new")
    hint = next(e for e in page.root.descendants if e.get("id") == field.get("aria-describedby"))

    assert hint.text == "PDF, Word (.docx), Excel (.xlsx), JPG, PNG, HEIC ขนาดไม่เกิน 20 MB ครั้งละหนึ่งไฟล์"
    assert {".pdf", ".docx", ".xlsx", ".jpg", ".png", ".heic"} <= set(field.get("accept").split(","))


def test_a_phone_is_offered_its_camera(member):
    camera = next(field for field in member.page.root.all("input") if field.get("name") == "photo")

    assert (camera.get("accept"), camera.get("capture")) == ("image/*", "environment")


def test_a_link_leads_away_without_a_trace_and_is_never_fetched(member, task):
    page = member.post(f"/tasks/{task.id}/evidence", {"url": LINK, "title": "ประกาศแผน"})

    link = next(a for a in page.root.all("a") if a.text == "ประกาศแผน")
    assert (link.get("href"), link.get("rel")) == (LINK, "noopener noreferrer")


def test_a_link_that_is_none_is_refused_and_what_was_typed_stays(member, task, rows):
    typed = {"url": "javascript:alert(1)", "title": "ประกาศแผน"}

    page = member.post(f"/tasks/{task.id}/evidence", typed, status=422)

    assert "http://" in page.alerts[0]
    fields = {
        field.get("name"): field.get("value") for field in page.root.all("input") if field.get("id").endswith("new")
    }
    assert typed.items() <= fields.items()
    assert 'href="javascript' not in page.html
    assert rows() == []


def test_each_piece_says_what_it_is_how_large_who_added_it_and_when(member, task, people):
    send(member, task, papers.pdf(objects=" " * 1_500_000), "รายงาน.pdf")

    piece = next(e for e in member.page.root.all("li") if e.get("id").startswith("evidence-")).text

    assert "PDF · 1.4 MB" in piece
    assert people.member.position.title in piece
    assert "20 กุมภาพันธ์ 2569 09:00" in piece


def test_a_new_version_takes_the_place_of_the_old_which_can_still_be_opened(member, task, rows):
    send(member, task, papers.pdf(), "ฉบับแรก.pdf")
    old = rows()[0]

    page = member.post(f"/evidence/{old.id}/versions", {"file": (io.BytesIO(papers.docx()), "ฉบับหลัง.docx")})

    assert "ฉบับที่ 2" in page.main
    assert page.links["ฉบับแรก.pdf"] == f"/evidence/{old.id}/file"
    assert member.get(f"/evidence/{old.id}/file").response.data == papers.pdf()
    assert not page.offers(f"/evidence/{old.id}/withdrawal")


def test_what_is_withdrawn_stays_in_the_list_with_its_reason(member, task, told):
    row = make_evidence(task)

    page = member.post(f"/evidence/{row.id}/withdrawal", {"note": "แนบผิดงาน"})

    assert "ถอนแล้ว" in page.main
    assert "แนบผิดงาน" in page.main
    assert not page.offers(f"/evidence/{row.id}/versions")
    assert told(task)[-1] == (EventKind.EVIDENCE_WITHDRAWN, "ภาพกิจกรรม.jpg – แนบผิดงาน")
    member.get(f"/evidence/{row.id}/file")


@pytest.mark.parametrize("note", ["", "   ", "ก" * 2001], ids=["none", "blanks", "too long"])
def test_withdrawing_without_a_fitting_reason_keeps_what_was_typed(member, task, note, rows):
    row = make_evidence(task)

    page = member.post(f"/evidence/{row.id}/withdrawal", {"note": note}, status=422)

    assert len(page.alerts) == 1
    assert page.values(f"/evidence/{row.id}/withdrawal")["note"] == [note]
    assert rows()[0].withdrawn_at is None


def test_two_tabs_that_replace_the_same_file_do_not_both_win(member, task):
    old = make_evidence(task)
    make_evidence(task, replaces=old)

    page = member.post(f"/evidence/{old.id}/versions", {"file": (io.BytesIO(papers.pdf()), "a.pdf")}, status=422)

    assert "โปรดดูรายการล่าสุด" in page.alerts[0]


def test_a_second_click_attaches_nothing_twice(member, task, rows):
    send(member, task, papers.pdf())

    page = send(member, task, papers.pdf(), status=422)

    assert "แนบไว้กับงานแล้ว" in page.alerts[0]
    assert len(rows()) == 1


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE])
def test_on_a_task_that_is_not_open_nothing_is_offered_nor_taken(visit, people, status):
    task = make_task(status=status)
    row = make_evidence(task)
    visitor = visit(people.member)

    page = visitor.get(f"/tasks/{task.id}")

    for action in (f"/tasks/{task.id}/evidence", f"/evidence/{row.id}/versions", f"/evidence/{row.id}/withdrawal"):
        assert not page.offers(action)
    before = len(list(storage().all_files()))
    assert "ปิดรับการรายงานแล้ว" in send(visitor, task, papers.pdf(), status=422).alerts[0]
    assert len(list(storage().all_files())) == before


def test_an_earlier_file_of_the_division_is_used_with_one_button(member, task, people, rows):
    earlier = make_evidence(make_task(), title="คำสั่ง.jpg")
    make_evidence(make_task(), title="ภาพ.jpg")

    page = member.get(f"/tasks/{task.id}/evidence/earlier?q=คำสั่ง")
    assert "คำสั่ง.jpg" in page.main
    assert "ภาพ.jpg" not in page.main
    page = member.post(f"/tasks/{task.id}/evidence/earlier", {"evidence": str(earlier.id)})

    assert "คำสั่ง.jpg" in page.main
    assert rows()[0].file_id == earlier.file_id


def test_without_an_earlier_file_the_page_says_how_one_comes(member, task):
    page = member.get(f"/tasks/{task.id}/evidence/earlier")

    assert "ส่วนราชการของท่านยังไม่มีไฟล์อื่น" in page.main


@pytest.mark.parametrize("chosen", ["", "x", "0", "-1", "9" * 30])
def test_an_earlier_file_that_cannot_be_is_asked_for_again(member, task, chosen):
    member.post(f"/tasks/{task.id}/evidence/earlier", {"evidence": chosen}, status=422)


def test_the_clerk_asks_for_evidence_and_the_division_is_told_so(visit, people, measure, move, db):
    task = db.session.scalars(select(Task).where(Task.division_id == people.member.position.division_id)).first()
    clerk = visit(people.clerk)
    form = clerk.get(f"/measures/{measure.id}/edit").values(f"/measures/{measure.id}")
    clerk.post(f"/measures/{measure.id}", form | {"needs_evidence": "y", "confirmed": "1"})
    visitor = visit(people.member)

    assert "ต้องแนบหลักฐานก่อนส่งผล" in visitor.get(f"/tasks/{task.id}").main
    assert "โปรดแนบไฟล์หรือลิงก์ก่อน" in move(visitor, task, "submit", status=422, note="เสร็จแล้ว").alerts[0]
    assert "เสร็จแล้ว" in visitor.page.html
    visitor.post(f"/tasks/{task.id}/evidence", {"url": LINK})
    move(visitor, task, "submit")
    assert task.status == Status.SUBMITTED


def test_the_history_stays_whole_through_everything(member, task, rows):
    send(member, task, papers.pdf())
    row = rows()[0]
    member.post(f"/evidence/{row.id}/versions", {"file": (io.BytesIO(papers.jpg()), "a.jpg")})
    member.post(f"/evidence/{rows()[1].id}/withdrawal", {"note": "ผิด"})

    assert events.first_break(task.plan) is None


def test_a_person_with_two_divisions_acts_in_the_right_position(visit, people, task, rows):
    officer = make_person(Role.OFFICER, division=task.division)
    visitor = visit(officer)
    visitor.get(f"/tasks/{task.id}")

    send(visitor, task, papers.pdf())

    assert rows()[0].added_by_id == officer.id


def test_the_page_of_a_task_asks_as_little_with_much_evidence_as_with_one_piece(visit, people, task):
    visitor = visit(people.clerk)
    counts = []
    for _ in range(2):
        for _ in range(5):
            make_evidence(task)
        with count_queries() as heard:
            visitor.get(f"/tasks/{task.id}")
        counts.append(len(heard))

    assert counts[0] == counts[1]


def test_nobody_waits_for_the_database_while_a_file_is_looked_at(member, task, rows, monkeypatch):
    look, was_open = views.taken_in, []

    def watched(*arguments, **options):
        was_open.append(db.session().in_transaction())
        return look(*arguments, **options)

    monkeypatch.setattr(views, "taken_in", watched)
    send(member, task, papers.pdf())

    assert was_open == [False]
    assert len(rows()) == 1


def test_earlier_files_of_a_closed_task_lead_back_to_it(visit, people):
    task = make_task(status=Status.DONE)

    answer = visit(people.member).get(f"/tasks/{task.id}/evidence/earlier", status=302).response

    assert answer.location == f"/tasks/{task.id}#evidence"


def test_what_stands_comes_before_what_was_withdrawn(visit, people, task):
    make_evidence(task, title="ใช้ได้.jpg")
    make_evidence(task, title="ถอนแล้ว.jpg", is_withdrawn=True)

    page = visit(people.member).get(f"/tasks/{task.id}")

    pieces = [e for e in page.root.all("li") if e.get("id").startswith("evidence-")]
    assert [e.get("class") for e in pieces] == ["", "withdrawn"]


UNSAVED = {"basis": "0", "result": "พิมพ์ไว้", "budget": "สองพัน"}


def test_a_report_that_was_typed_and_not_saved_stays_on_the_page_when_something_is_attached(member, task, rows):
    report = f"/tasks/{task.id}/report"
    link = {"attach": "link", "url": LINK, "title": ""}

    page = member.post(f"/tasks/{task.id}/evidence", UNSAVED | link, status=200)

    assert {name: page.values(report)[name] for name in UNSAVED} == {name: [typed] for name, typed in UNSAVED.items()}
    assert "ยังไม่ได้บันทึก" in page.main
    assert [row.url for row in rows()] == [LINK]


def test_it_stays_when_the_file_is_refused_too(member, task):
    file = {"attach": "file", "url": "", "file": (io.BytesIO(b"x"), "a.pdf")}

    page = member.post(f"/tasks/{task.id}/evidence", UNSAVED | file, status=422)

    assert page.values(f"/tasks/{task.id}/report")["result"] == ["พิมพ์ไว้"]
    assert [*page.problems.values()] == ["file-new"]


def test_the_button_says_whether_the_file_or_the_link_is_meant(member, task, rows):
    both = {"attach": "file", "url": LINK, "file": (io.BytesIO(papers.pdf()), "a.pdf")}

    member.post(f"/tasks/{task.id}/evidence", both)

    assert [row.title for row in rows()] == ["a.pdf"]


def test_the_enter_key_in_the_field_of_a_link_attaches_it_and_hands_nothing_in(member, task, rows):
    page = member.get(f"/tasks/{task.id}")
    buttons = [
        b
        for b in page.root.all("button")
        if b.get("form") == "report-form" or (b.within("form") or b).get("id") == "report-form"
    ]
    assert buttons[0].get("name") == "enter"

    member.post(f"/tasks/{task.id}/report", UNSAVED | {"enter": "1", "url": LINK}, status=200)

    assert [row.url for row in rows()] == [LINK]
    assert task.status == Status.NOT_STARTED
