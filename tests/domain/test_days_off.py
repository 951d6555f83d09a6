from datetime import date, timedelta

import pytest

from tests.clocks import TODAY
from tracker.domain import days_off
from tracker.domain.days_off import FestivalOutside, SpanBackwards, SpanTooLong, TooFar, kept, read_kept, span

APRIL_16 = date(2026, 4, 16)


def test_one_day_is_a_span_of_one():
    assert span(APRIL_16, APRIL_16, today=TODAY) == [APRIL_16]


def test_both_ends_of_a_span_are_days_off():
    assert span(APRIL_16, date(2026, 4, 18), today=TODAY) == [APRIL_16, date(2026, 4, 17), date(2026, 4, 18)]


def test_the_longest_span_has_as_many_days_as_it_says():
    last = APRIL_16 + timedelta(days=days_off.LONGEST_SPAN - 1)

    assert len(span(APRIL_16, last, today=TODAY)) == days_off.LONGEST_SPAN
    with pytest.raises(SpanTooLong):
        span(APRIL_16, last + timedelta(days=1), today=TODAY)


def test_a_span_that_runs_backwards_is_refused():
    with pytest.raises(SpanBackwards):
        span(APRIL_16, APRIL_16 - timedelta(days=1), today=TODAY)


@pytest.mark.parametrize("day", [date(2023, 10, 1), date(2028, 9, 30)])
def test_two_fiscal_years_away_is_near_enough(day):
    assert span(day, day, today=TODAY) == [day]


@pytest.mark.parametrize("day", [date(2023, 9, 30), date(2028, 10, 1), date(2569, 4, 16)])
def test_what_is_farther_away_is_a_slip_of_the_year(day):
    with pytest.raises(TooFar, match="2567 to 2571"):
        span(day, day, today=TODAY)


def test_a_festival_stays_in_its_fiscal_year():
    days_off.check_festival(date(2026, 9, 30), fiscal_year=2569)
    with pytest.raises(FestivalOutside):
        days_off.check_festival(date(2026, 10, 1), fiscal_year=2569)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (kept("วันหยุด", APRIL_16), (APRIL_16, APRIL_16, "วันหยุด")),
        (kept("วันหยุด", APRIL_16, APRIL_16), (APRIL_16, APRIL_16, "วันหยุด")),
        (kept("ก · ข", APRIL_16, date(2026, 4, 17)), (APRIL_16, date(2026, 4, 17), "ก · ข")),
        ("", None),
        ("99/99 · x", None),
    ],
)
def test_the_record_gives_back_what_it_keeps(text, read):
    assert read_kept(text) == read
