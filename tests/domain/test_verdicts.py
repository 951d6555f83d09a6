from datetime import date

import pytest

from tracker.domain.figures import Cell, Figures, Named
from tracker.domain.progress import Progress
from tracker.domain.verdicts import Case, verdict

DAY = date(2026, 2, 20)
FIRST, SECOND, THIRD = Named(1, "กองช่าง"), Named(2, "กองคลัง"), Named(3, "สำนักปลัด")
DONE = Progress(done=1, due=1, weight=1, done_weight=1, due_weight=1)
DONE_EARLY = Progress(done=1, weight=1, done_weight=1)
NOT_DUE = Progress(not_started=1, weight=1)
DUE_TODAY = Progress(not_started=1, due=1, weight=1, due_weight=1)
WAITING = Progress(submitted=1, due=1, weight=1, due_weight=1)
LATE = Progress(not_started=1, overdue=1, due=1, weight=1, due_weight=1)
SET_ASIDE = Progress(not_applicable=1)


def of(*parts, day=DAY):
    """Return the verdict on tasks, each of the first division or of the one given with it."""
    pairs = [part if isinstance(part, tuple) else (FIRST, part) for part in parts]
    return verdict(Figures(day, tuple(Cell(1, 1, who, DAY, done) for who, done in pairs)), fiscal_year=2569)


@pytest.mark.parametrize(
    ("parts", "case"),
    [
        ((), Case.NOTHING_SET),
        ((SET_ASIDE,), Case.NOTHING_SET),
        ((NOT_DUE,), Case.ON_COURSE),
        ((DONE, NOT_DUE), Case.ON_COURSE),
        ((DONE_EARLY, NOT_DUE), Case.AHEAD),
        ((DONE, SET_ASIDE), Case.ALL_DONE),
        ((DONE_EARLY,), Case.ALL_DONE),
        ((DONE, WAITING), Case.BEHIND),
        ((DUE_TODAY, NOT_DUE), Case.BEHIND),
        ((DONE, LATE), Case.LATE),
        ((DONE_EARLY, DONE_EARLY, LATE), Case.LATE),  # ahead as a whole, and yet somebody is late
    ],
)
def test_every_kind_of_plan_has_its_case(parts, case):
    assert of(*parts).case == case


@pytest.mark.parametrize(
    ("parts", "case"),
    [
        ((NOT_DUE,), Case.NOT_BEGUN),
        ((), Case.NOTHING_SET),
        ((LATE,), Case.LATE),
        ((DONE_EARLY,), Case.ALL_DONE),
    ],
)
def test_before_its_year_a_plan_has_not_begun_unless_there_is_something_to_say(parts, case):
    assert of(*parts, day=date(2025, 9, 30)).case == case


def test_on_the_first_day_of_its_year_a_plan_has_begun():
    assert of(NOT_DUE, day=date(2025, 10, 1)).case == Case.ON_COURSE


def test_the_division_with_the_most_tasks_overdue_is_named():
    found = of(LATE, (SECOND, LATE), (SECOND, LATE))

    assert (found.latest, found.late) == ((SECOND,), 2)


def test_divisions_that_are_equally_late_are_all_of_them_the_latest():
    found = of(LATE, (SECOND, LATE), (THIRD, DONE))

    assert (found.latest, found.late) == ((FIRST, SECOND), 1)


def test_nobody_is_named_where_nobody_is_late():
    assert of(DONE).latest == ()
