from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import make_person, make_plan
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.models import Event
from tracker.services import plans

MARCH, SEPTEMBER, FEBRUARY = date(2026, 3, 31), date(2026, 9, 30), date(2026, 2, 28)


@pytest.fixture
def plan(db):
    return make_plan(rounds=(MARCH, SEPTEMBER))


def set_rounds(plan, *days):
    plans.set_rounds(plan=plan, days=days, by=make_person(Role.CLERK), now=MORNING)


def test_rounds_are_kept_in_time_order_and_once_each(db, plan):
    set_rounds(plan, SEPTEMBER, FEBRUARY, SEPTEMBER)

    db.session.expire_all()

    assert plan.round_dates == (FEBRUARY, SEPTEMBER)


def test_the_history_tells_the_days_before_and_after(db, plan):
    set_rounds(plan, FEBRUARY)

    event = db.session.scalar(select(Event))
    assert (event.kind, event.before, event.after) == (
        EventKind.ROUNDS_CHANGED,
        "2026-03-31, 2026-09-30",
        "2026-02-28",
    )


def test_setting_the_same_rounds_tells_nothing(db, plan):
    set_rounds(plan, SEPTEMBER, MARCH)

    assert db.session.scalars(select(Event)).all() == []


def test_the_rounds_of_another_year_stay(db, plan):
    other = make_plan(2570, rounds=(date(2027, 3, 31),))

    set_rounds(plan, FEBRUARY)

    assert other.round_dates == (date(2027, 3, 31),)


def test_rules_are_set_once_and_told_in_the_history(db, plan):
    rules, by = replace(plan.reminder_rules, leads=(14,)), make_person(Role.CLERK)

    changed = [plans.set_rules(plan=plan, rules=rules, by=by, now=MORNING) for _ in range(2)]
    db.session.expire_all()

    assert changed == [True, False]
    assert plan.reminder_rules == rules
    told = [(event.kind, event.before, event.after) for event in db.session.scalars(select(Event))]
    assert told == [(EventKind.RULES_CHANGED, '{"leads": [30, 7, 1]}', '{"leads": [14]}')]
