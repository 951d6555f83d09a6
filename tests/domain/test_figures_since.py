from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.figures import Cell, Change, Figures, Named
from tracker.domain.progress import Progress

THEN, NOW = date(2026, 1, 31), date(2026, 2, 20)
DIVISION = Named(1, "กองคลัง")


def some(done, of, indicator=1):
    """Return a cell of so many tasks, so many of them done."""
    progress = Progress(done=done, not_started=of - done, done_weight=done, weight=of)
    return Cell(indicator, indicator, DIVISION, NOW, progress)


def changes(before, after):
    return Figures(NOW, tuple(after)).change_since(Figures(THEN, tuple(before)))


def test_a_plan_comes_on_by_percentage_points_and_tasks_done():
    found = changes([some(1, 4)], [some(3, 4)])

    assert (found.since, found.total.points, found.total.done) == (THEN, 50, 2)


def test_a_plan_goes_back_where_tasks_are_opened_again():
    found = changes([some(3, 4)], [some(1, 4)])

    assert (found.total.points, found.total.done) == (-50, -2)


def test_more_to_do_lowers_completion_though_more_is_done():
    found = changes([some(1, 2)], [some(2, 10)])

    assert (found.total.points, found.total.done) == (-30, 1)


def test_the_points_are_the_difference_of_the_percentages_that_the_pages_show():
    found = changes([some(1, 1000)], [some(999, 1000)])

    assert found.total.points == 99 - 1


def test_each_indicator_has_a_change_of_its_own():
    found = changes([some(0, 2, 1), some(2, 2, 9)], [some(1, 2, 1), some(2, 2, 9)])

    assert {number: change.points for number, change in found.indicators.items()} == {1: 50, 9: 0}


def test_an_indicator_that_had_nothing_to_do_has_no_points_but_tasks():
    found = changes([some(0, 2, 1)], [some(0, 2, 1), some(1, 2, 9)])

    assert (found.indicators[9].points, found.indicators[9].done) == (None, 1)


@pytest.mark.parametrize(("before", "after"), [([], [some(1, 2)]), ([some(1, 2)], []), ([], [])])
def test_a_day_with_nothing_to_do_leaves_no_points_to_tell(before, after):
    assert changes(before, after).total.points is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 10)), min_size=1))
def test_the_tasks_done_since_add_up_over_the_indicators(done):
    before = [some(0, of, number) for number, (_, of) in enumerate(done)]
    after = [some(min(more, of), of, number) for number, (more, of) in enumerate(done)]

    found = changes(before, after)

    assert sum(change.done for change in found.indicators.values()) == found.total.done


def test_nothing_changes_from_a_day_to_itself():
    same = Progress(done=1, not_started=2, done_weight=1, weight=3)

    assert (Change(same, same).points, Change(same, same).done) == (0, 0)
