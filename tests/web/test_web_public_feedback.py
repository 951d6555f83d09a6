from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from tests.factories import make_measure, make_plan
from tests.factories_public import make_comment, make_window
from tests.pages import Visitor
from tracker.domain.feedback import FeedbackState, HiddenReason
from tracker.extensions import db as database
from tracker.models import Feedback
from tracker.services import feedback_forms

HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"
RECEIPT = "/public/feedback/"


@pytest.fixture
def measure(db):
    return make_measure(8)


@pytest.fixture
def window(measure):
    return make_window(measure.plan, takes_feedback=True)


@pytest.fixture
def citizen(visit, window):
    """Somebody at a browser before an open window, whom nobody knows."""
    return visit()


def form_of(measure):
    plan = measure.plan
    return f"/public/{plan.organization.public_name}/{plan.fiscal_year}/measures/{measure.id}/feedback"


def write(visitor, clock, measure, text, *, status=303, seconds=20, **more):
    """Open the form, take so long over it, and send it."""
    visitor.get(form_of(measure))
    clock.advance(seconds=seconds)
    return visitor.post(form_of(measure), {"text": text} | more, status=status)


def kept():
    return list(database.session.scalars(select(Feedback).order_by(Feedback.id)))


def test_what_is_written_leads_to_its_receipt_and_waits(citizen, clock, measure):
    page = write(citizen, clock, measure, "อยากให้รายงานทุกเดือน 🙏🏽")

    (row,) = kept()
    assert (row.text, row.state, row.measure_id) == ("อยากให้รายงานทุกเดือน 🙏🏽", FeedbackState.NEW, measure.id)
    assert page.h1 == "ใบรับความคิดเห็น"
    assert "รอตรวจ" in page.main
    assert f"{RECEIPT}{row.receipt[:5]}-" in page.main


def test_the_form_says_what_not_to_write_and_what_happens_next(citizen, measure):
    page = citizen.get(form_of(measure))

    assert "โปรดอย่าเขียนชื่อ" in page.main
    assert "เมื่อส่งแล้วจะเกิดอะไรขึ้น" in page.main
    assert "ไม่บันทึกหมายเลข IP" in page.main
    assert [field.get("name") for field in page.root.all("textarea")] == ["text"]


def test_nobody_is_given_a_cookie_and_no_cache_keeps_a_form_or_a_receipt(citizen, clock, measure):
    pages = [
        citizen.get(form_of(measure)),
        write(citizen, clock, measure, "ดี"),
        citizen.get("/public/feedback/x", status=404),
    ]
    clock.advance(seconds=20)
    pages.append(citizen.post(form_of(measure), {"text": ""}, status=422) if citizen.get(form_of(measure)) else None)

    for page in pages:
        assert "Set-Cookie" not in page.response.headers
        assert page.response.headers["Cache-Control"] == "no-store"


def test_whoever_is_signed_in_elsewhere_is_a_citizen_here(visit, window, people, clock, measure):
    page = write(visit(people.clerk), clock, measure, "จากเจ้าหน้าที่")

    assert people.clerk.user.name not in page.html
    assert kept()[0].settled_by_id is None


def test_sent_twice_it_is_there_once_with_the_same_receipt(citizen, clock, measure):
    citizen.get(form_of(measure))
    clock.advance(seconds=20)
    sent = {"text": "กดสองครั้ง", "csrf_token": citizen.page.token}
    first, second = (
        citizen.get(form_of(measure), status=303, method="POST", data=sent).response.location for _ in range(2)
    )

    assert first == second
    assert len(kept()) == 1


def test_going_back_and_writing_something_else_is_another_comment(citizen, clock, measure):
    citizen.get(form_of(measure))
    clock.advance(seconds=20)
    token = citizen.page.token
    for text in ("อย่างแรก", "อย่างที่สอง"):
        citizen.get(form_of(measure), status=303, method="POST", data={"text": text, "csrf_token": token})

    assert [row.text for row in kept()] == ["อย่างแรก", "อย่างที่สอง"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "โปรดเขียนสิ่งที่ต้องการบอก"),
        (" \u200b\n", "โปรดเขียนสิ่งที่ต้องการบอก"),
        ("ก" * 1001, "ขณะนี้มี 1,001 ตัวอักษร"),
        ("http://a.example http://b.example", "ใส่ที่อยู่เว็บได้ไม่เกิน 1 แห่ง"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_the_reason(citizen, clock, measure, text, said):
    page = write(citizen, clock, measure, text, status=422)

    assert [said in problem for problem in page.problems] == [True]
    assert list(page.problems.values()) == ["text"]
    assert page.values(form_of(measure))["text"] == [text]
    assert kept() == []


def test_after_a_refusal_the_same_page_can_be_sent(citizen, clock, measure):
    write(citizen, clock, measure, "", status=422)
    clock.advance(seconds=20)

    citizen.post(form_of(measure), {"text": "คราวนี้มีข้อความ"}, status=303)
    assert len(kept()) == 1


@pytest.mark.parametrize(("seconds", "said"), [(1, "ส่งเร็วเกินไป"), (13 * 60 * 60, "เปิดแบบฟอร์มนี้ไว้นานเกินไป")])
def test_too_fast_or_too_late_keeps_the_text_for_a_second_try(citizen, clock, measure, seconds, said):
    page = write(citizen, clock, measure, "ข้อความที่ตั้งใจเขียน", status=422, seconds=seconds)

    assert said in page.alerts[0]
    assert page.values(form_of(measure))["text"] == ["ข้อความที่ตั้งใจเขียน"]
    assert kept() == []


@pytest.mark.parametrize("token", ["", "forged", "WzEsMCwieCJd.AAAA", "ก" * 20])
def test_a_forged_token_keeps_nothing_but_the_text_in_the_field(citizen, clock, measure, token):
    page = write(citizen, clock, measure, "จากหน้าอื่น", status=422, csrf_token=token)

    assert "ยืนยันแบบฟอร์มนี้ไม่ได้" in page.alerts[0]
    assert page.values(form_of(measure))["text"] == ["จากหน้าอื่น"]
    assert kept() == []


def test_a_token_for_another_measure_is_no_token(citizen, clock, measure):
    other = feedback_forms.token(measure_id=make_measure(8).id, now=clock.moment)

    write(citizen, clock, measure, "สลับแบบฟอร์ม", status=422, csrf_token=other)
    assert kept() == []


def test_a_form_without_any_field_is_answered_as_well(citizen, measure):
    citizen.get(form_of(measure), status=422, method="POST", data={})
    citizen.get(form_of(measure), status=422, method="POST", data=b"\xff\xfe", content_type="text/plain")


def test_what_fills_in_the_field_that_nobody_sees_is_a_program(citizen, clock, measure):
    write(citizen, clock, measure, "ซื้อเลย", status=422, website="http://spam.example")

    assert kept() == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "'\"><img src=x onerror=alert(1)>",
        "${7*7} #{7*7} <%= 7*7 %>",
        "</textarea></p></main><h1>ปลอม</h1>",
        "javascript:alert(1)",
        "ก\u0e49\u0e49\u0e49\u0e49\u0e49\u0e49\u0e49 \u202eกลับหลัง",
        "'; DROP TABLE feedback; --",
    ],
)
def test_hostile_words_are_words_for_everybody(citizen, clock, measure, text):
    page = write(citizen, clock, measure, text)
    assert "<script>alert" not in page.html
    assert "<img src=x" not in page.html
    (row,) = kept()
    row.state = FeedbackState.SHOWN
    database.session.flush()

    plan = measure.plan
    page = citizen.get(f"/public/{plan.organization.public_name}/{plan.fiscal_year}/measures/{measure.id}")
    assert row.text.split()[0] in page.main
    assert len(page.root.all("h1")) == 1
    assert "<script>alert" not in page.html


@pytest.mark.parametrize("change", [{"published_at": None, "published_by_id": None}, {"takes_feedback": False}])
def test_while_the_window_is_closed_or_takes_no_words_there_is_nothing(citizen, clock, measure, window, change):
    page = write(citizen, clock, measure, "ก่อนปิด")
    token = citizen.get(form_of(measure)).token
    for name, value in change.items():
        setattr(window, name, value)
    clock.advance(seconds=20)

    citizen.get(form_of(measure), status=404)
    citizen.get(form_of(measure), status=404, method="POST", data={"text": "หลังปิด", "csrf_token": token})
    citizen.get(urlsplit(page.response.request.path).path, status=404)
    assert [row.text for row in kept()] == ["ก่อนปิด"]


def test_there_is_no_form_for_what_is_not_in_the_open_plan(citizen, measure):
    other = make_measure(8, plan=make_plan(2570))
    name = measure.plan.organization.public_name

    for address in (
        form_of(other),
        f"/public/{name}/2569/measures/{other.id}/feedback",
        f"/public/{name}/2569/measures/987654321/feedback",
        f"/public/nobody/2569/measures/{measure.id}/feedback",
        f"/public/{name}/9999999999/measures/{measure.id}/feedback",
    ):
        citizen.get(address, status=404)


def test_a_receipt_says_what_became_of_it(citizen, measure):
    row = make_comment(measure, state=FeedbackState.HIDDEN, answer="โปรดติดต่อศูนย์ดำรงธรรม")
    row.hidden_reason, row.hidden_words = HiddenReason.OTHER, "อยู่นอกอำนาจของเทศบาล"

    page = citizen.get(RECEIPT + row.receipt)
    assert "ไม่แสดง เพราะเหตุผลอื่น: อยู่นอกอำนาจของเทศบาล" in page.main
    assert "โปรดติดต่อศูนย์ดำรงธรรม" in page.main
    assert "ผู้ถือเลขรับนี้เท่านั้นที่อ่านได้" in page.main


def test_a_receipt_of_what_is_shown_says_so(citizen, measure):
    row = make_comment(measure, state=FeedbackState.SHOWN, answer="ขอบคุณ", is_answer_shown=True)

    page = citizen.get(RECEIPT + row.receipt)
    assert "แสดงแล้วใต้มาตรการ" in page.main
    assert "ทุกคนอ่านได้" in page.main


def test_a_receipt_never_says_who_settled_it(citizen, measure, people):
    row = make_comment(measure, state=FeedbackState.SHOWN)
    row.settled_by_id = people.clerk.id

    page = citizen.get(RECEIPT + row.receipt)
    assert people.clerk.user.name not in page.html
    assert people.clerk.position.title not in page.html


def test_the_receipt_of_an_erased_text_stays(citizen, measure):
    row = make_comment(measure, state=FeedbackState.HIDDEN, text="")

    assert "ข้อความถูกลบแล้ว" in citizen.get(RECEIPT + row.receipt).main


def test_a_receipt_is_read_however_it_is_typed(citizen, clock, measure):
    write(citizen, clock, measure, "ดี")
    (row,) = kept()
    groups = " ".join(row.receipt[start : start + 5] for start in range(0, 20, 5))

    for typed in (row.receipt, row.receipt.upper(), groups.replace(" ", "-"), groups.replace(" ", "%20")):
        assert citizen.get(RECEIPT + typed).status == 200


@pytest.mark.parametrize("receipt", ["x", "0" * 20, "a" * 5000, "%00", "ก", "..%2f"])
def test_a_receipt_that_was_never_given_finds_nothing(citizen, receipt):
    citizen.get(RECEIPT + receipt, status=404)


def test_the_public_page_shows_what_was_chosen_and_the_way_to_the_form(citizen, measure):
    make_comment(measure, text="ข้อความใหม่")
    make_comment(measure, text="ข้อความซ่อน", state=FeedbackState.HIDDEN)
    make_comment(measure, text="ข้อความแสดง", state=FeedbackState.SHOWN, answer="คำตอบลับ")
    make_comment(measure, text="อีกข้อความ", state=FeedbackState.SHOWN, answer="คำตอบเปิด", is_answer_shown=True)
    plan = measure.plan

    for address in (
        f"/public/{plan.organization.public_name}/{plan.fiscal_year}",
        form_of(measure)[: -len("/feedback")],
    ):
        page = citizen.get(address)
        assert "อีกข้อความ" in page.main
        assert "คำตอบเปิด" in page.main
        assert "2 เรื่อง" in page.main
        assert form_of(measure) in page.links.values()
        for hidden in ("ข้อความใหม่", "ข้อความซ่อน", "คำตอบลับ"):
            assert hidden not in page.html


def test_the_public_page_has_neither_words_nor_form_while_it_takes_none(visit, measure):
    make_window(measure.plan)
    make_comment(measure, text="ข้อความแสดง", state=FeedbackState.SHOWN)
    plan = measure.plan

    page = visit().get(f"/public/{plan.organization.public_name}/{plan.fiscal_year}")
    assert "ข้อความแสดง" not in page.html
    assert form_of(measure) not in page.links.values()


def test_the_public_page_is_sent_anew_once_a_comment_is_shown(citizen, visit, people, measure):
    row, plan = make_comment(measure), measure.plan
    address = f"/public/{plan.organization.public_name}/{plan.fiscal_year}"
    mark = citizen.get(address).response.headers["ETag"]
    assert citizen.get(address, status=304, headers={"If-None-Match": mark})

    clerk = visit(people.clerk)
    clerk.get(f"/feedback/{row.id}")
    clerk.post(f"/feedback/{row.id}/settlement", {"state": "shown", "basis": "0"})
    page = citizen.get(address, headers={"If-None-Match": mark})
    assert row.text in page.main


def test_the_form_speaks_english_where_its_address_says_so(citizen, clock, measure):
    citizen.get(form_of(measure) + "?lang=en")
    assert citizen.page.h1 == "Say something about this measure"
    clock.advance(seconds=20)

    page = citizen.post(form_of(measure) + "?lang=en", {"text": "well done"}, status=303)
    assert page.h1 == "Receipt for your comment"


@pytest.fixture
def town(make_app, clock):
    """An application that throttles, with an open window, and the form of a measure in it."""
    app = make_app({"RATELIMIT_ENABLED": True})
    with app.app_context():
        measure = make_measure(8)
        make_window(measure.plan, takes_feedback=True)
        database.session.commit()
        yield app, measure


def send(app, clock, measure, text, address=HERE):
    """Send a comment from a network address and return the page."""
    visitor, place = Visitor(app), {"REMOTE_ADDR": address}
    token = feedback_forms.token(measure_id=measure.id, now=clock.moment)
    clock.advance(seconds=4)
    data = {"text": text, "csrf_token": token}
    return visitor.get(form_of(measure), status=None, method="POST", data=data, environ_base=place)


def test_an_address_is_held_up_after_ten_comments_and_another_one_is_not(town, clock):
    app, measure = town
    assert {send(app, clock, measure, f"เรื่องที่ {number}").status for number in range(10)} == {303}

    page = send(app, clock, measure, "เรื่องที่สิบเอ็ด")
    assert page.status == 429
    assert "Set-Cookie" not in page.response.headers
    assert page.values(form_of(measure))["text"] == ["เรื่องที่สิบเอ็ด"]
    assert send(app, clock, measure, "จากบ้านอื่น", address=ELSEWHERE).status == 303


def test_what_is_not_taken_does_not_count(town, clock):
    app, measure = town
    assert {send(app, clock, measure, "").status for _ in range(12)} == {422}

    assert send(app, clock, measure, "คราวนี้มีข้อความ").status == 303


def test_an_organization_takes_a_hundred_an_hour_from_all_addresses_together(town, clock):
    app, measure = town
    answers = [send(app, clock, measure, f"เรื่องที่ {n}", address=f"10.1.{n}.1").status for n in range(101)]

    assert answers == [303] * 100 + [429]
    assert database.session.scalar(select(func.count()).select_from(Feedback)) == 100


def test_no_address_of_the_network_is_anywhere_in_the_database(town, clock):
    app, measure = town
    send(app, clock, measure, "ใครส่งก็ไม่รู้", address="203.0.113.77")

    for table in database.metadata.sorted_tables:
        for row in database.session.execute(select(table)):
            assert "203.0.113.77" not in str(row)


def test_forms_that_were_not_taken_have_an_end_as_well(town, clock):
    app, measure = town
    client = app.test_client()

    answers = [client.post(form_of(measure), data={"text": "x"}).status_code for _ in range(1201)]

    assert answers == [422] * 1200 + [429]


def test_a_line_with_a_network_of_its_own_counts_as_one_visitor(town, clock):
    app, measure = town
    sent = [send(app, clock, measure, f"เรื่องที่ {n}", address=f"2001:db8:1:2::{n:x}").status for n in range(1, 12)]
    elsewhere = send(app, clock, measure, "เรื่องอื่น", address="2001:db8:1:3::1").status

    assert [*sent, elsewhere] == [303] * 10 + [429, 303]


def test_a_form_larger_than_anybody_writes_is_not_read(town):
    app, measure = town

    answer = app.test_client().post(form_of(measure), data={"text": "ก" * 100_000})

    assert answer.status_code == 413
    assert "Set-Cookie" not in answer.headers


def test_what_divisions_have_done_comes_before_what_is_said_of_it(citizen, measure):
    make_comment(measure, state=FeedbackState.SHOWN, text="ดีมาก")

    page = citizen.get(form_of(measure).removesuffix("/feedback")).main

    assert page.index("แต่ละส่วนราชการทำอะไรไปแล้ว") < page.index("ดีมาก")


def test_what_is_said_is_turned_page_by_page_in_the_language_of_the_page(citizen, measure):
    for number in range(21):
        make_comment(measure, state=FeedbackState.SHOWN, text=f"word {number}")
    address = form_of(measure).removesuffix("/feedback")

    first = citizen.get(f"{address}?lang=en")
    second = citizen.get(first.links["Older"].partition("#")[0])

    assert "word 20" in first.main
    assert "word 0" not in first.main.replace("word 20", "")
    assert "page 2 of 2" in second.main
    assert "word 0" in second.main
    assert first.response.headers["ETag"] != second.response.headers["ETag"]
    assert second.links["Newer"] == f"{address}?lang=en&page=1#comments-{measure.id}"


def test_whose_comment_is_not_shown_is_not_told_to_wait_for_an_answer(citizen, measure):
    waiting, hidden = make_comment(measure), make_comment(measure, state=FeedbackState.HIDDEN)

    assert "ยังไม่มีคำตอบ" in citizen.get(f"{RECEIPT}{waiting.receipt}").main
    assert "คำตอบ" not in citizen.get(f"{RECEIPT}{hidden.receipt}").main
