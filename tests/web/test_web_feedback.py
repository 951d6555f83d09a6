from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.factories import make_measure, make_plan
from tests.factories_public import make_comment, make_window
from tests.statements import count_queries
from tracker.domain.feedback import FeedbackState, HiddenReason
from tracker.extensions import db as database

HOSTILE = "<script>alert(1)</script> ${7*7} \u202e' OR 1=1 -- &amp; <img src=x onerror=alert(1)>"


@pytest.fixture
def comment(people):
    return make_comment(make_measure(8))


def send(visitor, row, *, status=302, basis=None, **chosen):
    """Open the page of a comment and settle it."""
    visitor.get(f"/feedback/{row.id}")
    return settle(visitor, row, status=status, basis=row.version if basis is None else basis, **chosen)


def settle(visitor, row, *, status=302, **chosen):
    return visitor.post(f"/feedback/{row.id}/settlement", {"answer_to": "everybody"} | chosen, status=status)


def links(page):
    return [link.get("href") for link in page.root.all("a") if link.get("href").startswith("/feedback/")]


def test_the_list_shows_what_is_new_first(visit, people):
    measure = make_measure(8)
    rows = [make_comment(measure, state=state) for state in (FeedbackState.NEW, FeedbackState.SHOWN)]

    page = visit(people.clerk).get("/feedback")

    assert [link for link in links(page) if "file" not in link] == [f"/feedback/{row.id}" for row in rows]
    assert "2 เรื่อง" in page.main


def test_the_list_is_narrowed_to_a_state_and_a_measure(visit, people, comment):
    other = make_comment(make_measure(8), state=FeedbackState.SHOWN)

    visitor = visit(people.clerk)

    assert f"/feedback/{comment.id}" not in links(visitor.get("/feedback?state=shown"))
    assert f"/feedback/{other.id}" not in links(visitor.get(f"/feedback?measure={comment.measure_id}"))
    assert "ไม่มีความคิดเห็นที่ตรงกับตัวกรอง" in visitor.get("/feedback?state=hidden").main


def test_an_odd_filter_is_none(visit, people, comment):
    assert links(visit(people.clerk).get("/feedback?state=x&measure=๑&page=-4"))


def test_an_empty_list_says_why_and_offers_nothing_to_narrow(visit, people):
    page = visit(people.clerk).get("/feedback")

    assert "ยังไม่มีผู้แสดงความคิดเห็น" in page.main
    assert not page.offers("/feedback")


def test_a_long_list_has_pages_and_takes_as_many_statements(visit, people):
    measure = make_measure(8)
    make_comment(measure)
    visitor = visit(people.clerk)
    with count_queries() as few:
        visitor.get("/feedback")
    for _ in range(40):
        make_comment(measure)
    with count_queries() as many:
        page = visitor.get("/feedback")

    assert len(many) == len(few)
    assert "หน้า 1 จาก 2" in page.main
    assert len(links(visitor.get("/feedback?page=2"))) == 12  # with the file


def test_a_comment_is_shown_with_its_answer(visit, people, comment):
    page = send(visit(people.clerk), comment, state="shown", answer="  แก้ไขแล้ว\r\nขอบคุณ ")

    assert (comment.state, comment.answer, comment.is_answer_shown) == (
        FeedbackState.SHOWN,
        "แก้ไขแล้ว\nขอบคุณ",
        True,
    )
    assert "บันทึกผลการพิจารณาแล้ว" in page.alerts[0]
    assert people.clerk.position.title in page.main


def test_an_answer_for_one_is_for_one(visit, people, comment):
    send(visit(people.executive), comment, state="shown", answer="ขอบคุณ", answer_to="one")

    assert (comment.answer, comment.is_answer_shown) == ("ขอบคุณ", False)


def test_a_comment_is_not_shown_for_a_reason(visit, people, comment):
    page = send(visit(people.clerk), comment, state="hidden", reason="personal_data", reason_words="มีชื่อคน")

    assert (comment.hidden_reason, comment.hidden_words) == (HiddenReason.PERSONAL_DATA, "มีชื่อคน")
    assert "ไม่แสดง เพราะมีข้อมูลส่วนบุคคล" in page.main


@pytest.mark.parametrize(
    ("chosen", "at"),
    [
        ({}, "state"),
        ({"state": "burnt"}, "state"),
        ({"state": "hidden"}, "reason"),
        ({"state": "hidden", "reason": "other", "answer": "คำตอบที่พิมพ์ไว้"}, "reason_words"),
        ({"state": "shown", "answer": "ก" * 2001}, "answer"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(visit, people, comment, chosen, at):
    page = send(visit(people.clerk), comment, status=422, **chosen)

    assert list(page.problems.values()) == [at]
    assert page.values(f"/feedback/{comment.id}/settlement")["answer"] == [chosen.get("answer", "")]
    assert comment.state == FeedbackState.NEW


def test_the_second_of_two_tabs_is_told_and_may_then_replace_it(visit, people, comment):
    first, second = visit(people.clerk), visit(people.executive)
    for visitor in (first, second):
        visitor.get(f"/feedback/{comment.id}")
    settle(first, comment, state="shown", answer="คำตอบแรก", basis=0)

    page = settle(second, comment, state="hidden", reason="insult", basis=0, status=422)
    assert "มีผู้พิจารณาความคิดเห็นนี้แล้ว" in page.alerts[0]
    assert "คำตอบแรก" in page.main
    assert comment.state == FeedbackState.SHOWN

    settle(second, comment, **{name: values[0] for name, values in _sent(page, comment).items()})
    assert comment.state == FeedbackState.HIDDEN


def _sent(page, row):
    return page.values(f"/feedback/{row.id}/settlement")


def test_a_mistake_does_not_get_past_what_somebody_settled_meanwhile(visit, people, comment):
    visitor = visit(people.clerk)
    visitor.get(f"/feedback/{comment.id}")
    send(visit(people.executive), comment, state="shown")

    page = settle(visitor, comment, state="hidden", basis=0, status=422)
    assert list(page.problems.values()) == ["reason"]
    settle(visitor, comment, state="hidden", reason="insult", basis=_sent(page, comment)["basis"][0], status=422)
    assert comment.state == FeedbackState.SHOWN


def test_personal_data_is_pointed_at(visit, people):
    row = make_comment(make_measure(8), text="เจ้าหน้าที่ นายสมชาย ใจดี โทร 081-234-5678")

    page = visit(people.clerk).get(f"/feedback/{row.id}")

    assert "นายสมชาย ใจดี" in page.main
    assert "081-234-5678" in page.main
    assert "อาจมีข้อมูลส่วนบุคคล" in page.main


def test_where_there_is_none_nothing_is_said_of_it(visit, people, comment):
    assert "ข้อมูลส่วนบุคคล โปรดตรวจ" not in visit(people.clerk).get(f"/feedback/{comment.id}").main


def test_hostile_words_are_words(visit, people):
    row = make_comment(make_measure(8), text=HOSTILE)

    visitor = visit(people.clerk)

    for page in (visitor.get("/feedback"), visitor.get(f"/feedback/{row.id}")):
        assert "<script>alert" not in page.html
        assert "<script>alert(1)</script> ${7*7}" in page.text


def test_erasing_asks_first_and_leaves_a_trace(visit, people):
    row = make_comment(make_measure(8), text="ชื่อของผู้อื่น", state=FeedbackState.HIDDEN)
    visitor = visit(people.clerk)
    visitor.get(f"/feedback/{row.id}")

    asked = visitor.post(f"/feedback/{row.id}/erasure", {"basis": row.version}, status=200)
    assert "นำกลับมาไม่ได้" in asked.main
    assert row.text == "ชื่อของผู้อื่น"

    page = visitor.post(f"/feedback/{row.id}/erasure", asked.values(f"/feedback/{row.id}/erasure") | {"confirmed": "1"})
    assert row.text == ""
    assert "เคยมีความคิดเห็นที่นี่" in page.main
    assert not page.offers(f"/feedback/{row.id}/erasure")


def test_before_the_text_is_erased_nobody_is_offered_to_change_what_they_did_not_type(visit, people):
    row = make_comment(make_measure(8), state=FeedbackState.HIDDEN)
    visitor = visit(people.clerk)
    visitor.get(f"/feedback/{row.id}")

    asked = visitor.post(f"/feedback/{row.id}/erasure", {"basis": row.version}, status=200)

    assert [button.text for button in asked.root.all("main")[0].all("button")] == ["ลบข้อความถาวร"]


def test_what_is_shown_cannot_be_erased(visit, people):
    row = make_comment(make_measure(8), state=FeedbackState.SHOWN)
    visitor = visit(people.clerk)
    page = visitor.get(f"/feedback/{row.id}")
    assert not page.offers(f"/feedback/{row.id}/erasure")

    page = visitor.post(f"/feedback/{row.id}/erasure", {"basis": row.version, "confirmed": "1"}, status=422)
    assert "ลบข้อความได้เฉพาะความคิดเห็นที่ไม่แสดง" in page.alerts[0]


def test_a_head_reads_what_is_said_of_the_own_divisions_measures_and_changes_nothing(visit, people):
    own = make_comment(make_measure(8, divisions=[people.member.position.division]))
    others = make_comment(make_measure(8, divisions=[people.neighbour.position.division]))
    visitor = visit(people.member)

    assert [link for link in links(visitor.get("/feedback")) if "file" not in link] == [f"/feedback/{own.id}"]
    assert not visitor.get(f"/feedback/{own.id}").offers(f"/feedback/{own.id}/settlement")
    visitor.get(f"/feedback/{others.id}", status=404)
    visitor.get(f"/feedback?measure={others.measure_id}")
    assert others.measure.title not in visitor.page.main


def test_the_menu_has_an_entry_once_citizens_may_write_and_counts_what_is_new(visit, people, comment):
    make_comment(comment.measure, state=FeedbackState.SHOWN)

    assert visit(people.clerk).get("/").links["ความคิดเห็น 1"] == "/feedback"
    assert visit(people.member).get("/").links["ความคิดเห็น"] == "/feedback"
    assert "/feedback" not in visit(people.administrator).get("/").links.values()


@pytest.mark.parametrize(("takes", "is_there"), [(True, True), (False, False)])
def test_the_menu_has_no_entry_while_nobody_may_write(visit, people, takes, is_there):
    make_window(make_plan(), takes_feedback=takes)

    assert ("/feedback" in visit(people.clerk).get("/").links.values()) is is_there


def test_the_list_as_a_file_has_what_the_list_has(visit, people, comment):
    make_comment(comment.measure, text="=cmd|' /C calc'!A0", state=FeedbackState.SHOWN, answer="ขอบคุณ")
    make_comment(comment.measure, state=FeedbackState.HIDDEN)

    answer = visit(people.clerk).get("/feedback/file.xlsx?state=shown").response
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))

    (row,) = [row for row in rows if row[4] == "=cmd|' /C calc'!A0"]
    assert row[5] == "แสดงแล้ว"
    assert row[7] == "ขอบคุณ"
    assert row[9] == "ผู้เขียนเท่านั้น"
    assert "ไม่แสดง" not in {row[5] for row in rows}


def test_the_page_of_indicator_8_says_how_many_wrote_and_were_answered(visit, people, comment):
    make_comment(comment.measure, state=FeedbackState.SHOWN, answer="ขอบคุณ")
    visitor = visit(people.clerk)

    assert "ได้รับ 2 เรื่อง ตอบแล้ว 1 เรื่อง รอตรวจ 1 เรื่อง" in visitor.get("/indicators/8").main
    assert "ความคิดเห็นจากประชาชนต่อแผนนี้" not in visitor.get("/indicators/7").main


def test_nobody_of_another_organization_finds_it(visit, people, comment):
    visitor = visit(people.stranger)

    assert links(visitor.get("/feedback")) == []
    visitor.get(f"/feedback/{comment.id}", status=404)
    visitor.post(f"/feedback/{comment.id}/settlement", {"state": "shown", "basis": "0"}, status=404)
    database.session.refresh(comment)
    assert comment.state == FeedbackState.NEW


def test_the_page_of_a_measure_leads_to_what_citizens_said_of_it(visit, people, comment):
    page = visit(people.clerk).get(f"/measures/{comment.measure_id}")

    assert "ได้รับ 1 เรื่อง ตอบแล้ว 0 เรื่อง รอตรวจ 1 เรื่อง" in page.main
    assert page.links["อ่านความคิดเห็น"] == f"/feedback?measure={comment.measure_id}"


def test_a_measure_on_which_nobody_wrote_says_nothing_of_it(visit, people, comment):
    assert "ประชาชน" not in visit(people.clerk).get(f"/measures/{make_measure(8).id}").main


def test_a_head_is_led_to_the_comments_on_measures_of_the_own_division_alone(visit, people, comment):
    comment.measure.divisions = [people.member.position.division]

    assert "อ่านความคิดเห็น" in visit(people.member).get(f"/measures/{comment.measure_id}").links
    assert "อ่านความคิดเห็น" not in visit(people.neighbour).get(f"/measures/{comment.measure_id}").links
