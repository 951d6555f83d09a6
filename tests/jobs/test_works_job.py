from datetime import timedelta

import pytest

from tests.clocks import MORNING
from tests.factories import make_people
from tracker.domain.sentences import Refusal, Sentence
from tracker.domain.works import LEASE, MOST_ATTEMPTS, OUTWARD, WorkKind, WorkState
from tracker.extensions import db as database
from tracker.jobs import works as job
from tracker.models import Work
from tracker.queries import works as queries
from tracker.services import works


@pytest.fixture
def ask(db):
    """Ask for work about a subject, as a clerk would by a page."""
    by = make_people().clerk

    def ask(subject_id=1, kind=WorkKind.READ):
        work = works.ask(kind=kind, subject_id=subject_id, by=by, now=MORNING)
        database.session.commit()
        return work

    return ask


def run(handle):
    return job.run({WorkKind.READ: handle})


def state_of(work):
    return database.session.get_one(Work, work.id, populate_existing=True).state


def test_work_is_done_once(ask):
    ask(subject_id=7)
    seen = []

    run(lambda work, _tell: seen.append(work.subject_id))
    run(lambda work, _tell: seen.append(work.subject_id))

    assert seen == [7]


def test_work_is_done_in_the_order_it_was_asked_for(ask):
    ask(subject_id=2), ask(subject_id=1)
    seen = []

    run(lambda work, _tell: seen.append(work.subject_id))

    assert seen == [2, 1]


def test_a_refusal_is_kept_for_whoever_asked(ask):
    work = ask()

    def refuse(_work, _tell):
        raise Refusal("The file has %(count)s pages.", count=300)

    run(refuse)

    assert queries.latest(kind=WorkKind.READ, subject_id=1).why_failed == Sentence(
        "The file has %(count)s pages.", {"count": 300}
    )
    assert state_of(work) == WorkState.FAILED


def test_a_fault_of_the_program_fails_the_work_and_not_the_next(ask, caplog):
    broken, next_one = ask(subject_id=1), ask(subject_id=2)

    def handle(work, _tell):
        if work.subject_id == 1:
            raise RuntimeError("out of paper")

    run(handle)

    assert (state_of(broken), state_of(next_one)) == (WorkState.FAILED, WorkState.DONE)
    assert "out of paper" in caplog.text


def test_who_asked_sees_how_far_the_work_is(ask):
    ask()
    seen = []

    def handle(_work, tell):
        tell(3, 10)
        now = queries.latest(kind=WorkKind.READ, subject_id=1)
        seen.append((now.done, now.total))

    run(handle)

    assert seen == [(3, 10)]


def test_what_another_process_works_on_is_left_to_it(ask):
    ask()
    works.take(machine_now=MORNING)

    assert works.take(machine_now=MORNING + LEASE / 2) is None


def test_what_a_dead_process_left_is_begun_anew(ask):
    work = ask()
    works.take(machine_now=MORNING)

    assert works.take(machine_now=MORNING + LEASE + timedelta(seconds=1)).id == work.id


def test_what_never_comes_to_its_end_is_given_up_with_a_sentence(ask):
    work = ask()
    moments = [MORNING + number * (LEASE + timedelta(seconds=1)) for number in range(MOST_ATTEMPTS + 1)]

    taken = [works.take(machine_now=moment) for moment in moments]

    assert [one is None for one in taken] == [False] * MOST_ATTEMPTS + [True]
    assert state_of(work) == WorkState.FAILED


def test_every_kind_of_work_is_done_in_one_of_two_lanes(app):
    assert job.HANDLERS.keys() | job.OUTWARD.keys() == set(WorkKind)
    assert job.HANDLERS.keys() & job.OUTWARD.keys() == set()


def test_a_lane_leaves_the_work_of_the_other_alone(ask):
    work = ask()

    assert job.run({WorkKind.CHECK_LINKS: lambda *_: None}) == 0
    assert state_of(work) == WorkState.WAITING


def test_of_what_waits_for_others_all_processes_together_do_one_piece_at_a_time(ask, clock):
    page, _ = ask(kind=WorkKind.FIND_LINKS), ask(kind=WorkKind.CHECK_LINKS)
    report = ask(subject_id=2)
    now = clock.moment
    assert works.take(machine_now=now, kinds=OUTWARD).id == page.id
    database.session.commit()

    assert works.take(machine_now=now, kinds=OUTWARD) is None
    assert job.run({WorkKind.CHECK_LINKS: lambda *_: None}) == 0
    assert works.take(machine_now=now).id == report.id  # the other lane goes on
    assert works.take(machine_now=now + LEASE + timedelta(seconds=1), kinds=OUTWARD).id == page.id  # it has died


def test_what_waits_for_others_has_its_turn_as_soon_as_the_one_before_is_done(ask):
    ask(kind=WorkKind.FIND_LINKS), ask(kind=WorkKind.CHECK_LINKS)
    done = []

    handlers = dict.fromkeys((WorkKind.FIND_LINKS, WorkKind.CHECK_LINKS), lambda work, _: done.append(work.kind))

    assert job.run(handlers) == 2
    assert done == [WorkKind.FIND_LINKS, WorkKind.CHECK_LINKS]
