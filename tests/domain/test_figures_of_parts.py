from datetime import date, timedelta

from tracker.domain.figures import Cell, Figures, Named, Post
from tracker.domain.progress import Progress

TODAY = date(2026, 2, 20)
OFFICE, FINANCE, WORKS = Named(3, "สำนักปลัด"), Named(1, "กองคลัง"), Named(2, "กองช่าง")
MINE, COLLEAGUES = 7, 8


def cell(division=OFFICE, *, days=0, position=None, **counts):
    return Cell(1, 1, division, TODAY + timedelta(days=days), Progress(**(counts or {"not_started": 1})), position)


def figures(*cells):
    return Figures(TODAY, cells)


def test_ones_own_divisions_come_first_and_the_rest_as_they_stand():
    plan = figures(cell(OFFICE), cell(FINANCE), cell(WORKS))

    assert list(plan.own_first({WORKS.id})) == [WORKS, OFFICE, FINANCE]
    assert list(plan.own_first({WORKS.id, FINANCE.id})) == [FINANCE, WORKS, OFFICE]
    assert list(plan.own_first(())) == list(plan.divisions)


def test_deadlines_come_by_day_whichever_division_has_them():
    plan = figures(cell(OFFICE, days=5), cell(FINANCE, days=-1), cell(WORKS, days=5))

    assert [(day.day, done.countable) for day, done in plan.deadlines.items()] == [(19, 1), (25, 2)]


def test_what_a_position_has_to_do_is_its_own_and_what_nobody_of_its_division_was_given():
    plan = figures(cell(), cell(position=MINE), cell(position=COLLEAGUES), cell(FINANCE), cell(FINANCE, position=MINE))

    assert plan.of_positions(Post(MINE, OFFICE.id)).cells == plan.cells[:2]


def test_what_two_positions_share_is_counted_once():
    plan = figures(cell(), cell(position=MINE), cell(position=COLLEAGUES), cell(FINANCE))

    both = plan.of_positions(Post(MINE, OFFICE.id), Post(COLLEAGUES, OFFICE.id))

    assert both.cells == plan.cells[:3]
    assert plan.of_positions().cells == ()


def test_the_next_deadlines_leave_out_what_is_handed_in():
    plan = figures(cell(days=2), cell(days=1), cell(FINANCE, days=1), cell(days=0, submitted=1), cell(days=-1))

    assert plan.next_deadlines() == [(date(2026, 2, 21), 2), (date(2026, 2, 22), 1)]
    assert plan.next_deadlines(limit=1) == [(date(2026, 2, 21), 2)]
