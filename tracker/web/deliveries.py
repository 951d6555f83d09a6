"""For the administrator: what became of mails and why, sending them again, trying the mail server out."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext, ngettext

from tracker import clock
from tracker.channels.mail import Mail, Post
from tracker.domain.calendar import start_of
from tracker.domain.deliveries import BETWEEN_TICKS, Attempt, DeliveryState, Outcome
from tracker.domain.permissions import Act
from tracker.domain.sentences import N_, Refusal
from tracker.models import Delivery, Letter
from tracker.queries import outbox
from tracker.services import deliveries, people, tokens
from tracker.web import access, transactions
from tracker.web.addresses import before_from
from tracker.web.problems import Problem as Trouble
from tracker.web.problems import problem_of
from tracker.web.throttles import by_person, limited

bp = Blueprint("deliveries", __name__, url_prefix="/admin")

TRIALS = "5 per 5 minutes"
PATIENCE = 20.0  # seconds: somebody waits before the screen


class CannotTry(Refusal):
    """There is no server to ask, or nowhere to send to."""


@bp.get("/deliveries")
@access.allowed(Act.ADMINISTER)
def index() -> str:
    return _page(Delivery)


@bp.get("/letters")
@access.allowed(Act.ADMINISTER)
def letters() -> str:
    return _page(Letter)


@bp.post("/deliveries/<int:delivery_id>/attempts")
@access.allowed(Act.ADMINISTER)
def again(delivery_id: int) -> Any:
    found = outbox.delivery(delivery_id, organization_id=access.user().organization_id)
    return _again(found or abort(404), "deliveries.index")


@bp.post("/letters/<int:letter_id>/attempts")
@access.allowed(Act.ADMINISTER)
def letter_again(letter_id: int) -> Any:
    found = outbox.letter(letter_id, organization_id=access.user().organization_id)
    return _again(found or abort(404), "deliveries.letters")


@bp.post("/deliveries/attempts")
@access.allowed(Act.ADMINISTER)
def all_again() -> Any:
    return _all_again(Delivery, "deliveries.index")


@bp.post("/letters/attempts")
@access.allowed(Act.ADMINISTER)
def all_letters_again() -> Any:
    return _all_again(Letter, "deliveries.letters")


@bp.post("/deliveries/trials")
@access.allowed(Act.ADMINISTER)
@limited(by_person, TRIALS)
def try_out() -> Any:
    """Send a mail that says it is a trial, and tell at once what came of it. Nothing of it is kept."""
    try:
        if not current_app.config["MAIL_SERVER"]:
            raise CannotTry(N_("No mail server is set, so no mail can leave."))
        address = people.read_address(request.form.get("email", ""))
        if not address:
            raise CannotTry(N_("Write the e-mail address to which the trial goes."))
    except Refusal as refusal:
        return _page(Delivery, problem=problem_of(refusal, "")), 422
    transactions.let_go()  # nobody waits for the database while a mail server takes its time
    with Post(patience=PATIENCE) as post:
        attempt = post.send(_trial(address))
    if attempt.outcome != Outcome.SENT:
        return _page(Delivery, failed=attempt)
    words = gettext("The mail server has taken the trial to %(email)s. Look whether it arrives.", email=address)
    flash(words, "success")
    return redirect(url_for("deliveries.index"))


def _again(delivery: Delivery | Letter, endpoint: str) -> Any:
    deliveries.send_again(
        delivery=delivery, by=access.actor(Act.ADMINISTER), now=clock.now(), machine_now=clock.machine_now()
    )
    user = delivery.user if isinstance(delivery, Letter) else delivery.message.user
    flash(gettext("The mail to %(name)s is in line again.", name=user.name), "success")
    return redirect(url_for(endpoint))


def _all_again(kind: type[Delivery] | type[Letter], endpoint: str) -> Any:
    count = deliveries.send_failed_again(
        kind,
        organization_id=access.user().organization_id,
        by=access.actor(Act.ADMINISTER),
        now=clock.now(),
        machine_now=clock.machine_now(),
    )
    flash(ngettext("%(num)d mail is in line again.", "%(num)d mails are in line again.", count), "success")
    return redirect(url_for(endpoint))


def _page(kind: type[Delivery] | type[Letter], problem: Trouble | None = None, failed: Attempt | None = None) -> str:
    organization_id, machine_now = access.user().organization_id, clock.machine_now()
    state, before = _state(), before_from(request.args)
    counts = outbox.counts(organization_id, since=start_of(clock.local(machine_now).date()))
    rows, older = outbox.listed(kind, organization_id, state=state, before=before)
    scheduler = outbox.scheduler()
    return render_template(
        "deliveries/index.html",
        is_letters=kind is Letter,
        here_at="deliveries.letters" if kind is Letter else "deliveries.index",
        counts=counts,
        state=state,
        rows=rows,
        older=older,
        is_first=before is None,
        now=machine_now,
        scheduler=scheduler,
        next_tick=scheduler.last_tick_at + BETWEEN_TICKS if scheduler and scheduler.last_tick_at else None,
        settings=current_app.config["SETTINGS"],
        mail_server=current_app.config["MAIL_SERVER"],
        channel=outbox.mail_standing(),
        problem=problem,
        failed=failed,
        typed=request.form.get("email", access.user().email or ""),
    )


def _state() -> DeliveryState | None:
    written = request.args.get("state", "")
    return DeliveryState(written) if written in set(DeliveryState) else None


def _trial(address: str) -> Mail:
    with force_locale("th"):
        return Mail(
            to=address,
            subject=gettext("ITA measures: a trial of sending mail"),
            text=render_template("emails/trial.txt"),
            html=render_template("emails/trial.html"),
            header_id=f"<trial.{tokens.new_token()}@ita-tracker>",
        )
