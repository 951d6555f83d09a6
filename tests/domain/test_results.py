from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.figures import Cell, Figures, Named
from tracker.domain.indicators import Instrument
from tracker.domain.progress import Progress
from tracker.domain.results import (
    OVERALL,
    Cycle,
    History,
    Outcome,
    Result,
    Taken,
    Tally,
    change,
    key_of,
    outcome,
)
from tracker.domain.scores import Level

SCORES = st.decimals(0, 100, places=3)
IN_2569, AFTER_2569 = date(2026, 9, 30), date(2026, 10, 1)


def points(text):
    return Decimal(text) if text else None


def result(year, *, level="", **scores):
    """Make a year's result: `overall`, an instrument, or an indicator as `n6`."""
    keys = {name: key_of(int(name[1:])) if name[0] == "n" else name for name in scores}
    return Result(year, {keys[name]: Decimal(value) for name, value in scores.items()}, level)


def history(*results):
    return History({one.year: one for one in results})


def cycle(*results, today=AFTER_2569, progress=None, measures=None):
    cells = (Cell(6, 1, Named(1, "กองคลัง"), IN_2569, progress),) if progress else ()
    return Cycle(2569, history(*results), Figures(min(today, IN_2569), cells), today, measures or {})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("90", "90.01", Outcome.IMPROVED),
        ("90.00", "89.99", Outcome.DECLINED),
        ("90", "90.00", Outcome.UNCHANGED),
        ("100", "100.00", Outcome.KEPT_FULL),
        ("99.99", "100", Outcome.IMPROVED),
        ("100", "99.99", Outcome.DECLINED),
        ("0", "0", Outcome.UNCHANGED),
        ("97.015", "97.02", Outcome.UNCHANGED),
        ("", "90", Outcome.NO_SCORE),
        ("90", "", Outcome.NO_SCORE),
        ("", "", Outcome.NO_SCORE),
    ],
)
def test_what_became_of_a_score_is_told_from_what_is_shown_of_it(before, after, expected):
    assert outcome(points(before), points(after)) == expected


@given(before=SCORES, after=SCORES)
def test_a_score_that_rose_one_way_fell_the_other(before, after):
    opposite = {Outcome.IMPROVED: Outcome.DECLINED, Outcome.DECLINED: Outcome.IMPROVED}
    there, back = outcome(before, after), outcome(after, before)

    assert back == opposite.get(there, there)
    assert change(before, after) == -change(after, before)


def test_a_difference_is_that_of_the_scores_as_they_are_shown():
    assert change(Decimal("97.015"), Decimal("97.025")) == Decimal("0.01")
    assert change(Decimal("98.34"), None) is None


FULL = dict.fromkeys(Instrument, "96")


def test_a_level_that_was_not_printed_follows_from_the_scores():
    assert result(2568, overall="96", **FULL).derived_level == Level.EXCELLENT
    assert result(2568, overall="96", **(FULL | {"OIT": "92.5"})).derived_level == Level.GOOD


@pytest.mark.parametrize("missing", ["overall", "OIT"])
def test_no_level_is_made_up_where_a_score_that_decides_it_is_missing(missing):
    scores = {name: score for name, score in ({"overall": "96"} | FULL).items() if name != missing}

    assert result(2568, **scores).derived_level is None


def test_a_year_without_a_result_stands_between_the_others():
    known = history(result(2566, overall="90"), result(2568, overall="95"))

    assert known.years == (2566, 2567, 2568)
    assert known.score(OVERALL, 2567) is None
    assert known.change(OVERALL, 2568) is None
    assert known.compared is None


def test_before_any_result_there_is_no_year():
    assert history().years == ()
    assert history().compared is None


def test_the_last_two_years_that_follow_each_other_are_compared():
    known = history(*(result(year, overall="90") for year in (2564, 2565, 2567, 2568, 2570)))

    assert known.compared == 2568


def test_a_line_of_scores_leaves_out_the_years_that_lack_it():
    known = history(result(2568, n6="98"), result(2567, n6="97"), result(2569, n7="1"))

    assert known.scores(key_of(6)) == {2567: Decimal(97), 2568: Decimal(98)}


def test_indicators_are_counted_by_what_became_of_them():
    before = result(2567, overall="1", n1="90", n2="90", n3="100", n4="90", n5="90", n6="90")
    after = result(2568, overall="2", n1="91", n2="89", n3="100", n4="90", n5="95", n7="90")

    assert history(before, after).tally(2568) == Tally(improved=2, declined=1, same=2)


@pytest.mark.parametrize(("today", "expected"), [(IN_2569, Outcome.TOO_EARLY), (AFTER_2569, Outcome.NOT_IMPORTED)])
def test_without_the_result_of_its_year_a_plan_is_too_early_to_judge_only_while_the_year_runs(today, expected):
    followed = cycle(result(2568, n6="90"), today=today).followed(key_of(6))

    assert (followed.outcome, followed.after, followed.change) == (expected, None, None)


def test_a_result_of_a_year_after_the_next_is_not_taken_for_that_of_the_plan():
    followed = cycle(result(2568, n6="90"), result(2570, n6="99")).followed(key_of(6))

    assert followed.outcome == Outcome.NOT_IMPORTED


def test_a_result_that_is_known_before_the_year_ends_counts_at_once():
    followed = cycle(result(2568, n6="90"), result(2569, n6="91"), today=date(2026, 8, 15)).followed(key_of(6))

    assert followed.outcome == Outcome.IMPROVED


def test_a_score_that_one_of_two_results_lacks_cannot_be_compared():
    followed = cycle(result(2568, n6="90"), result(2569, n7="91")).followed(key_of(6))

    assert followed.outcome == Outcome.NO_SCORE


BOTH = (result(2568, overall="90", n6="90", n7="90"), result(2569, overall="91", n6="91", n7="91"))


def test_a_score_stands_beside_the_measures_and_progress_of_its_own_indicator():
    measure = Taken(7, "มาตรการ")
    plan = cycle(*BOTH, progress=Progress(done=3, weight=4, done_weight=3), measures={6: [measure]})

    six, seven = plan.followed(key_of(6)), plan.followed(key_of(7))

    assert (six.progress.percent, list(six.measures)) == (75, [measure])
    assert (seven.progress.percent, list(seven.measures)) == (None, [])
    assert plan.followed(OVERALL).progress.percent == 75


def test_no_measure_belongs_to_an_instrument():
    assert cycle(*BOTH).followed(Instrument.IIT) is None


@pytest.mark.parametrize(("done", "hardly"), [(0, True), (49, True), (50, False), (100, False)])
def test_a_score_says_little_about_what_was_done_to_less_than_half(done, hardly):
    plan = cycle(*BOTH, progress=Progress(done=1, weight=100, done_weight=done))

    assert plan.followed(key_of(6)).is_hardly_carried_out is hardly


def test_nothing_is_said_about_carrying_out_before_there_is_a_score_or_without_a_measure():
    early = cycle(BOTH[0], today=IN_2569, progress=Progress(weight=100))

    assert not early.followed(key_of(6)).is_hardly_carried_out
    assert not cycle(*BOTH).followed(key_of(6)).is_hardly_carried_out
