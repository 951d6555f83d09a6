from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendar import first_day, last_day
from tracker.domain.curves import Share, curve, days_of, past_days
from tracker.domain.figures import Cell, Figures, Named
from tracker.domain.progress import Progress

OCTOBER, JANUARY, FEBRUARY = date(2025, 10, 31), date(2026, 1, 31), date(2026, 2, 28)
TODAY = date(2026, 2, 20)
DIVISION = Named(1, "กองคลัง")


def figures(*due, day=TODAY, weight=1):
    """A task of this weight on each of these days."""
    cells = (
        Cell(1, 1, DIVISION, on, Progress(not_started=1, weight=weight, due_weight=weight * (on <= day))) for on in due
    )
    return Figures(day, tuple(cells))


def drawn(*due, done=None, **more):
    return curve(figures(*due, **more), fiscal_year=2569, done=done or {})


def planned(found):
    return {point.day: point.planned.percent for point in found.points}


def test_the_points_are_the_ends_of_the_fiscal_years_months_and_the_day_in_view():
    days = days_of(2569, day=TODAY)

    assert len(days) == 13
    assert (days[0], days[-1]) == (OCTOBER, date(2026, 9, 30))
    assert days[4:6] == (TODAY, FEBRUARY)


@pytest.mark.parametrize("day", [FEBRUARY, date(2025, 9, 30), date(2026, 10, 1)])
def test_a_day_that_ends_a_month_or_lies_in_another_year_is_no_point_of_its_own(day):
    assert len(days_of(2569, day=day)) == 12


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2025, 9, 30), 0), (date(2025, 10, 1), 1), (TODAY, 5), (FEBRUARY, 5), (date(2030, 1, 1), 12)],
)
def test_only_days_that_have_come_are_past(day, count):
    days = past_days(2569, day=day)

    assert len(days) == count
    assert all(one <= day for one in days)


def test_planned_is_what_is_due_by_then_of_all_there_is():
    found = planned(drawn(OCTOBER, date(2026, 2, 20), FEBRUARY, date(2026, 9, 30)))

    assert (found[OCTOBER], found[JANUARY], found[TODAY], found[FEBRUARY]) == (25, 25, 50, 75)
    assert found[date(2026, 9, 30)] == 100


def test_what_was_moved_before_the_year_is_due_at_once_and_what_was_moved_behind_it_never():
    found = planned(drawn(date(2025, 9, 1), FEBRUARY, date(2026, 12, 31), date(2026, 12, 31)))

    assert found[OCTOBER] == 25
    assert found[date(2026, 9, 30)] == 50


def test_on_the_day_in_view_planned_is_what_every_page_calls_expected():
    these = figures(OCTOBER, TODAY, FEBRUARY)

    found = planned(curve(these, fiscal_year=2569, done={}))

    assert found[TODAY] == these.total.expected_percent == 67


def test_actual_is_what_was_done_of_what_there_was_and_nothing_ahead():
    found = drawn(FEBRUARY, done={OCTOBER: Share(0, 2), TODAY: Share(1, 3)})

    assert [(point.day, point.actual.percent) for point in found.reached] == [(OCTOBER, 0), (TODAY, 33)]
    assert all(point.actual is None for point in found.points if point.day > TODAY)


def test_before_there_was_anything_to_do_there_is_no_actual():
    found = drawn(FEBRUARY, done={OCTOBER: Share(0, 0), TODAY: Share(1, 3)})

    assert [point.day for point in found.reached] == [TODAY]


@pytest.mark.parametrize(
    ("done", "is_drawn"),
    [({}, False), ({TODAY: Share(1, 2)}, False), ({JANUARY: Share(0, 2), TODAY: Share(1, 2)}, True)],
)
def test_fewer_than_two_points_are_no_line(done, is_drawn):
    assert drawn(FEBRUARY, done=done).is_drawn is is_drawn


@pytest.mark.parametrize(("done", "gap"), [(Share(1, 4), -25), (Share(2, 4), 0), (Share(3, 4), 25)])
def test_the_gap_is_between_the_percentages_that_are_shown(done, gap):
    found = drawn(OCTOBER, FEBRUARY, done={TODAY: done})

    assert found.reached[-1].gap == gap
    assert found.points[-1].gap is None


def test_a_plan_without_tasks_has_no_percentages():
    found = drawn()

    assert set(planned(found).values()) == {None}
    assert not found.is_drawn


DAYS = st.dates(first_day(2569), last_day(2569))


@given(due=st.lists(DAYS, min_size=1, max_size=20), day=DAYS)
def test_planned_never_falls_and_ends_with_everything(due, day):
    shares = [point.planned for point in drawn(*due, day=day, weight=3).points]

    assert [share.part for share in shares] == sorted(share.part for share in shares)
    assert shares[-1].percent == 100


@given(day=st.dates(first_day(2569) - timedelta(days=400), last_day(2569) + timedelta(days=400)))
def test_no_more_days_are_asked_about_than_a_statement_has_room_for(day):
    days = past_days(2569, day=day)

    assert len(days) <= 13
    assert list(days) == sorted(set(days))
