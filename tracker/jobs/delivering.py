"""Handing digests over: a few at a time under a lease, written as things stand then, marked one by one."""

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TypeAlias

from flask import current_app

from tracker import clock
from tracker.channels import messengers
from tracker.channels.mail import Mail, Post
from tracker.domain.channels import MAIL
from tracker.domain.deliveries import LEASE, Attempt, Outcome, Problem
from tracker.domain.sending_hours import is_sending_time
from tracker.extensions import db
from tracker.jobs import digest_mail
from tracker.jobs.digest_mail import Note
from tracker.models import Delivery
from tracker.queries import calendars, deliveries, digests, reminders
from tracker.services import channel_addresses
from tracker.services import deliveries as outbox

log = logging.getLogger(__name__)
Send: TypeAlias = Callable[[Mail], Attempt]

BATCH = 25  # deliveries that are written together and leave over one connection
# A batch is given up half-way rather than outlive its lease, and a tick rather than seem to have stopped.
LONGEST_BATCH, LONGEST_RUN = LEASE / 2, timedelta(minutes=1)


@dataclass(frozen=True)
class Ready:
    """A leased delivery with what is to be handed over: a mail, or a few lines for the person's other address."""

    delivery: Delivery
    what: Mail | Note


def deliver(*, today: date, at: time, send: Send | None = None, longest: timedelta = LONGEST_RUN) -> int:
    """
    Hand over what waits, within the sending hours, and return how many left. One bad address holds nobody back.

    :param send: hands a mail over; without it the server in the settings does
    """
    sent, until = 0, clock.machine_now() + longest
    outbox.take_back(machine_now=clock.machine_now())
    db.session.commit()
    for organization in reminders.organizations():
        if not is_sending_time(today=today, at=at, calendar=calendars.working_days(organization.id)):
            continue
        while clock.machine_now() < until and (batch := _take(organization.id, today, at)):
            ready = _written(batch, today)
            with _sending(send) as hand_over:
                sent += sum(_hand_over(one, hand_over) for one in _in_time(ready))
    db.session.rollback()
    return sent


@contextmanager
def _sending(send: Send | None) -> Iterator[Send]:
    if send is not None:
        yield send
    else:
        with Post() as post:
            yield post.send


def _take(organization_id: int, today: date, at: time) -> list[Delivery]:
    """Lease the next deliveries for this process alone."""
    now = clock.machine_now()
    has_mail = bool(current_app.config["MAIL_SERVER"])  # without one mails wait; the administrator is told
    ids = deliveries.waiting(organization_id, today=today, at=at, machine_now=now, has_mail=has_mail, limit=BATCH)
    taken = outbox.lease_many(ids, machine_now=now) if ids else []
    db.session.commit()
    return taken


def _written(batch: list[Delivery], today: date) -> list[Ready]:
    """Write what is to be said as things stand now; what has nothing left to say is settled."""
    contents = digests.contents([delivery.message_id for delivery in batch], today=today)
    db.session.commit()  # nobody else waits while mails are written
    ready = []
    for delivery in batch:
        content = contents[delivery.message_id]
        if _has_no_use(delivery, content):
            outbox.drop(delivery)
            continue
        try:
            ready.append(Ready(delivery, _what(delivery, content, today)))
        except Exception as error:  # whatever one digest brings up must not hold the others back
            log.exception("delivery %s", delivery.id)
            _mark(delivery, Attempt(Outcome.FAILED, type(error).__name__, Problem.PROGRAM))
    db.session.flush()
    db.session.expunge_all()  # or the commit of every mail would make the session forget and read all of it anew
    db.session.commit()  # no lock is held while a slow server answers
    return ready


def _what(delivery: Delivery, content: digests.Content, today: date) -> Mail | Note:
    if delivery.channel == MAIL:
        return digest_mail.mail_of(content, header_id=delivery.header_id, today=today)
    return digest_mail.note_of(content, today=today)


def _has_no_use(delivery: Delivery, content: digests.Content) -> bool:
    """Return whether all of it was done since, a newer digest tells it, or the person is not told this way any more."""
    if content.is_superseded and not delivery.in_doubt:
        return True
    if content.is_empty or not content.is_here or not content.user.active:
        return True
    if delivery.channel == MAIL:
        return not content.user.email or not content.wants_mail
    return delivery.address is None or not delivery.address.is_on


def _in_time(ready: list[Ready]) -> Iterator[Ready]:
    """Go through a batch as long as its lease is safe, and give back what is left."""
    began = clock.machine_now()
    for number, one in enumerate(ready):
        if clock.machine_now() - began > LONGEST_BATCH:
            outbox.give_back([late.delivery.id for late in ready[number:]])
            db.session.commit()
            return
        yield one


def _hand_over(one: Ready, send: Send) -> int:
    try:
        attempt = send(one.what) if isinstance(one.what, Mail) else _push(one.delivery, one.what)
    except Exception as error:  # a channel that raises has not said what became of it
        log.exception("delivery %s", one.delivery.id)
        attempt = Attempt(Outcome.FAILED, type(error).__name__, Problem.PROGRAM, is_in_doubt=True)
    db.session.add(one.delivery)
    _mark(one.delivery, attempt)
    db.session.commit()
    return int(attempt.outcome == Outcome.SENT)


def _push(delivery: Delivery, note: Note) -> Attempt:
    """Hand a note over to the person's address; one that cannot be opened any more reaches nobody."""
    address = delivery.address
    where = channel_addresses.opened(address) if address else None
    if address is None or where is None:
        return Attempt(Outcome.REFUSED, "", Problem.ADDRESS)
    return messengers.send(address.kind, where, title=note.title, text=note.text, key=delivery.header_id)


def _mark(delivery: Delivery, attempt: Attempt) -> None:
    outbox.mark(delivery, attempt, machine_now=clock.machine_now(), chance=random.random())
    if attempt.error:
        log.warning("delivery %s: %s", delivery.id, attempt.error)
