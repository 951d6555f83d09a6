from datetime import date, timedelta

import pytest

from tests.clocks import TODAY
from tests.factories import make_closing, make_measure, make_organization, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.closings import Standing
from tracker.queries import closings
from tracker.services import plans

YESTERDAY, AUGUST = TODAY - timedelta(days=1), date(2026, 8, 31)


@pytest.fixture
def plan(db):
    plan = make_plan(rounds=(YESTERDAY, AUGUST))
    make_task(measure=make_measure(plan=plan))
    return plan


def test_rounds_stand_in_time_order_with_their_closings(plan):
    closing = make_closing(plan)

    first, second = closings.rounds(plan, today=TODAY)

    assert (first.round_on, first.standing, first.latest) == (YESTERDAY, Standing.CLOSED, closing)
    assert (second.round_on, second.standing, second.latest) == (AUGUST, Standing.AHEAD, None)


def test_of_a_round_the_last_closing_counts(plan):
    earlier, later = make_closing(plan), make_closing(plan, note="นับใหม่")

    assert closings.rounds(plan, today=TODAY)[0].closings == [later, earlier]
    assert closings.latest(closings.of_plan(plan.id)) == {YESTERDAY: later}


def test_a_round_that_was_moved_since_it_was_closed_stands_beside_those_of_the_plan(plan):
    closing = make_closing(plan)
    plans.set_rounds(plan=plan, days=(AUGUST,), by=closing.closed_by, now=closing.closed_at)

    moved, ahead = closings.rounds(plan, today=TODAY)

    assert (moved.is_planned, moved.latest) == (False, closing)
    assert (ahead.is_planned, ahead.latest) == (True, None)


def test_closings_of_another_plan_are_not_listed(plan):
    other = make_plan(organization=make_organization("เทศบาลตำบลข้างเคียง"))
    make_task(measure=make_measure(plan=other))
    make_closing(other)

    assert closings.of_plan(plan.id) == []


def test_the_list_is_one_statement_without_the_figures(plan, db):
    make_closing(plan)
    db.session.expunge_all()

    with count_queries() as heard:
        (closing,) = closings.of_plan(plan.id)
        assert closing.closed_by.position.title

    assert len(heard) == 1
    assert "figures" not in heard.all[0]


def test_one_closing_comes_with_its_event_and_what_counts_in_one_statement(plan, db):
    first, second = make_closing(plan), make_closing(plan, note="นับใหม่")
    db.session.expunge_all()

    with count_queries() as heard:
        kept = [closings.one(closing_id) for closing_id in (first.id, second.id)]

    assert len(heard) == 2
    assert [(one.is_whole, one.is_latest, one.latest_revision) for one in kept] == [(True, False, 2), (True, True, 2)]


def test_what_is_not_there_is_none(db):
    assert closings.one(1) is None
