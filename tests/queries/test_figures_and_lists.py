"""Every figure of any day is the length of the list behind it, and the groups add up to the total."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from tests.clocks import BANGKOK
from tests.histories import DAYS, Story, deeds, planned
from tracker.domain.calendar import month_end
from tracker.domain.progress import Progress
from tracker.domain.statuses import Status
from tracker.extensions import db as database
from tracker.queries import progress, task_list
from tracker.queries.task_list import Filter

ALL = 999


@pytest.fixture
def story(db):  # the tests take no `db`: Hypothesis could not print it when they fail
    return Story()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planned=planned, deeds=deeds)
def test_every_figure_is_the_length_of_the_list_behind_it_and_the_groups_add_up(story, planned, deeds):
    with database.session.begin_nested() as example:
        story.begin(planned)
        for deed in deeds:
            story.happen(*deed)
        for day in DAYS:
            figures = progress.as_of(story.plan.id, day=day)
            check_sums(figures)
            check_lists(story.plan, figures)
        example.rollback()
        database.session.expire_all()


def check_sums(figures):
    for groups in (figures.indicators, figures.divisions, figures.months, figures.measures):
        assert Progress.sum(groups.values()) == figures.total
    for groups in (figures.indicators_of_divisions, figures.months_of_divisions):
        assert Progress.sum(groups.values()) == figures.total


def check_lists(plan, figures):
    """Hold each cell that the overview shows against its list."""
    compare(plan, figures.day, figures.total)
    for number, done in figures.indicators.items():
        compare(plan, figures.day, done, measure_ids=of_indicator(figures, number))
    for division, done in figures.divisions.items():
        compare(plan, figures.day, done, division_ids=(division.id,))
    for measure_id, done in figures.measures.items():
        compare(plan, figures.day, done, measure_ids=(measure_id,))
    for month, done in figures.months.items():
        compare(plan, figures.day, done, **of_month(month))
    for (number, division), done in figures.indicators_of_divisions.items():
        compare(plan, figures.day, done, measure_ids=of_indicator(figures, number), division_ids=(division.id,))
    for (division, month), done in figures.months_of_divisions.items():
        compare(plan, figures.day, done, division_ids=(division.id,), **of_month(month))


def of_indicator(figures, number):
    return tuple({cell.measure_id for cell in figures.cells if cell.indicator == number})


def of_month(month):
    return {"due_from": month.first_day, "due_to": month_end(month.first_day)}


def compare(plan, day, done, **narrowed):
    assert length(plan, day, **narrowed, only_counted=True) == done.countable
    assert length(plan, day, **narrowed, status=Status.DONE) == done.done
    assert length(plan, day, **narrowed, only_overdue=True) == done.overdue


def length(plan, day, **narrowed):
    return len(task_list.ids(plan.id, Filter(as_of=day, **narrowed), today=date.max, limit=ALL))


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planned=planned, deeds=deeds)
def test_the_list_as_of_the_day_of_the_last_deed_is_the_list_of_now(story, planned, deeds):
    with database.session.begin_nested() as example:
        story.begin(planned)
        for deed in deeds:
            story.happen(*deed)
        database.session.flush()
        today = story.moment.astimezone(BANGKOK).date()

        then, now = (
            list(task_list.every(story.plan.id, Filter(as_of=day), today=today, limit=ALL)) for day in (today, None)
        )

        assert then == now
        example.rollback()
        database.session.expire_all()
