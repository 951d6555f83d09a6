from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import slopes

SCORES = st.decimals(0, 100, places=2)


def decimals(*values):
    return [Decimal(value) for value in values]


def by_year(**scores):
    return {int(name[1:]): Decimal(score) for name, score in scores.items()}


@pytest.mark.parametrize(
    ("scores", "scale"),
    [
        (["90.75", "98"], (90, 100)),
        (["90"], (90, 100)),
        (["89.97", "100"], (85, 100)),
        (["100", "100.00"], (95, 100)),
        (["0", "50"], (0, 100)),
        (["3"], (0, 100)),
        (["98", "100.5"], (95, 105)),
        (["-2"], (-5, 100)),
        ([], (95, 100)),
    ],
)
def test_a_scale_reaches_from_a_whole_step_below_the_lowest_to_the_full_score(scores, scale):
    assert slopes.axis(decimals(*scores)) == scale


@pytest.mark.parametrize(("lowest", "at_zero"), [("4.99", True), ("5", False)])
def test_a_scale_says_whether_it_starts_at_zero(lowest, at_zero):
    assert slopes.axis(decimals(lowest)).starts_at_zero is at_zero


@given(scores=st.lists(SCORES, min_size=1))
def test_every_point_lies_within_the_picture_and_the_higher_score_higher(scores):
    axis = slopes.axis(scores)
    heights = [axis.height(score) for score in sorted(scores)]

    assert heights == sorted(heights, reverse=True)
    assert all(slopes.TOP <= height <= slopes.BOTTOM for height in heights)


def line(scores, years=(2567, 2568, 2569)):
    return slopes.line(scores, years=years, on=slopes.Axis(90, 100))


def test_years_lie_as_far_apart_as_they_are_in_time():
    assert [point.x for point in line(by_year(y2567="90", y2568="91", y2569="92")).points] == [
        slopes.LEFT,
        (slopes.LEFT + slopes.RIGHT) / 2,
        slopes.RIGHT,
    ]


def test_a_year_without_a_score_leaves_a_gap():
    drawn = line(by_year(y2566="90", y2567="91", y2569="92"), years=range(2566, 2570))

    assert [point.year for point in drawn.points] == [2566, 2567, 2569]
    assert [(part.start.year, part.end.year) for part in drawn.stretches] == [(2566, 2567)]


@pytest.mark.parametrize(
    ("before", "after", "falls"), [("95", "94.99", True), ("95", "95", False), ("95", "96", False)]
)
def test_a_stretch_falls_where_the_later_score_is_lower(before, after, falls):
    (part,) = line({2567: Decimal(before), 2568: Decimal(after)}).stretches

    assert part.falls is falls


def test_a_single_year_stands_in_the_middle():
    assert slopes.place(2568, [2568]) == (slopes.LEFT + slopes.RIGHT) / 2


def test_the_widest_number_left_and_right_stays_within_the_picture():
    """100.00 has six characters, each about half as wide as its size of 16.5, and stands 7 off its point."""
    start, end = line(by_year(y2567="100", y2568="100"), years=(2567, 2568)).points

    assert start.x - 7 - 6 * 16.5 / 2 >= 0
    assert end.x + 7 + 6 * 16.5 / 2 <= slopes.WIDTH


def test_the_first_and_the_last_year_are_named():
    assert slopes.ends(range(2562, 2569)) == [(2562, slopes.LEFT), (2568, slopes.RIGHT)]
