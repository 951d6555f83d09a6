"""What came about by day: only what is public now, once a day."""

from dataclasses import replace
from datetime import date

from tests.clocks import at
from tests.shown_plans import shown_plan
from tracker.domain.public_days import Moments, days
from tracker.domain.statuses import Status

FRIDAY, SATURDAY = date(2026, 1, 30), date(2026, 1, 31)


def moments(*, done=None, shown=None, closed=None):
    return Moments(done=done or {}, shown=shown or {}, closed=closed or {})


def test_all_of_a_day_is_one_entry_updated_when_the_last_of_it_came_about():
    found = days(shown_plan(), moments(done={11: at(FRIDAY, 9)}, shown={"abc": at(FRIDAY, 15)}))
    assert [(one.day, len(one.news), one.updated_at) for one in found] == [(FRIDAY, 2, at(FRIDAY, 15))]


def test_the_latest_day_comes_first():
    found = days(shown_plan(), moments(done={11: at(FRIDAY)}, closed={date(2026, 1, 31): at(SATURDAY)}))
    assert [one.day for one in found] == [SATURDAY, FRIDAY]


def test_a_day_is_thailands():
    found = days(shown_plan(), moments(done={11: at(FRIDAY, 0, 5)}))
    assert [one.day for one in found] == [FRIDAY]


def test_a_task_that_is_not_done_any_more_is_no_news():
    plan = shown_plan()
    (measure,) = plan.measures
    opened = [replace(task, status=Status.IN_PROGRESS, done_on=None) for task in measure.tasks]
    plan.indicators[1] = replace(plan.indicators[1], measures=[replace(measure, tasks=opened)])
    assert days(plan, moments(done={11: at(FRIDAY)})) == []


def test_what_the_plan_does_not_show_is_no_news():
    hidden = moments(done={99: at(FRIDAY)}, shown={"secret": at(FRIDAY)}, closed={date(2020, 1, 1): at(FRIDAY)})
    assert days(shown_plan(), hidden) == []


def test_only_the_last_days_are_told():
    told = moments(done={11: at(FRIDAY)}, closed={date(2026, 1, 31): at(SATURDAY)})
    assert [one.day for one in days(shown_plan(), told, most=1)] == [SATURDAY]
