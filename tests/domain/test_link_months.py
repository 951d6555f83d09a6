from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest

from tests.clocks import BANGKOK
from tracker.domain.calendar import Calendar, start_of
from tracker.domain.link_histories import Look
from tracker.domain.link_months import Course, Outcome, bounds, is_ready, month_of, slot_of, speaks_of_checking
from tracker.domain.links import Cause, Verdict

FEBRUARY = date(2026, 2, 1)  # ends on a Saturday
LAST_FRIDAY = date(2026, 2, 27)


def ready(day, hour, *, due_on=date(2026, 2, 28), holidays=()):
    at = datetime.combine(day, time(hour), BANGKOK)
    return is_ready(month=FEBRUARY, due_on=due_on, calendar=Calendar(frozenset(holidays)), at=at)


@pytest.mark.parametrize(
    ("day", "hour", "is_due"),
    [
        (date(2026, 2, 26), 23, False),
        (LAST_FRIDAY, 14, False),
        (LAST_FRIDAY, 15, True),
        (date(2026, 2, 28), 0, True),
        (date(2026, 6, 1), 9, True),
    ],
)
def test_the_report_is_ready_on_the_afternoon_of_the_last_working_day_and_ever_after(day, hour, is_due):
    assert ready(day, hour) is is_due


def test_a_day_off_at_the_end_makes_it_ready_a_day_earlier():
    assert ready(date(2026, 2, 26), 15, holidays=[LAST_FRIDAY])


def test_a_task_that_is_due_earlier_gets_it_earlier():
    assert ready(date(2026, 2, 5), 15, due_on=date(2026, 2, 5))
    assert not ready(date(2026, 2, 4), 23, due_on=date(2026, 2, 5))


def test_a_task_whose_deadline_was_moved_beyond_the_month_gets_it_at_the_months_end():
    assert ready(LAST_FRIDAY, 15, due_on=date(2026, 3, 20))


@pytest.mark.parametrize(("slot", "month"), [("month:2026-02", FEBRUARY), ("round:1", None), ("date:2026-02-28", None)])
def test_only_monthly_slots_have_a_month(slot, month):
    assert month_of(slot) == month


def test_a_day_is_in_the_slot_of_its_month():
    assert slot_of(date(2026, 2, 20)) == "month:2026-02"


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (date(2026, 2, 20), date(2026, 2, 20)),
        (date(2026, 3, 1), date(2026, 3, 1)),
        (date(2026, 7, 1), date(2026, 3, 1)),
    ],
)
def test_a_report_speaks_until_now_or_until_the_month_is_over(now, until):
    assert bounds(FEBRUARY, now=start_of(now)) == (start_of(FEBRUARY), start_of(until))


def test_december_ends_where_january_begins():
    assert bounds(date(2025, 12, 1), now=start_of(date(2026, 2, 1)))[1] == start_of(date(2026, 1, 1))


SINCE = start_of(FEBRUARY)


def course(*verdicts, first=1, until=11):
    """Return the course of daily looks from a day of the month on (0: the day before it)."""
    seen = [Look(SINCE + timedelta(days=first + n - 1), verdict, Cause.GONE) for n, verdict in enumerate(verdicts)]
    return Course.of(seen, since=SINCE, until=SINCE + timedelta(days=until - 1))


def test_looks_before_the_month_are_not_counted_but_still_hold():
    day_before, third_day = (Look(SINCE + timedelta(days=n), v) for n, v in ((-1, Verdict.BROKEN), (2, Verdict.OK)))

    seen = Course.of([day_before, third_day], since=SINCE, until=SINCE + timedelta(days=4))

    assert (seen.looks, seen.share) == (1, Fraction(1, 2))


def test_a_month_without_a_look_says_nothing():
    assert course(Verdict.OK, first=-3) == Course()


def test_one_failed_look_is_a_caution_and_two_apart_are_broken():
    assert course(Verdict.OK, Verdict.BROKEN).standing.verdict == Verdict.CAUTION
    broken = course(Verdict.OK, Verdict.BROKEN, Verdict.BROKEN).standing
    assert (broken.verdict, broken.failing_since) == (Verdict.BROKEN, SINCE + timedelta(days=1))


def test_the_share_is_of_the_time_since_somebody_looked():
    assert course(*[Verdict.OK] * 5, *[Verdict.BROKEN] * 5).share == Fraction(1, 2)


def outcome(*verdicts):
    return Outcome.of([course(one, one) if one != Verdict.UNCHECKED else Course() for one in verdicts])


@pytest.mark.parametrize(
    ("verdicts", "has_fault"),
    [
        ((Verdict.OK, Verdict.OK), False),
        ((Verdict.OK, Verdict.CAUTION), False),
        ((Verdict.OK, Verdict.BROKEN), True),
        ((Verdict.OK, Verdict.UNCHECKED), True),
        ((Verdict.UNCHECKED,), True),
        ((), False),
    ],
)
def test_what_is_broken_or_was_not_looked_at_keeps_the_months_work_open(verdicts, has_fault):
    assert outcome(*verdicts).has_fault is has_fault


@pytest.mark.parametrize("verdicts", [(), (Verdict.UNCHECKED,)])
def test_without_a_look_nothing_was_checked(verdicts):
    assert not outcome(*verdicts).is_check


def test_an_address_that_failed_the_last_time_is_not_in_order_though_a_second_look_is_to_come():
    found = Outcome.of([course(Verdict.OK, Verdict.OK), course(Verdict.OK, Verdict.BROKEN)])

    assert (found.caution, found.in_doubt, found.has_fault) == (1, 1, True)


def test_addresses_are_counted_by_how_they_stand():
    found = outcome(Verdict.OK, Verdict.CAUTION, Verdict.BROKEN, Verdict.UNCHECKED)

    assert (found.total, found.ok, found.caution, found.broken, found.unchecked) == (4, 1, 1, 1, 1)
    assert found.looks == 6


@pytest.mark.parametrize(
    "words",
    [
        "ลองเปิดลิงก์ ทุกเดือน และ แก้ไขลิงก์ที่เสีย",
        "ตรวจสอบลิงค์บนเว็บ ไซต์เป็นประจำทุก เดือน",
        "ทดสอบ URL ที่เผยแพร่เดือนละ ๑ ครั้ง",
        "มอบหมายเจ้าหน้าที่ตรวจสอบความถูกต้องของเว็บไซต์ทุกๆ เดือน",
    ],
)
def test_words_that_promise_to_check_links_every_month_are_known(words):
    assert speaks_of_checking([words])


@pytest.mark.parametrize(
    "words",
    [
        "ปรับปรุงเว็บไซต์ทุกเดือน",
        "ตรวจสอบลิงก์บนเว็บไซต์",
        "ตรวจสอบพัสดุทุกเดือน",
        "",
    ],
)
def test_other_words_are_not(words):
    assert not speaks_of_checking([words])


def test_a_monthly_time_frame_needs_no_word_for_it():
    assert speaks_of_checking(["ตรวจสอบลิงก์บนเว็บไซต์"], is_monthly=True)
