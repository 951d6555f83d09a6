import threading
from datetime import timedelta

import pytest

from tests.clocks import MORNING
from tracker.extensions import db as database
from tracker.models import Lease
from tracker.services import leases

LENGTH = timedelta(minutes=2)


def take(holder, moment=MORNING, name="scheduler"):
    return leases.take(name=name, holder=holder, machine_now=moment, length=LENGTH)


def test_the_first_to_come_has_it_and_the_second_does_not(db):
    assert take("one")
    assert not take("two")


def test_whoever_has_it_may_renew_it(db):
    take("one")

    assert take("one", MORNING + timedelta(minutes=1))
    assert not take("two", MORNING + timedelta(minutes=2))


@pytest.mark.parametrize(("waited", "taken"), [(LENGTH - timedelta(seconds=1), False), (LENGTH, True)])
def test_another_takes_it_over_once_it_has_run_out(db, waited, taken):
    take("one")

    assert take("two", MORNING + waited) is taken


def test_whoever_was_too_slow_does_not_get_it_back(db):
    take("one")
    take("two", MORNING + LENGTH)

    assert not take("one", MORNING + LENGTH + timedelta(seconds=1))


def test_leases_of_different_names_do_not_meet(db):
    assert take("one", name="scheduler")
    assert take("two", name="backup")


def test_one_that_is_given_back_is_free_at_once(db):
    take("one")
    leases.release(name="scheduler", holder="one", machine_now=MORNING)

    assert take("two")


def test_nobody_gives_back_what_another_has(db):
    take("one")
    leases.release(name="scheduler", holder="two", machine_now=MORNING)

    assert not take("two")


def test_a_tick_is_noted_by_whoever_has_it_only(db):
    take("one")
    take("two", MORNING + timedelta(seconds=30))

    assert db.session.get(Lease, "scheduler").last_tick_at == MORNING


def test_of_many_that_come_at_once_one_gets_it(fresh_app):
    gate = threading.Barrier(4)
    answers = []

    def come(holder):
        with fresh_app.app_context():
            gate.wait()
            answers.append(take(holder))
            database.session.commit()

    threads = [threading.Thread(target=come, args=(f"holder {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False, False, False, True]
