"""Collect what is owed, then deliver it: each person and each delivery in a transaction of its own."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from flask import current_app, render_template
from flask_babel import force_locale, gettext
from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.channels.mail import Mail
from tracker.channels.mail import send as send_mail
from tracker.domain.deliveries import Attempt, Outcome
from tracker.domain.reminders import ASSIGNED, RETURNED
from tracker.domain.sending_hours import CLOSES, may_send
from tracker.extensions import db
from tracker.models import Delivery, Task, User
from tracker.queries import calendars, deliveries, reminders
from tracker.services import deliveries as outbox
from tracker.services import reminders as service

log = logging.getLogger(__name__)
Send: TypeAlias = Callable[[Mail], Attempt]


@dataclass(frozen=True)
class Digest:
    """What a person would be told, for a look ahead."""

    user: User
    owed: list[reminders.Owed]


def run(send: Send = send_mail) -> None:
    """Do what the moment asks for; running it again, or in two processes, sends nothing twice."""
    moment = clock.now()
    local = clock.local(moment)
    collect(today=local.date(), at=local.time(), now=moment)
    deliver(today=local.date(), at=local.time(), send=send)


def run_on(day: date, send: Send = send_mail) -> tuple[int, int]:
    """Collect and deliver as at the end of a day's sending hours; return how many were written and how many sent."""
    moment = datetime.combine(day, CLOSES, clock.BANGKOK)
    written = collect(today=day, at=CLOSES, now=moment)
    return written, deliver(today=day, at=CLOSES, send=send)


def preview(*, today: date) -> list[Digest]:
    """Return who would be told what on a day, without telling or keeping anything."""
    digests = []
    for organization in reminders.organizations():
        calendar = calendars.working_days(organization.id)
        if calendar.is_working_day(today):
            owed = reminders.owed(organization.id, today=today, calendar=calendar)
            digests += [
                Digest(user, items) for user, items in owed.items() if not reminders.has_digest(user.id, on=today)
            ]
    return digests


def collect(*, today: date, at: time, now: datetime) -> int:
    """Write the digests that are due at this local day and time, and return how many."""
    written = 0
    for organization in reminders.organizations():
        calendar = calendars.working_days(organization.id)
        if not may_send(today=today, at=at, calendar=calendar):
            continue
        for user, owed in reminders.owed(organization.id, today=today, calendar=calendar).items():
            written += _collect_one(user, owed, today, now)
    return written


def deliver(*, today: date, at: time, send: Send = send_mail) -> int:
    """Hand over what waits, within the sending hours, and return how many left. One bad address holds nobody back."""
    if not current_app.config["MAIL_SERVER"]:
        return 0  # messages wait; the administrator is told
    sent = 0
    for organization in reminders.organizations():
        if may_send(today=today, at=at, calendar=calendars.working_days(organization.id)):
            for delivery_id in deliveries.waiting(organization.id, machine_now=clock.machine_now()):
                sent += _deliver_one(delivery_id, today, send)
    db.session.rollback()
    return sent


def _collect_one(user: User, owed: list[reminders.Owed], today: date, now: datetime) -> int:
    user_id = user.id
    if reminders.has_digest(user_id, on=today):
        return 0
    try:
        service.collect(owed=owed, on=today, now=now, machine_now=clock.machine_now())
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # another process wrote it in the same moment
        return 0
    return 1


def _deliver_one(delivery_id: int, today: date, send: Send) -> int:
    delivery = outbox.lease(delivery_id, machine_now=clock.machine_now())
    db.session.commit()
    if delivery is None:
        return 0  # another process has it
    try:
        mail = _written(delivery, today)
        if mail is None:
            outbox.drop(delivery)
            db.session.commit()
            return 0
        db.session.rollback()  # no lock is held while a slow server answers
        attempt = send(mail)
    except Exception as error:  # whatever one delivery brings up must not hold the others back
        db.session.rollback()
        log.exception("delivery %s", delivery_id)
        attempt = Attempt(Outcome.FAILED, type(error).__name__)
    outbox.mark(delivery, attempt, machine_now=clock.machine_now(), chance=random.random())
    db.session.commit()
    if attempt.error:
        log.warning("delivery %s: %s", delivery.id, attempt.error)
    return int(attempt.outcome == Outcome.SENT)


def _written(delivery: Delivery, today: date) -> Mail | None:
    """Write the mail as things stand now; None when all of it was done since, or a newer one tells it."""
    user = delivery.message.user
    is_here = user.active and user.appointments_on(today)
    if not user.email or not is_here or reminders.is_superseded(delivery.message):
        return None
    untold = reminders.untold(delivery.message, today=today)
    if not untold:
        return None
    late = sum(one.task.is_overdue(today) for one in untold)
    with force_locale("th"):
        values = {
            "user": user,
            "sections": _sections(untold, today),
            "today": today,
            "base_url": current_app.config["SETTINGS"].base_url,
        }
        return Mail(
            to=user.email,
            subject=_subject(len(untold), late),
            text=render_template("emails/digest.txt", **values),
            html=render_template("emails/digest.html", **values),
            header_id=delivery.header_id,
        )


def _sections(untold: list[reminders.Untold], today: date) -> list[tuple[str, list[Task]]]:
    """Return the digest's sections with their headings; each task is told in one of them."""
    late = [one.task for one in untold if one.task.is_overdue(today)]
    rest = [one for one in untold if one.task not in late]
    returned = [one.task for one in rest if RETURNED in one.steps]
    given = [one.task for one in rest if ASSIGNED in one.steps and one.task not in returned]
    coming = [one.task for one in rest if one.task not in returned and one.task not in given]
    sections = [
        (gettext("Came back to you"), returned),
        (gettext("Overdue"), late),
        (gettext("Newly given to you"), given),
        (gettext("Coming up"), coming),
    ]
    return [(title, tasks) for title, tasks in sections if tasks]


def _subject(count: int, late: int) -> str:
    if late:
        return gettext("ITA measures: %(late)s overdue, %(coming)s coming up", late=late, coming=count - late)
    return gettext("ITA measures: %(count)s tasks coming up", count=count)
