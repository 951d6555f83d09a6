"""Answer who forgot a password, send letters about accounts at any hour, sweep away what has run out."""

import logging
import random
from dataclasses import dataclass, replace

from flask import current_app, render_template
from flask_babel import force_locale, gettext
from sqlalchemy import delete, select

from tracker import clock
from tracker.channels.mail import Mail, Post
from tracker.domain.deliveries import Attempt, Outcome, Problem
from tracker.domain.sign_in import LetterKind
from tracker.extensions import db
from tracker.jobs.delivering import Send
from tracker.models import Letter, OneTimeKey, ResetRequest, UserSession
from tracker.queries import accounts
from tracker.services import deliveries as outbox
from tracker.services import letters as service
from tracker.services import one_time_keys, tokens

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """What a letter says: why it comes, what to do, and what if it was not expected."""

    subject: str
    why: str
    what_now: str
    if_not_you: str


def run(send: Send | None = None) -> None:
    """Do what the moment asks for; running it again, or in two processes, sends nothing twice."""
    answer_requests()
    with Post() as post:
        deliver(post.send if send is None else send)
    sweep()


def answer_requests() -> None:
    """Write the letters to those who forgot their password, each in a transaction of its own."""
    for request_id in db.session.scalars(select(ResetRequest.id).order_by(ResetRequest.id)).all():
        try:
            request = db.session.get(ResetRequest, request_id, with_for_update={"skip_locked": True})
            if request is not None:
                one_time_keys.answer(request=request, now=clock.now(), machine_now=clock.machine_now())
            db.session.commit()
        except Exception:  # whatever one request brings up must not hold the others back
            db.session.rollback()
            log.exception("reset request %s", request_id)
    db.session.rollback()


def deliver(send: Send) -> int:
    """Hand over the letters that wait, and return how many left. One bad address holds nobody back."""
    if not current_app.config["MAIL_SERVER"]:
        return 0  # letters wait; the administrator is told
    sent = 0
    for letter_id in accounts.waiting_letters(machine_now=clock.machine_now()):
        sent += _deliver_one(letter_id, send)
    db.session.rollback()
    return sent


def sweep() -> None:
    """Delete sessions, links and codes whose time is over; none of them opened anything any more."""
    machine_now = clock.machine_now()
    for kind in (UserSession, OneTimeKey):
        db.session.execute(delete(kind).where(kind.expires_at <= machine_now))
    service.drop_late(machine_now=machine_now)
    db.session.commit()


def _deliver_one(letter_id: int, send: Send) -> int:
    letter = outbox.lease_letter(letter_id, machine_now=clock.machine_now())
    db.session.commit()
    if letter is None:
        return 0  # another process has it
    try:
        mail = _written(letter)
        if mail is None:
            outbox.drop(letter)
            db.session.commit()
            return 0
        token = tokens.unseal(letter.sealed or "")
        db.session.rollback()  # no lock is held while a slow server answers
        attempt = _without(token, send(mail))
    except Exception as error:  # whatever one letter brings up must not hold the others back
        db.session.rollback()
        # Without its text: a letter carries what opens an account.
        log.error("letter %s: %s", letter_id, type(error).__name__)
        attempt = Attempt(Outcome.FAILED, type(error).__name__, Problem.PROGRAM)
    outbox.mark(letter, attempt, machine_now=clock.machine_now(), chance=random.random())
    db.session.commit()
    if attempt.error:
        log.warning("letter %s: %s", letter.id, attempt.error)
    return int(attempt.outcome == Outcome.SENT)


def _without(token: str | None, attempt: Attempt) -> Attempt:
    """Return what a server answered without the secret, should it repeat what it was sent."""
    return replace(attempt, error=attempt.error.replace(token, "…")) if token else attempt


def _written(letter: Letter) -> Mail | None:
    """Write the mail; None when there is no use in it any more."""
    user = letter.user
    is_late = letter.useless_at is not None and letter.useless_at <= clock.machine_now()
    token = tokens.unseal(letter.sealed) if letter.sealed else None
    if not user.email or not user.active or is_late or (letter.useless_at and not token):
        return None
    with force_locale("th"):
        words = _words(letter.kind)
        values = {
            "user": user,
            "words": words,
            "moment": letter.created_at,
            "base_url": current_app.config["SETTINGS"].base_url,
            "token": token,
        }
        return Mail(
            to=user.email,
            subject=words.subject,
            text=render_template("emails/letter.txt", **values),
            html=render_template("emails/letter.html", **values),
            header_id=letter.header_id,
        )


def _words(kind: LetterKind) -> Words:
    ask = gettext("If this was not you, tell the administrator of the system at once.")
    match kind:
        case LetterKind.INVITATION:
            return Words(
                gettext("ITA measures: your account is ready"),
                gettext("The administrator has opened an account for you."),
                gettext("Open the link and choose a password. It can be used once, within 7 days."),
                gettext("If you do not work with this system, leave this message alone."),
            )
        case LetterKind.RESET:
            return Words(
                gettext("ITA measures: choose a new password"),
                gettext("Somebody, probably you, wrote that the password of your account is forgotten."),
                gettext("Open the link and choose a new password. It can be used once, within one hour."),
                gettext("If this was not you, do nothing: your password stays as it is."),
            )
        case LetterKind.PASSWORD_CHANGED:
            return Words(
                gettext("ITA measures: your password was changed"),
                gettext("The password of your account was changed, and it was signed out everywhere else."),
                gettext("If you changed it yourself, there is nothing to do."),
                ask,
            )
        case LetterKind.SECOND_FACTOR_ENDED:
            return Words(
                gettext("ITA measures: signing in with two steps was turned off"),
                gettext("Your account asks for the password only from now on."),
                gettext("You can turn it on again on the page “My account”."),
                ask,
            )
