from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clocks import TODAY
from tracker.domain.agenda import Mark, lines, sections
from tracker.domain.deadlines import is_of_a_round, recurs
from tracker.domain.figures import Cell, Figures, Month, Named
from tracker.domain.progress import Progress

YEAR = 2569
FIRST, SECOND = Named(1, "สำนักปลัด"), Named(2, "กองคลัง")
OPEN, DONE = Progress(not_started=1, weight=1), Progress(done=1, weight=1, done_weight=1)
LATE = Progress(not_started=1, overdue=1, weight=1)
ASIDE = Progress(not_applicable=1)
FEBRUARY = date(2026, 2, 28)


def cell(due_on, progress=OPEN, *, measure=10, division=FIRST, indicator=1):
    return Cell(indicator, measure, division, due_on, progress)


def year(*cells, slots=(), rounds=(), marks=(), day=TODAY):
    found = sections(Figures(day, cells), fiscal_year=YEAR, slots=dict(slots), rounds=rounds, marks=marks)
    return {section.month: section for section in found}


def day_of(found, on):
    return next(day for day in found[Month.of(on)].days if day.on == on)


def test_a_year_has_its_twelve_months_from_october_on():
    months = list(year())

    assert len(months) == 12
    assert (months[0], months[-1]) == (Month(2025, 10), Month(2026, 9))


def test_a_task_moved_out_of_the_year_brings_its_month_along():
    assert list(year(cell(date(2026, 11, 5))))[-1] == Month(2026, 11)


def test_a_day_shows_a_measure_once_with_what_its_divisions_owe():
    found = year(cell(FEBRUARY, DONE), cell(FEBRUARY, LATE, division=SECOND))

    (due,) = day_of(found, FEBRUARY).due

    assert (due.divisions, due.progress.countable, due.progress.done, due.progress.overdue) == (2, 2, 1, 1)


def test_a_days_measures_come_by_indicator():
    found = year(cell(FEBRUARY, measure=1, indicator=9), cell(FEBRUARY, measure=2, indicator=3))

    assert [due.measure_id for due in day_of(found, FEBRUARY).due] == [2, 1]


def test_what_does_not_apply_is_neither_shown_nor_counted_as_a_division():
    found = year(cell(FEBRUARY), cell(FEBRUARY, ASIDE, division=SECOND), cell(date(2026, 2, 27), ASIDE))

    assert [day.on for day in found[Month(2026, 2)].days] == [TODAY, FEBRUARY]
    assert day_of(found, FEBRUARY).due[0].divisions == 1


def test_several_occurrences_on_one_day_stand_together():
    march = date(2026, 3, 31)
    slots = {(10, march): ("month:2026-03", "round:1")}

    assert day_of(year(cell(march), slots=slots), march).due[0].slots == ("month:2026-03", "round:1")


def test_rounds_are_numbered_in_time_order_and_have_their_day_even_when_nothing_is_due():
    found = year(rounds=(date(2026, 9, 30), date(2026, 3, 31)))

    assert day_of(found, date(2026, 3, 31)).round == 1
    assert day_of(found, date(2026, 9, 30)).round == 2


def test_a_day_that_is_off_and_a_festival_has_both_names():
    on = date(2026, 4, 13)
    marks = (Mark(on, "วันสงกรานต์"), Mark(on, "สงกรานต์", "songkran"))

    assert day_of(year(marks=marks), on).marks == marks


def test_this_month_the_next_one_and_what_is_late_are_unfolded():
    found = year(cell(date(2025, 10, 31), DONE), cell(date(2025, 12, 31), LATE), cell(date(2026, 6, 30)))

    assert [month for month, section in found.items() if section.is_unfolded] == [
        Month(2025, 12),
        Month(2026, 2),
        Month(2026, 3),
    ]


def test_before_the_year_begins_its_first_months_are_unfolded_and_today_is_not_in_it():
    found = year(cell(FEBRUARY), day=date(2025, 9, 1))

    assert [month for month, section in found.items() if section.is_unfolded] == [Month(2025, 10), Month(2025, 11)]
    assert [day.on for section in found.values() for day in section.days] == [FEBRUARY]


def test_after_the_year_only_what_is_late_is_unfolded():
    found = year(cell(FEBRUARY, LATE), cell(date(2026, 3, 31), DONE), day=date(2026, 12, 1))

    assert [month for month, section in found.items() if section.is_unfolded] == [Month(2026, 2)]


@pytest.mark.parametrize("slot", ["week:2026-W09", "month:2026-02", "quarter:2", "half:1", "festival:songkran"])
def test_what_comes_again_in_a_rhythm_of_its_own_recurs(slot):
    assert recurs(slot)


@pytest.mark.parametrize("slot", ["round:1", "date:2026-02-28", "year"])
def test_what_is_asked_for_on_days_of_the_plan_does_not_recur(slot):
    assert not recurs(slot)


def test_only_a_report_in_a_round_is_of_a_round():
    assert [is_of_a_round(slot) for slot in ("round:2", "month:2026-03")] == [True, False]


def test_recurring_measures_come_first_each_group_by_indicator():
    numbers = count(1)
    cells = [cell(FEBRUARY, measure=next(numbers), indicator=indicator) for indicator in (1, 10, 2, 9)]
    slots = {(2, FEBRUARY): ("month:2026-02",), (4, FEBRUARY): ("round:1", "quarter:2")}

    found = lines(Figures(TODAY, tuple(cells)), slots)

    assert [(line.measure_id, line.recurs) for line in found] == [(4, True), (2, True), (1, False), (3, False)]


def test_a_line_says_in_how_many_months_something_is_late():
    dues = (cell(date(2025, 12, 30), LATE), cell(date(2025, 12, 31), LATE), cell(date(2026, 1, 31), LATE))
    (line,) = lines(Figures(TODAY, (*dues, cell(FEBRUARY))), {})

    assert line.months_late == 2


def test_a_line_knows_the_months_of_its_rounds():
    march, april = date(2026, 3, 31), date(2026, 4, 30)
    slots = {(10, march): ("month:2026-03", "round:1"), (10, april): ("month:2026-04",)}

    (line,) = lines(Figures(TODAY, (cell(march), cell(april))), slots)

    assert line.rounds == {Month(2026, 3)}


def test_a_measure_in_which_nothing_applies_has_no_line():
    assert lines(Figures(TODAY, (cell(FEBRUARY, ASIDE),)), {}) == []


DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
CELLS = st.builds(
    lambda measure, division, due_on, progress: Cell(measure, measure, division, due_on, progress),
    st.integers(1, 3),
    st.sampled_from([FIRST, SECOND]),
    DAYS,
    st.sampled_from([OPEN, DONE, LATE, ASIDE]),
)


@given(st.lists(CELLS, max_size=40))
def test_days_months_and_lines_each_add_up_to_the_whole(cells):
    figures = Figures(TODAY, tuple(cells))
    found = sections(figures, fiscal_year=YEAR, slots={}, rounds=(), marks=())

    by_month = Progress.sum(section.progress for section in found)
    by_day = [due.progress for section in found for day in section.days for due in day.due]
    by_line = [done for line in lines(figures, {}) for done in line.months.values()]

    assert by_month == figures.total
    for parts in (by_day, by_line):
        assert Progress.sum(parts).countable == figures.total.countable
        assert Progress.sum(parts).overdue == figures.total.overdue
