"""Every figure of any day is the length of the list behind it, and the groups add up to the total."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clocks import BANGKOK, MORNING, TODAY, at
from tests.factories import make_measure, make_organization, make_person, make_task
from tracker.domain.calendar import month_end
from tracker.domain.permissions import Role
from tracker.domain.progress import Progress
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import Placement, Status
from tracker.extensions import db as database
from tracker.queries import progress, task_list
from tracker.queries.task_list import Filter
from tracker.services import assignments, states, tasks

ALL = 999
DAYS = [TODAY + timedelta(days=days) for days in (-40, -1, 0, 1, 4, 60)]
INDICATORS = (1, 1, 2, 10)  # of the measures


class Story:
    """A plan of three divisions, and what can become of its tasks; what the rules refuse does not happen."""

    def __init__(self):
        self.divisions = make_organization(divisions=("สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง")).divisions
        self.measures = [make_measure(number) for number in INDICATORS]
        self.plan = self.measures[0].plan
        self.head, self.clerk = make_person(Role.HEAD), make_person(Role.CLERK)
        self.tasks, self.moment = [], MORNING

    def begin(self, planned):
        """Plan tasks of a measure and a division for a day, some of them days before or after the others."""
        self.moment = MORNING
        self.tasks = [
            make_task(
                measure=self.measures[measure],
                division=self.divisions[division],
                due_on=TODAY + timedelta(days=due),
                since=at(TODAY + timedelta(days=since)),
            )
            for measure, division, due, since in planned
        ]

    def happen(self, verb, number, amount, hours):
        """Let one thing happen to a task some hours after the last."""
        self.moment += timedelta(hours=hours)
        task = self.tasks[number % len(self.tasks)]
        if task.placement == Placement.RETIRED:
            return
        with suppress(Refusal):
            getattr(self, verb, self.move)(task, verb=verb, amount=amount)

    def move(self, task, *, verb, amount):
        getattr(tasks, verb)(task=task, by=self.clerk, now=self.moment, note="เหตุผล")

    def submit(self, task, **_):
        tasks.submit(task=task, by=self.head, now=self.moment, today=self.moment.astimezone(BANGKOK).date())

    def move_deadline(self, task, *, amount, **_):
        due_on = TODAY + timedelta(days=amount)
        assignments.move_deadlines(plan=self.plan, ids=[task.id], due_on=due_on, by=self.clerk, now=self.moment)

    def assign(self, task, *, amount, **_):
        division = self.divisions[amount % 3]
        assignments.assign(plan=self.plan, ids=[task.id], division=division, by=self.clerk, now=self.moment)

    def retire(self, task, **_):
        task.placement = Placement.RETIRED
        states.keep(tasks=[task], now=self.moment)

    def weigh(self, task, *, amount, **_):
        task.measure.weight = 1 + amount % 4
        alike = [one for one in self.tasks if one.measure_id == task.measure_id and one.placement != Placement.RETIRED]
        states.keep(tasks=alike, now=self.moment)


VERBS = (
    "start", "submit", "submit", "accept", "accept", "return_to_division", "reopen", "set_not_applicable",
    "set_applicable", "move_deadline", "assign", "retire", "weigh",
)  # fmt: skip
planned = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(-60, 300), st.integers(-80, 0)),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one[:3],
)
deeds = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 7), st.integers(-90, 500), st.integers(0, 40)), max_size=25
)


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
