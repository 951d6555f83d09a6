from datetime import date

import pytest
from sqlalchemy import func, select

from tests.clocks import at
from tests.factories import ALL_YEAR, make_holiday, make_measure, make_person, make_plan
from tracker.domain.permissions import Role
from tracker.models import Closing, Event, Task
from tracker.queries import calendars
from tracker.sample import story
from tracker.services import closings, events, schedules

MARCH, SEPTEMBER = date(2026, 3, 31), date(2026, 9, 30)


@pytest.fixture
def tell(db, people):
    """Tell the demo's story of a plan with one measure in two divisions up to a day, and return what was closed."""

    def tell(until, hour=18):
        plan = make_plan(rounds=(MARCH, SEPTEMBER))
        measure = make_measure(words=ALL_YEAR, plan=plan)
        schedules.apply(plan=plan, by=None, now=plan.created_at)
        posts = {division.id: make_person(Role.OFFICER, division=division) for division in measure.divisions}
        actors = story.People(clerk=people.clerk, secretary=people.executive, heads=posts, officers=posts)
        tasks = list(db.session.scalars(select(Task).order_by(Task.id)))
        calendar = calendars.working_days(plan.organization_id)
        story.tell(plan, plan_tasks=tasks, people=actors, calendar=calendar, until=at(until, hour))
        assert closings.first_break(plan) is events.first_break(plan) is None
        return [(one.round_on, one.as_of) for one in db.session.scalars(select(Closing).order_by(Closing.id))]

    return tell


@pytest.mark.parametrize(
    ("until", "closed"),
    [
        (date(2026, 4, 6), []),
        (date(2026, 4, 7), [(MARCH, date(2026, 4, 6))]),
        (date(2026, 10, 7), [(MARCH, date(2026, 4, 6)), (SEPTEMBER, date(2026, 10, 6))]),
    ],
)
def test_the_demo_closes_each_round_five_working_days_after_it(tell, until, closed):
    assert tell(until) == closed


def test_the_hour_makes_no_difference_and_nothing_happens_after_it(tell, db):
    assert tell(date(2026, 4, 7), hour=4) == [(MARCH, date(2026, 4, 6))]
    assert db.session.scalar(select(func.max(Event.at))) == at(date(2026, 4, 7), 4)


def test_a_day_off_in_between_makes_it_a_day_later(tell, people):
    make_holiday(date(2026, 4, 6))

    assert tell(date(2026, 4, 30)) == [(MARCH, date(2026, 4, 7))]
