from datetime import date, timedelta

import pytest

from tests.clocks import TODAY
from tracker.domain.appointments import (
    CoverTooLong,
    DayHasPassed,
    EndsBeforeItStarts,
    LastAdministrator,
    Tenure,
    TooFarAhead,
    check_administered,
    check_cover,
    check_first_day,
)

DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
LONG_AGO, NEXT_MONTH = date(2024, 10, 1), date(2026, 3, 20)


@pytest.mark.parametrize(
    ("tenure", "is_in_force"),
    [
        (Tenure(TODAY), True),
        (Tenure(TOMORROW), False),
        (Tenure(LONG_AGO, TODAY), True),
        (Tenure(LONG_AGO, YESTERDAY), False),
        (Tenure(LONG_AGO, TODAY, is_cut_short=True), False),
        (Tenure(LONG_AGO, TOMORROW, is_cut_short=True), True),
        (Tenure(TODAY, TODAY, is_cut_short=True), False),
    ],
)
def test_an_appointment_holds_on_whole_days(tenure, is_in_force):
    assert tenure.is_in_force(TODAY) is is_in_force


@pytest.mark.parametrize(
    ("tenure", "is_over"),
    [
        (Tenure(LONG_AGO), False),
        (Tenure(NEXT_MONTH), False),
        (Tenure(LONG_AGO, TODAY), False),
        (Tenure(LONG_AGO, YESTERDAY), True),
        (Tenure(LONG_AGO, TODAY, is_cut_short=True), True),
        (Tenure(NEXT_MONTH, NEXT_MONTH, is_cut_short=True), True),
    ],
)
def test_what_gives_nothing_any_more_is_over(tenure, is_over):
    assert tenure.is_over(TODAY) is is_over


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Tenure(LONG_AGO), Tenure(NEXT_MONTH), True),
        (Tenure(LONG_AGO, TODAY), Tenure(TODAY), True),
        (Tenure(LONG_AGO, TODAY), Tenure(TOMORROW), False),
        (Tenure(LONG_AGO, TODAY, is_cut_short=True), Tenure(TODAY), False),
        (Tenure(TODAY, NEXT_MONTH), Tenure(TOMORROW, TOMORROW), True),
        (Tenure(NEXT_MONTH, NEXT_MONTH, is_cut_short=True), Tenure(LONG_AGO), False),
    ],
)
def test_two_appointments_overlap_if_they_share_a_day(one, other, overlap):
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap


@pytest.mark.parametrize(
    ("tenure", "day", "ended"),
    [
        (Tenure(LONG_AGO), TODAY, Tenure(LONG_AGO, TODAY, is_cut_short=True)),
        (Tenure(LONG_AGO), TOMORROW, Tenure(LONG_AGO, TODAY)),
        (Tenure(LONG_AGO), NEXT_MONTH, Tenure(LONG_AGO, NEXT_MONTH - DAY)),
        (Tenure(TODAY), TODAY, Tenure(TODAY, TODAY, is_cut_short=True)),
        (Tenure(TODAY), TOMORROW, Tenure(TODAY, TODAY)),
        (Tenure(TOMORROW), TODAY, Tenure(TOMORROW, TOMORROW, is_cut_short=True)),
        (Tenure(NEXT_MONTH), TOMORROW, Tenure(NEXT_MONTH, NEXT_MONTH, is_cut_short=True)),
        (Tenure(NEXT_MONTH), NEXT_MONTH, Tenure(NEXT_MONTH, NEXT_MONTH, is_cut_short=True)),
    ],
)
def test_whoever_is_succeeded_from_today_ends_at_once_else_the_day_before(tenure, day, ended):
    assert tenure.ended_before(day, today=TODAY) == ended
    assert not ended.is_in_force(day)
    assert ended.ends_on >= ended.starts_on


def test_nobody_is_appointed_from_a_day_that_has_passed():
    with pytest.raises(DayHasPassed):
        check_first_day(YESTERDAY, today=TODAY)


def test_today_and_a_year_ahead_can_be_named():
    check_first_day(TODAY, today=TODAY)
    check_first_day(date(2027, 2, 20), today=TODAY)


def test_a_slip_of_the_year_is_asked_about():
    with pytest.raises(TooFarAhead):
        check_first_day(date(2036, 2, 20), today=TODAY)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "refusal"),
    [
        (YESTERDAY, TOMORROW, DayHasPassed),
        (TOMORROW, TODAY, EndsBeforeItStarts),
        (TODAY, date(2027, 3, 20), CoverTooLong),
        (date(2028, 2, 20), date(2028, 2, 21), TooFarAhead),
    ],
)
def test_a_cover_whose_days_cannot_be_is_refused(starts_on, ends_on, refusal):
    with pytest.raises(refusal):
        check_cover(starts_on, ends_on, today=TODAY)


def test_a_cover_of_a_single_day_can_be():
    check_cover(TODAY, TODAY, today=TODAY)


@pytest.mark.parametrize(
    "tenures",
    [
        [Tenure(LONG_AGO)],
        [Tenure(TODAY)],
        [Tenure(LONG_AGO, TODAY), Tenure(TOMORROW)],
        [Tenure(TOMORROW), Tenure(LONG_AGO, NEXT_MONTH)],
        [Tenure(LONG_AGO, TODAY, is_cut_short=True), Tenure(TODAY)],
        [Tenure(LONG_AGO, NEXT_MONTH), Tenure(LONG_AGO)],
        [Tenure(NEXT_MONTH, NEXT_MONTH, is_cut_short=True), Tenure(TODAY)],
    ],
)
def test_an_organization_is_administered_if_no_day_lacks_somebody(tenures):
    check_administered(tenures, today=TODAY)


@pytest.mark.parametrize(
    "tenures",
    [
        [],
        [Tenure(TOMORROW)],
        [Tenure(LONG_AGO, NEXT_MONTH)],
        [Tenure(LONG_AGO, TODAY), Tenure(TOMORROW + DAY)],
        [Tenure(LONG_AGO, TODAY, is_cut_short=True), Tenure(TOMORROW)],
        [Tenure(LONG_AGO, TODAY), Tenure(TOMORROW, NEXT_MONTH)],
    ],
)
def test_a_gap_or_an_end_without_a_successor_is_refused(tenures):
    with pytest.raises(LastAdministrator):
        check_administered(tenures, today=TODAY)
