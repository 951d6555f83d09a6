from datetime import timedelta

import pytest

from tests.clocks import MORNING
from tracker.domain.feedback import (
    LONGEST,
    LONGEST_ANSWER,
    LONGEST_OPEN,
    QUICKEST,
    BadSettlement,
    FeedbackState,
    HiddenReason,
    NotTaken,
    Settlement,
    check_age,
    read_word,
)

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  ดีมาก  ", "ดีมาก"),
        ("บรรทัดแรก\r\nบรรทัดสอง\rสาม", "บรรทัดแรก\nบรรทัดสอง\nสาม"),
        ("ก\n\n\n\n\nข", "ก\n\nข"),
        ("ก\tข \n ค", "ก ข\n ค"),
        ("ก\0ข\x07ค\x1b[31m", "กขค[31m"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("\ufeffสวัสดี\u2066\u2069", "สวัสดี"),
        ("ก\u2060\u00ad\u180eข\U000e0041\U000e0042", "กข"),  # what only programs would read
        (FAMILY, FAMILY),
        ("👍🏽 ดี", "👍🏽 ดี"),
        ("น้ำ\u200bไหล", "น้ำ\u200bไหล"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # words like any: pages escape them
        ("'; DROP TABLE feedback; --", "'; DROP TABLE feedback; --"),
        ("ก" + "\u0e49" * 50 + "ข", "ก" + "\u0e49" * 4 + "ข"),
        ("Z" + "\u0300\u0489" * 40, "Z" + "\u0300\u0489" * 2),
        ("cafe\u0301", "café"),
    ],
)
def test_a_word_is_kept_as_it_was_meant(written, kept):
    assert read_word(written) == kept


@pytest.mark.parametrize(
    "written", ["", "   ", "\n\t\r\n", "\u200b\u200b", "\0\x01", "\u202e\u202c", "\ufeff", "\u0301", "\u3164\u2800"]
)
def test_nothing_is_no_word(written):
    with pytest.raises(NotTaken, match="Write what"):
        read_word(written)


def test_a_thousand_characters_are_taken_and_one_more_is_not():
    assert len(read_word("ก" * LONGEST)) == LONGEST
    with pytest.raises(NotTaken, match="at most 1,000 characters; these are 1,001"):
        read_word("ก" * (LONGEST + 1))


def test_line_ends_count_as_one_character():
    assert len(read_word("ก\r\n" * 499 + "กข")) == LONGEST


@pytest.mark.parametrize(
    "written",
    [
        "ดูที่ https://example.go.th/a?b=c",
        "ดูที่ www.example.go.th",
        "ดูที่ example.com/x",
        "ส่งมาที่ a@example.com และ https://example.org",  # a mail address is none to open
        "ข้อ 1.2 และ 3.4 ของ พ.ร.บ. ฉบับที่ 2.",
    ],
)
def test_one_web_address_is_taken(written):
    assert read_word(written) == written


@pytest.mark.parametrize(
    "written",
    [
        "http://a.example http://b.example",
        "www.a.example และ WWW.b.example",
        "bit.ly/abc กับ example.com",
        "https://a.example,https://b.example x.xyz",
    ],
)
def test_a_text_of_several_web_addresses_is_not_taken(written):
    with pytest.raises(NotTaken, match="one web address"):
        read_word(written)


@pytest.mark.parametrize("age", [QUICKEST, timedelta(minutes=5), LONGEST_OPEN])
def test_a_form_is_taken_in_the_time_that_people_need(age):
    check_age(MORNING, now=MORNING + age)


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=2), "very quick"),
        (timedelta(seconds=-60), "very quick"),
        (LONGEST_OPEN + timedelta(seconds=1), "too long"),
    ],
)
def test_a_form_that_was_sent_at_once_or_very_late_is_not_taken(age, said):
    with pytest.raises(NotTaken, match=said):
        check_age(MORNING, now=MORNING + age)


@pytest.mark.parametrize(
    ("chosen", "at"),
    [
        ({"state": FeedbackState.NEW}, "state"),
        ({"state": FeedbackState.HIDDEN}, "reason"),
        ({"state": FeedbackState.HIDDEN, "reason": HiddenReason.OTHER}, "reason_words"),
        ({"state": FeedbackState.SHOWN, "answer": "ก" * (LONGEST_ANSWER + 1)}, "answer"),
    ],
)
def test_what_is_missing_is_said_at_its_field(chosen, at):
    with pytest.raises(BadSettlement) as refused:
        Settlement(**chosen)

    assert refused.value.at == at


def test_an_answer_alone_leaves_open_whether_the_word_is_shown():
    assert Settlement(FeedbackState.NEW, answer="ขอบคุณ").state == FeedbackState.NEW


def test_what_is_shown_has_no_reason_not_to_be():
    settled = Settlement.of(FeedbackState.SHOWN, HiddenReason.INSULT, "ไม่สุภาพ", "ขอบคุณ", is_answer_shown=True)

    assert settled == Settlement(FeedbackState.SHOWN, answer="ขอบคุณ", is_answer_shown=True)


@pytest.mark.parametrize("state", [FeedbackState.HIDDEN, FeedbackState.NEW])
def test_the_answer_to_what_is_not_shown_is_not_shown(state):
    settled = Settlement.of(state, HiddenReason.INSULT, "", "ขอบคุณ", is_answer_shown=True)

    assert not settled.is_answer_shown


def test_without_an_answer_none_is_shown():
    assert not Settlement.of(FeedbackState.SHOWN, None, "", "", is_answer_shown=True).is_answer_shown
