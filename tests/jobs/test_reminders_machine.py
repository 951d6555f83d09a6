"""Any order of what people do, what clocks do and what servers do: nothing is lost, nothing is told twice."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from tests import factories
from tests.apps import thrown_away
from tests.clocks import BANGKOK, Clock
from tests.jobs.told import ELSEWHERE, HEAD, Person, Task, Town
from tracker import clock as system_clock
from tracker.channels.mail import Mail
from tracker.domain.appointments import Tenure
from tracker.domain.calendar import ONE_DAY, fiscal_year_of
from tracker.domain.deliveries import Attempt, Outcome, Problem
from tracker.domain.permissions import Role
from tracker.domain.reminders import ASSIGNED, RETURNED, Rules
from tracker.domain.sending_hours import Wishes
from tracker.extensions import db
from tracker.jobs import digest_mail, reminders
from tracker.models import Appointment, Delivery, Holiday, Message, Notice, Preference, User
from tracker.models import Task as TaskRow
from tracker.services import appointments, assignments, tasks

RULES = Rules(escalations=(0, 0), stalled_after=0, blocked_after=0, behind_by=0, weekly=False)
BEGINNINGS = (date(2026, 2, 20), date(2028, 2, 24), date(2026, 9, 28))  # the last two: a leap day, a year's last days
WORKING_DAYS = 4  # after which all that waited has had its turn, whatever clocks said
BY_POST = (None, 0, 1, 2)

TAKES, IS_BUSY, IS_SLOW, TOOK_SLOWLY, REFUSES, CRASHES, TOOK_AND_CRASHES = range(7)
ATTEMPTS = {
    TAKES: Attempt(Outcome.SENT),
    IS_BUSY: Attempt(Outcome.FAILED, "451 later", Problem.BUSY),
    IS_SLOW: Attempt(Outcome.FAILED, "no answer", Problem.SLOW, is_in_doubt=True),
    TOOK_SLOWLY: Attempt(Outcome.FAILED, "no answer", Problem.SLOW, is_in_doubt=True),
    REFUSES: Attempt(Outcome.REFUSED, "550 nobody", Problem.ADDRESS),
}
ACCEPTED = {TAKES, TOOK_SLOWLY, TOOK_AND_CRASHES}
CRASH = {CRASHES, TOOK_AND_CRASHES}
IN_DOUBT = {IS_SLOW, TOOK_SLOWLY, *CRASH}


class Crash(BaseException):
    """The process dies: nothing that it would have done happens, and what it wrote and did not commit is gone."""


class Reminders(RuleBasedStateMachine):
    """The program and the plain model of it, side by side."""

    def __init__(self, app) -> None:
        super().__init__()
        self.app, self.clock, self.open = app, Clock(), ExitStack()
        patch = self.open.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(system_clock, "machine_now", lambda: self.clock.moment)
        patch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
        self.open.enter_context(thrown_away(app))
        self.mails: dict[str, tuple[str, date]] = {}  # that a server accepted: to whom, the digest of which day

    @initialize(day=st.sampled_from(BEGINNINGS))
    def begin(self, day: date) -> None:
        self.clock.set(day)
        division = factories.make_organization().divisions[0]
        self.plan = factories.make_plan(fiscal_year_of(day), reminders_from=day - timedelta(days=40), rules=RULES)
        self.clerk = factories.make_person(Role.CLERK, has_email=False, organization=self.plan.organization)
        own = [
            factories.make_person(role, division=division, starts_on=day - timedelta(days=400))
            for role in (Role.HEAD, Role.OFFICER, Role.OFFICER)
        ]
        other = factories.make_person(Role.OFFICER, division=self.plan.organization.divisions[1])
        self.division, self.posts = division, [one.position for one in own]
        self.users = [one.user for one in (*own, other)]
        people = [Person(one.user.email, [(post, Tenure(one.starts_on))]) for post, one in enumerate(own)]
        people.append(Person(other.user.email, [(ELSEWHERE, Tenure(other.starts_on))]))
        self.town = Town(self.plan.reminders_from, RULES, people)
        self.covers: list[tuple[Appointment, Person, int]] = []
        for days in (1, 7):
            self.create_task(days, None)

    # What people do.

    @rule(days=st.integers(-20, 35), post=st.sampled_from(BY_POST))
    def create_task(self, days: int, post: int | None) -> None:
        row = factories.make_task(
            due_on=self.today + timedelta(days=days), division=self.division, measure=factories.make_measure()
        )
        row.position_id = None if post is None else self.posts[post].id
        self.town.tasks.append(Task(row.id, row.due_on, post))

    @rule(data=st.data())
    def hand_in(self, data) -> None:
        if task := self._some(data, is_open=True):
            by = appointments.appoint(
                user=self.users[HEAD], position=self.posts[HEAD], starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 1)
            )
            tasks.submit(task=self._row(task), by=by, now=self.clock.moment, today=self.today)
            task.is_open = False

    @rule(data=st.data())
    def give_back(self, data) -> None:
        if task := self._some(data, is_open=False):
            tasks.return_to_division(task=self._row(task), by=self.clerk, now=self.clock.moment, note="ขอแก้ไข")
            task.is_open = True
            task.news[RETURNED].append((self.plan.last_seq, self.clock.moment))

    @rule(data=st.data(), days=st.integers(-10, 30))
    def move_deadline(self, data, days: int) -> None:
        if task := self._some(data, is_open=True):
            task.due_on = self.today + timedelta(days=days)
            first = date(self.plan.fiscal_year - 544, 10, 1)
            task.due_on = max(task.due_on, first)
            assignments.move_deadlines(
                plan=self.plan, ids=[task.id], due_on=task.due_on, by=self.clerk, now=self.clock.moment
            )

    @rule(data=st.data(), post=st.sampled_from(BY_POST))
    def assign(self, data, post: int | None) -> None:
        if task := self._some(data, is_open=True):
            given = assignments.assign(
                plan=self.plan,
                ids=[task.id],
                division=self.division,
                position=None if post is None else self.posts[post],
                by=self.clerk,
                now=self.clock.moment,
            )
            task.post = post
            task.news[ASSIGNED] += [(seq, self.clock.moment) for seq in given]

    @rule(post=st.sampled_from((0, 1, 2)), days=st.integers(0, 20))
    def appoint_cover(self, post: int, days: int) -> None:
        person, ends_on = self.town.people[3], self.today + timedelta(days=days)
        cover = appointments.appoint(
            user=self.users[3], position=self.posts[post], starts_on=self.today, ends_on=ends_on, is_acting=True
        )
        person.posts.append((post, Tenure(self.today, ends_on)))
        self.covers.append((cover, person, len(person.posts) - 1))

    @precondition(lambda self: self.covers)
    @rule()
    def end_cover(self) -> None:
        cover, person, place = self.covers.pop()
        appointments.end_cover(cover=cover, by=self.clerk, now=self.clock.moment, today=self.today)
        person.posts[place] = (person.posts[place][0], cover.tenure)

    @rule(days=st.integers(0, 10))
    def add_holiday(self, days: int) -> None:
        day = self.today + timedelta(days=days)
        if day not in self.town.holidays:
            db.session.add(Holiday(organization_id=self.plan.organization_id, on_day=day, name="วันหยุดพิเศษ"))
            self.town.holidays.add(day)

    @rule(who=st.integers(0, 3), hour=st.integers(8, 17), first=st.integers(-2, 5), days=st.integers(-1, 12))
    def wish(self, who: int, hour: int, first: int, days: int) -> None:
        paused_from = self.today + timedelta(days=first) if days >= 0 else None
        self._set_wishes(who, Wishes(time(hour), paused_from, paused_from and paused_from + timedelta(days=days)))

    # What clocks do.

    @rule(minutes=st.sampled_from((1, 11, 60, 240, 600)))
    def minutes_pass(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule(days=st.sampled_from((1, 1, 1, 2, 3, 7, 40)), hour=st.integers(7, 18))
    def days_pass(self, days: int, hour: int) -> None:
        self.clock.set(self.today + timedelta(days=days), hour, 15)

    @rule(hours=st.sampled_from((1, 3, 24, 72)))
    def the_clock_is_set_back(self, hours: int) -> None:
        self.clock.advance(hours=-hours)

    @rule(days=st.integers(-3, 7))
    def a_day_comes_twice(self, days: int) -> None:
        self.all_is_well()
        self.clock.set(self.today - ONE_DAY, 10, 0)
        self.create_task(days, None)
        self.all_is_well()

    # What the program does.

    @rule()
    def collect(self) -> None:
        self._in_a_process(reminders.run_collecting)
        self.town.collect(self.now)

    @rule(answers=st.lists(st.sampled_from(range(7)), min_size=1, max_size=4))
    def deliver(self, answers: list[int]) -> None:
        replies = iter([*answers] * 10)
        self._in_a_process(lambda: reminders.run_delivering(lambda mail: self._answer(mail, next(replies))))

    @rule()
    def all_is_well(self) -> None:
        self.collect()
        self.deliver([TAKES])

    @invariant()
    def what_is_noted_is_what_is_owed(self) -> None:
        if not hasattr(self, "town"):
            return
        db.session.commit()
        self.town.void_what_is_untrue(self.today)
        rows = db.session.execute(
            select(User.email, Message.digest_on, Notice.task_id, Notice.step, Notice.occasion)
            .join(Message, Message.id == Notice.message_id)
            .join(User, User.id == Message.user_id)
            .where(User.email.is_not(None))  # the clerk's queue is another matter
        )
        expected = [
            (person.address, digest.day, one.task.id, one.step, one.occasion)
            for person in self.town.people
            for digest in person.digests
            for one in digest.notices
        ]
        assert sorted(map(tuple, rows)) == sorted(expected)

    def teardown(self) -> None:
        try:
            if hasattr(self, "town"):
                self._nothing_is_lost()
        finally:
            self.open.close()

    def _nothing_is_lost(self) -> None:
        """Let servers take everything for some working days: then all was told that was noted and stayed true."""
        for who in range(4):
            self._set_wishes(who, Wishes())
        # A clock that was set back leaves digests of days to come: a person hears nothing more before those have come.
        known = [digest.day for person in self.town.people for digest in person.digests]
        self.clock.set(max([self.today, *known]), 9, 0)
        for _ in range(WORKING_DAYS):
            self.clock.set(self.town.calendar.working_day_on_or_after(self.today + ONE_DAY), 9, 0)
            self.all_is_well()
            self.what_is_noted_is_what_is_owed()
        for person in self.town.people:
            lost = [vars(notice) for notice in self.town.untold(person) if not notice.is_void]
            assert lost == []
            noted = {(one.task.id, one.step, one.occasion) for digest in person.digests for one in digest.notices}
            owed = self.town.owed_steps(person, self.today)
            assert [(task.id, step, on) for task, step, on in owed if (task.id, step, on) not in noted] == []

    def _answer(self, mail: Mail, how: int) -> Attempt:
        """Be the mail server, and look at what it is given."""
        person = next(one for one in self.town.people if one.address == mail.to)
        assert person.is_heard_at(self.now, self.town.calendar)
        digest = self._digest_of(mail, person)
        if how == REFUSES and digest.is_settled:
            how = TAKES  # who may have taken a mail does not refuse the same mail for good
        carried = person.carried_by(digest)
        told = [notice for notice in carried if person.is_told_of(notice.task, self.today)]
        listed = {int(number) for number in re.findall(r"/tasks/(\d+)", mail.text)}
        assert listed == {notice.task.id for notice in told}
        if how in ACCEPTED:
            assert self.mails.setdefault(mail.header_id, (mail.to, digest.day)) == (mail.to, digest.day)
            assert len(set(self.mails.values())) == len(self.mails)  # no two mails of one day to one person
            for notice in told:
                assert notice.told_by in ("", mail.header_id)
                notice.told_by = mail.header_id
        if how == REFUSES:
            for notice in carried:
                notice.is_void = True  # a dead letter: the administrator sees it
        digest.is_settled |= how in ACCEPTED | IN_DOUBT
        if how in CRASH:
            raise Crash
        return ATTEMPTS[how]

    def _digest_of(self, mail: Mail, person: Person):
        row = select(Message.digest_on).join(Message.deliveries).where(Delivery.header_id == mail.header_id)
        day = db.session.scalars(row).one()
        return next(digest for digest in person.digests if digest.day == day)

    def _in_a_process(self, do: Callable[[], None]) -> None:
        """Let another process of the program do it, and perhaps die of it: what it had in hand is in doubt then."""
        db.session.commit()
        db.session.expire_all()
        try:
            with self.app.app_context():
                do()
        except Crash:
            held = db.session.execute(
                select(User.email, Message.digest_on)
                .join(Message, Message.user_id == User.id)
                .join(Message.deliveries)
                .where(Delivery.state == "waiting", Delivery.leased_until.is_not(None))
            )
            for address, day in held:
                person = next(one for one in self.town.people if one.address == address)
                next(digest for digest in person.digests if digest.day == day).is_settled = True

    def _set_wishes(self, who: int, wishes: Wishes) -> None:
        kept = db.session.get(Preference, self.users[who].id) or Preference(user_id=self.users[who].id)
        kept.hour, kept.paused_from, kept.paused_to = wishes.hour, wishes.paused_from, wishes.paused_to
        db.session.add(kept)
        db.session.commit()
        self.town.people[who].wishes = wishes

    def _some(self, data, *, is_open: bool) -> Task | None:
        found = [task for task in self.town.tasks if task.is_open == is_open]
        return data.draw(st.sampled_from(found)) if found else None

    def _row(self, task: Task) -> TaskRow:
        return db.session.get_one(TaskRow, task.id)

    @property
    def now(self) -> datetime:
        return self.clock.moment.astimezone(BANGKOK)

    @property
    def today(self) -> date:
        return self.clock.today


def test_nothing_is_lost_and_nothing_told_twice_in_any_order_of_things(app, monkeypatch):
    monkeypatch.setattr(digest_mail, "MOST_LISTED", 1000)  # the model reads off the mails what was told
    quick = settings().max_examples <= 10
    run_state_machine_as_test(
        partial(Reminders, app),
        settings=settings(
            max_examples=5 if quick else 30,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
