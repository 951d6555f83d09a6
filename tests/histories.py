"""Random histories: a plan whose tasks see anything that can happen to them, for what must hold of all of them."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st

from tests.clocks import BANGKOK, MORNING, TODAY, at
from tests.factories import make_measure, make_organization, make_person, make_task
from tracker.domain.permissions import Role
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import Placement
from tracker.services import assignments, states, tasks

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
