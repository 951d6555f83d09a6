"""The looks of the job: who is asked how often, what is kept, and who is blamed."""

import threading
from collections import Counter
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.factories import make_organization
from tests.factories_public import make_item, make_link
from tracker.domain.link_schedules import KEPT, LEASE, OFFLINE_AGAIN
from tracker.domain.links import AGAIN_AFTER, Cause, Failure, Observation, Verdict
from tracker.domain.works import OUTWARD, WorkKind
from tracker.extensions import db as database
from tracker.jobs import link_rounds, works
from tracker.jobs import links as job
from tracker.jobs.link_rounds import BETWEEN_LOOKS, PAUSES, Manner, Round, Target
from tracker.models import LinkCheck, LinkRules, Work
from tracker.services import links

FAILS = {"failure": Failure.TIMED_OUT}
CONTROL = "https://control.example/"


class World:
    """Everybody's servers: each address answers what it was told to, and remembers that it was asked."""

    def __init__(self):
        self.answers = {}  # by address or host; a list is gone through, its last one stays
        self.asked = []
        self.waited = []
        self.at_once = Counter()
        self.most_at_once = Counter()
        self.lock = threading.Lock()

    def open(self, url, _hosts):
        host = url.split("/")[2]
        with self.lock:
            self.asked.append(url)
            self.at_once[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self.at_once[host])
            told = self.answers.get(url, self.answers.get(host, {"status": 200}))
            if isinstance(told, list):
                told = told.pop(0) if len(told) > 1 else told[0]
        with self.lock:
            self.at_once[host] -= 1
        if isinstance(told, Exception):
            raise told
        return Observation(url, final_url=url, text="เนื้อหาของหน้าเว็บ " * 20, content_type="text/html", **told)

    @property
    def manner(self):
        return Manner(open=self.open, wait=self.waited.append, controls=(CONTROL,))


@pytest.fixture
def world():
    return World()


@pytest.fixture
def office(db):
    return make_organization()


@pytest.fixture
def watch(office):
    """Watch addresses, as those of one item each, and return their rows."""

    def watch(*urls):
        links = [make_link(url, organization=office) for url in urls]
        for link in links:
            make_item(link.id, organization=office, links=(link,))
        return links

    return watch


@pytest.fixture
def check(app, db, clock, world):
    """Let the scheduler tick and the work be done, as another process would."""

    def check(tell=lambda _done, _total: None):
        database.session.commit()
        with app.app_context():
            job.run()
            works.run({WorkKind.CHECK_LINKS: lambda work, _tell: job.check_all(work, tell, world.manner)})
        database.session.expire_all()

    return check


@pytest.fixture
def checks(db):
    """Return what was kept of every look, the oldest first."""
    return lambda: database.session.scalars(select(LinkCheck).order_by(LinkCheck.id)).all()


def test_an_address_is_looked_at_and_the_look_is_kept(watch, check, checks, clock):
    (link,) = watch("https://a.example/oit")

    check()

    assert [(one.link_id, one.verdict, one.status) for one in checks()] == [(link.id, Verdict.OK, 200)]
    assert (link.verdict, link.checked_at, link.last_ok_at) == (Verdict.OK, clock.moment, clock.moment)
    assert link.leased_until is None


def test_a_second_tick_looks_at_nothing_again(watch, check, checks, world):
    watch("https://a.example/oit")

    check(), check()

    assert len(checks()) == len(world.asked) == 1


def test_an_address_is_broken_after_two_looks_apart(watch, check, clock, world):
    dead, _ = watch("https://a.example/oit", "https://b.example/oit")
    world.answers["a.example"] = FAILS

    check()
    assert (dead.verdict, dead.cause, dead.next_check_at) == (
        Verdict.CAUTION, Cause.TIMED_OUT, clock.moment + AGAIN_AFTER,
    )  # fmt: skip
    clock.advance(hours=6)
    check()

    assert (dead.verdict, dead.failures) == (Verdict.BROKEN, 2)


def test_nothing_is_said_before_three_tries(watch, check, world):
    link, _ = watch("https://a.example/oit", "https://b.example/oit")
    world.answers["a.example"] = [FAILS, FAILS, {"status": 200}]

    check()

    assert link.verdict == Verdict.OK
    assert [pause for pause in world.waited if pause in PAUSES] == list(PAUSES)


def test_of_a_host_that_does_not_answer_the_other_addresses_are_tried_once(watch, check, world):
    watch("https://a.example/1", "https://a.example/2", "https://b.example/")
    world.answers["a.example"] = FAILS

    check()

    assert Counter(world.asked) == {"https://a.example/1": 3, "https://a.example/2": 1, "https://b.example/": 1}


def test_a_host_has_one_connection_at_a_time_and_rests_between_two(watch, check, world):
    watch(*(f"https://{host}.example/{number}" for host in "abc" for number in range(4)))

    check()

    assert set(world.most_at_once.values()) == {1}
    assert world.waited == [BETWEEN_LOOKS] * 9


def test_a_host_that_asks_for_quiet_is_left_alone_and_the_others_are_not(watch, check, checks, clock, world):
    busy, waiting, other = watch("https://a.example/1", "https://a.example/2", "https://b.example/")
    world.answers["a.example"] = {"status": 503, "retry_after": 7200}

    check(), check()

    assert sorted(world.asked) == ["https://a.example/1", "https://b.example/"]
    assert {one.link_id for one in checks()} == {busy.id, other.id}
    assert waiting.next_check_at == clock.moment + timedelta(hours=2)


def test_what_one_address_brings_up_holds_no_other_back(watch, check, checks, world, caplog):
    odd, good = watch("https://a.example/", "https://b.example/")
    world.answers["a.example"] = ValueError("nobody thought of this")

    check(), check()

    assert [one.link_id for one in checks()] == [good.id]
    assert f"link {odd.id}" in caplog.text


def test_while_the_office_is_offline_nothing_is_kept_and_nobody_blamed(watch, check, checks, clock, world, office):
    first, second = watch("https://a.example/", "https://b.example/")
    world.answers = dict.fromkeys(("a.example", "b.example", "control.example"), FAILS)

    check()

    assert checks() == []
    assert {link.verdict for link in (first, second)} == {Verdict.UNCHECKED}
    assert first.next_check_at == clock.moment + OFFLINE_AGAIN
    assert database.session.get_one(LinkRules, office.id).offline_since == clock.moment


def test_offline_only_the_controls_are_asked_until_one_answers(watch, check, checks, clock, world, office):
    watch("https://a.example/", "https://b.example/")
    world.answers = dict.fromkeys(("a.example", "b.example", "control.example"), FAILS)
    check()
    world.asked.clear()
    clock.advance(hours=1)

    check()
    assert world.asked == [CONTROL]

    world.answers.clear()
    check()
    assert len(checks()) == 2
    assert database.session.get_one(LinkRules, office.id).offline_since is None


def test_where_a_control_answers_the_only_host_is_to_blame(watch, check, world):
    (link,) = watch("https://a.example/")
    world.answers["a.example"] = FAILS

    check()

    assert link.cause == Cause.TIMED_OUT


def test_a_host_of_the_office_tells_nothing_of_the_line(watch, check, checks, world, office):
    inside, outside = watch("https://intranet.example/", "https://a.example/")
    database.session.add(LinkRules(organization_id=office.id, intranet_names=["intranet.example"]))
    world.answers = dict.fromkeys(("a.example", "control.example"), FAILS)

    check()

    assert [one.link_id for one in checks()] == [inside.id]
    assert outside.verdict == Verdict.UNCHECKED


def test_what_another_process_has_in_hand_is_left_to_it(watch, check, checks, clock):
    mine, _ = watch("https://a.example/", "https://b.example/")
    links.lease([mine.id], now=clock.moment, machine_now=clock.moment)

    check()
    assert [one.link_id for one in checks()] != [mine.id]
    clock.moment += LEASE

    check()
    assert {one.link_id for one in checks()} >= {mine.id}


def test_an_address_is_leased_once(watch, clock):
    ids = [link.id for link in watch("https://a.example/", "https://b.example/")]

    first = links.lease(ids, now=clock.moment, machine_now=clock.moment)
    second = links.lease(ids, now=clock.moment, machine_now=clock.moment)

    assert (len(first), second) == (2, [])


def test_no_host_is_begun_with_after_half_of_the_time_that_addresses_are_in_hand(monkeypatch):
    passed = [0.0]
    monkeypatch.setattr(link_rounds, "time", SimpleNamespace(monotonic=lambda: passed[0]))
    monkeypatch.setattr(link_rounds, "AT_ONCE", 1)

    def slow(url, _hosts):
        passed[0] += LEASE.total_seconds() / 2 + 1
        return Observation(url, status=200)

    targets = [Target(number, f"https://host{number}.example/") for number in range(3)]
    answers = [*Round(Manner(open=slow)).looks(targets)]

    assert [answer.observation is not None for answer in answers] == [True, False, False]


def test_the_program_ends_without_looking_further(watch, check, checks, monkeypatch):
    watch("https://a.example/")
    monkeypatch.setattr(link_rounds.STOPPING, "is_set", lambda: True)

    check()

    assert checks() == []


def test_how_far_the_work_is_is_told(watch, check):
    watch("https://a.example/", "https://b.example/", "https://c.example/")
    told = []

    check(tell=lambda done, total: told.append((done, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_address_that_nobody_uses_any_more_is_not_looked_at(watch, check, world, office):
    make_link("https://unused.example/", organization=office)
    (link,) = watch("https://a.example/")

    check()

    assert world.asked == [link.url]


def test_the_hand_over_leaves_one_row_behind_however_often_it_happens(watch, check, clock):
    watch("https://a.example/")
    for _ in range(3):
        check()
        clock.advance(days=2)

    assert database.session.query(Work).count() == 1


def test_old_looks_are_forgotten(app, watch, check, checks, clock):
    watch("https://a.example/")
    check()
    clock.moment += KEPT
    check()
    clock.advance(seconds=1)
    database.session.commit()

    job.forget()

    assert [one.at for one in checks()] == [clock.moment - timedelta(seconds=1)]


def test_once_it_is_clear_that_the_office_is_offline_nothing_stays_in_hand(watch, check, checks, world):
    found = watch(*(f"https://host{number}.example/" for number in range(12)))
    world.answers = {f"host{number}.example": FAILS for number in range(12)} | {"control.example": FAILS}

    check()

    assert checks() == []
    assert {link.leased_until for link in found} == {None}
    assert {link.verdict for link in found} == {Verdict.UNCHECKED}


def test_between_two_batches_others_have_their_turn(app, db, office, watch, world, clock, monkeypatch):
    monkeypatch.setattr(job, "BATCH", 2)
    watch(*(f"https://many{number}.example/" for number in range(5)))
    other = make_organization("เทศบาลตำบลอื่น")
    few = make_link("https://few.example/", organization=other)
    make_item(1, organization=other, links=(few,))
    database.session.commit()

    with app.app_context():
        job.run()
        works.run({WorkKind.CHECK_LINKS: lambda work, tell: job.check_all(work, tell, world.manner)})

    assert world.asked.index(few.url) == 2
    assert len(world.asked) == len(set(world.asked)) == 6


def test_what_is_outward_has_a_lane_of_its_own():
    assert works.OUTWARD.keys() == OUTWARD
    assert not works.HANDLERS.keys() & OUTWARD
