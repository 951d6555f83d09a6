"""The clerk is told that citizens wrote: when somebody did, each week that nobody reads it, never of what was read."""

from datetime import timedelta

import pytest

from tests.clocks import MORNING, TODAY, at
from tests.factories import make_measure, make_person, make_plan
from tests.factories_public import make_comment
from tracker.domain.deliveries import Attempt, Outcome
from tracker.domain.feedback import FeedbackState, Settlement
from tracker.domain.permissions import Role
from tracker.services import feedback

BUSY = Attempt(Outcome.FAILED, "451 try again later")
FRIDAY = TODAY
MONDAY = FRIDAY + timedelta(days=3)
WORKING_DAYS = [FRIDAY, *(MONDAY + timedelta(days=number) for number in range(5))]


@pytest.fixture
def measure(db):
    return make_measure(8, plan=make_plan())


@pytest.fixture
def clerk(measure):
    return make_person(Role.CLERK, organization=measure.plan.organization)


def to(outbox, person):
    return [mail for mail in outbox if mail.to == person.user.email]


def test_the_clerk_is_told_how_many_wait_and_where(measure, clerk, run, outbox):
    for _ in range(2):
        make_comment(measure)

    run(FRIDAY)

    (mail,) = to(outbox, clerk)
    assert "ความคิดเห็นจากประชาชน 2 เรื่อง" in mail.subject
    assert "ความคิดเห็นจากประชาชน: รอตรวจ 2 เรื่อง" in mail.text
    assert "/feedback?state=new" in mail.html
    assert "ดูแลการตอบความคิดเห็นจากประชาชน" in mail.text


def test_nobody_else_is_told(measure, clerk, run, outbox):
    others = [
        make_person(role, division=measure.divisions[0])
        for role in (Role.HEAD, Role.EXECUTIVE, Role.AUDITOR, Role.ADMINISTRATOR)
    ]
    make_comment(measure)

    run(FRIDAY)

    assert [mail for person in others for mail in to(outbox, person)] == []


def test_what_waits_is_told_once_and_again_with_the_week(measure, clerk, run, outbox):
    make_comment(measure)

    told = []
    for day in WORKING_DAYS:
        run(day)
        told.append(len(outbox))

    assert told == [1, 2, 2, 2, 2, 2]


def test_what_comes_later_is_told_the_next_day(measure, clerk, run, outbox):
    make_comment(measure)
    run(MONDAY)
    make_comment(measure, at=at(MONDAY, 15))
    run(MONDAY + timedelta(days=1))

    assert "2 เรื่อง" in to(outbox, clerk)[1].subject


@pytest.mark.parametrize("state", [FeedbackState.SHOWN, FeedbackState.HIDDEN])
def test_what_was_read_is_told_to_nobody(measure, clerk, run, outbox, state):
    make_comment(measure, state=state)

    run(FRIDAY)

    assert len(outbox) == 0


def test_what_is_read_between_collecting_and_sending_leaves_the_digest(db, measure, clerk, run, outbox):
    row = make_comment(measure)
    outbox.answers[clerk.user.email] = BUSY
    run(FRIDAY)
    feedback.settle(feedback=row, settlement=Settlement(FeedbackState.SHOWN), basis=0, by=clerk, now=MORNING)
    outbox.answers.clear()

    run(FRIDAY, hour=12)

    assert len(outbox) == 0
