import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING
from tests.factories import make_measure, make_person
from tests.factories_public import make_comment
from tracker.domain.feedback import BadSettlement, FeedbackState, HiddenReason, Settlement
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.extensions import prepare_connection
from tracker.models import Event, Feedback
from tracker.services import events, feedback, feedback_forms
from tracker.services.feedback import NotErasable, SettledSince

SHOW = Settlement(FeedbackState.SHOWN)
HIDE = Settlement(FeedbackState.HIDDEN, HiddenReason.INSULT)
ANSWER = Settlement(FeedbackState.SHOWN, answer="แก้ไขแล้ว", is_answer_shown=True)


@pytest.fixture
def clerk(db):
    return make_person(Role.CLERK)


@pytest.fixture
def settle(clerk):
    """Settle a comment as somebody who sees it as it stands, or stood."""

    def settle(row, settlement, *, basis=None):
        return feedback.settle(
            feedback=row,
            settlement=settlement,
            basis=row.version if basis is None else basis,
            by=clerk,
            now=MORNING,
        )

    return settle


@pytest.fixture
def told(db):
    """Say what the history holds of comments, oldest first."""

    def told():
        rows = select(Event).where(Event.kind.like("feedback%")).order_by(Event.seq)
        return [(event.kind, event.note) for event in db.session.scalars(rows)]

    return told


def take(measure, text="ดีมาก", receipt="r1"):
    return feedback.take(measure=measure, text=text, receipt=receipt, now=MORNING)


def test_what_a_citizen_writes_waits_for_a_moderator(db):
    row = take(make_measure())

    assert (row.state, row.text, row.answer, row.settled_by_id) == (FeedbackState.NEW, "ดีมาก", "", None)


def test_the_same_receipt_is_one_comment(db):
    measure = make_measure()
    first, second = take(measure), take(measure)

    assert first is second
    assert db.session.scalar(select(func.count()).select_from(Feedback)) == 1


def test_two_receipts_are_two_comments(db):
    measure = make_measure()

    assert take(measure) is not take(measure, receipt="r2")


def test_nothing_but_the_text_and_its_time_is_kept_of_a_citizen():
    columns = set(Feedback.__table__.columns.keys())

    assert columns == {
        "id", "organization_id", "measure_id", "sent_at", "receipt", "text", "state", "hidden_reason", "hidden_words",
        "answer", "is_answer_shown", "answered_at", "settled_by_id", "version",
    }  # fmt: skip


def test_showing_says_who_decided_in_the_row_and_in_the_history(settle, clerk, told):
    row = make_comment()

    assert settle(row, SHOW)
    assert (row.state, row.settled_by_id) == (FeedbackState.SHOWN, clerk.id)
    assert told() == [(EventKind.FEEDBACK_SHOWN, "")]


def test_hiding_keeps_the_reason(settle, told):
    row = make_comment()
    settle(row, Settlement(FeedbackState.HIDDEN, HiddenReason.OTHER, "ไม่เกี่ยวกับเทศบาล"))

    assert (row.hidden_reason, row.hidden_words) == (HiddenReason.OTHER, "ไม่เกี่ยวกับเทศบาล")
    assert told() == [(EventKind.FEEDBACK_HIDDEN, "ไม่เกี่ยวกับเทศบาล")]


def test_an_answer_has_its_moment(settle, told):
    row = make_comment()
    settle(row, ANSWER)

    assert (row.answer, row.is_answer_shown, row.answered_at) == ("แก้ไขแล้ว", True, MORNING)
    assert told() == [(EventKind.FEEDBACK_SHOWN, ""), (EventKind.FEEDBACK_ANSWERED, "แก้ไขแล้ว")]


def test_the_last_answer_counts_and_the_one_before_stays_in_the_history(settle, told):
    row = make_comment()
    settle(row, ANSWER)
    settle(row, Settlement(FeedbackState.SHOWN, answer="แก้ไขอีกครั้ง"))

    assert (row.answer, row.is_answer_shown) == ("แก้ไขอีกครั้ง", False)
    assert [note for kind, note in told() if kind == EventKind.FEEDBACK_ANSWERED] == ["แก้ไขแล้ว", "แก้ไขอีกครั้ง"]


def test_what_is_shown_can_be_taken_back(settle):
    row = make_comment(state=FeedbackState.SHOWN, answer="ขอบคุณ", is_answer_shown=True)
    settle(row, Settlement.of(FeedbackState.HIDDEN, HiddenReason.PERSONAL_DATA, "", "ขอบคุณ", is_answer_shown=True))

    assert (row.state, row.answer, row.is_answer_shown) == (FeedbackState.HIDDEN, "ขอบคุณ", False)


def test_settling_the_same_again_changes_nothing_and_is_not_told(settle, told):
    row = make_comment()
    settle(row, SHOW)

    assert not settle(row, SHOW, basis=0)
    assert (row.version, len(told())) == (1, 1)


def test_the_second_of_two_tabs_is_told(settle):
    row = make_comment()
    settle(row, SHOW, basis=0)

    with pytest.raises(SettledSince):
        settle(row, HIDE, basis=0)
    assert row.state == FeedbackState.SHOWN


def test_what_was_decided_is_not_undecided_again(settle):
    row = make_comment(state=FeedbackState.SHOWN)

    with pytest.raises(BadSettlement):
        settle(row, Settlement(FeedbackState.NEW, answer="ขอบคุณ"))


def test_an_answer_before_the_decision_leaves_it_open(settle):
    row = make_comment()
    settle(row, Settlement(FeedbackState.NEW, answer="กำลังตรวจสอบ"))

    assert (row.state, row.answer) == (FeedbackState.NEW, "กำลังตรวจสอบ")


def test_the_text_of_what_is_hidden_can_be_erased_and_leaves_a_trace(clerk, told):
    row = make_comment(state=FeedbackState.HIDDEN)
    feedback.erase(feedback=row, basis=row.version, by=clerk, now=MORNING)

    assert (row.text, row.is_erased, row.state) == ("", True, FeedbackState.HIDDEN)
    assert told() == [(EventKind.FEEDBACK_ERASED, "")]


def test_of_what_is_erased_nothing_is_left_to_show(clerk, settle):
    row = make_comment(state=FeedbackState.HIDDEN)
    feedback.erase(feedback=row, basis=row.version, by=clerk, now=MORNING)

    with pytest.raises(BadSettlement):
        settle(row, Settlement(FeedbackState.SHOWN))
    assert row.state == FeedbackState.HIDDEN


@pytest.mark.parametrize("state", [FeedbackState.NEW, FeedbackState.SHOWN])
def test_only_what_is_hidden_can_be_erased(clerk, state):
    row = make_comment(state=state)

    with pytest.raises(NotErasable):
        feedback.erase(feedback=row, basis=row.version, by=clerk, now=MORNING)
    assert row.text


def test_what_somebody_settled_meanwhile_is_not_erased(clerk):
    row = make_comment(state=FeedbackState.HIDDEN)

    with pytest.raises(SettledSince):
        feedback.erase(feedback=row, basis=row.version - 1, by=clerk, now=MORNING)


def test_erasing_twice_is_erasing_once(clerk, told):
    row = make_comment(state=FeedbackState.HIDDEN)
    for _ in range(2):
        feedback.erase(feedback=row, basis=1, by=clerk, now=MORNING)

    assert len(told()) == 1


def test_the_history_stays_whole(settle, clerk):
    row = make_comment()
    settle(row, ANSWER)
    settle(row, HIDE)
    feedback.erase(feedback=row, basis=row.version, by=clerk, now=MORNING)

    assert events.first_break(row.measure.plan) is None


def test_a_form_says_when_and_for_which_measure_it_was_made(db):
    made = feedback_forms.read(feedback_forms.token(measure_id=7, now=MORNING), measure_id=7)

    assert made.at == MORNING.replace(microsecond=0)


def test_the_form_of_one_measure_is_none_of_another(db):
    assert feedback_forms.read(feedback_forms.token(measure_id=7, now=MORNING), measure_id=8) is None


@pytest.mark.parametrize("token", ["", "x", "a.b.c", '[7,0,"x"]', "WzcsMCwieCJd.AAAA", "ก" * 50, "\ud800", "." * 5000])
def test_a_token_that_was_not_made_here_says_nothing(db, token):
    assert feedback_forms.read(token, measure_id=7) is None


def test_a_token_of_which_a_letter_was_changed_says_nothing(db):
    token = feedback_forms.token(measure_id=7, now=MORNING)

    assert feedback_forms.read(("B" if token[0] != "B" else "C") + token[1:], measure_id=7) is None


def test_no_two_forms_are_alike(db):
    assert feedback_forms.token(measure_id=7, now=MORNING) != feedback_forms.token(measure_id=7, now=MORNING)


def test_the_same_form_and_text_have_the_same_receipt_and_nothing_else_has(db):
    receipt = feedback_forms.receipt(measure_id=7, number="n", text="ดี")

    assert len(receipt) == 20
    assert receipt == feedback_forms.receipt(measure_id=7, number="n", text="ดี")
    others = [
        {"measure_id": 8, "number": "n", "text": "ดี"},
        {"measure_id": 7, "number": "m", "text": "ดี"},
        {"measure_id": 7, "number": "n", "text": "ดีมาก"},
    ]
    assert receipt not in {feedback_forms.receipt(**other) for other in others}


@pytest.mark.parametrize("usual", ["OFF", "FAST", "ON"])
def test_what_is_erased_is_gone_from_the_file_whatever_this_sqlite_usually_does(tmp_path, usual):
    with closing(sqlite3.connect(tmp_path / "some.db")) as connection:
        connection.execute(f"PRAGMA secure_delete={usual}")
        prepare_connection(connection, None)
        connection.execute("CREATE TABLE feedback (text)")
        connection.execute("INSERT INTO feedback VALUES (?)", ["secret" * 100])

        connection.execute("UPDATE feedback SET text = ''")

    assert b"secret" not in (tmp_path / "some.db").read_bytes()
