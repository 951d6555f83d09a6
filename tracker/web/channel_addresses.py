"""A person's channels beside e-mail: entered, tried and taken out by an administrator."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext, lazy_gettext
from werkzeug import Response

from tracker import clock
from tracker.channels import messengers
from tracker.domain.channels import ChannelKind
from tracker.domain.deliveries import Attempt, Outcome, Problem
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import User
from tracker.queries import channel_addresses as queries
from tracker.services import channel_addresses
from tracker.web import access, transactions
from tracker.web.forms.channel_addresses import FORMS, form_for
from tracker.web.loaders import channel_address_or_404, user_or_404
from tracker.web.problems import Problem as Trouble
from tracker.web.problems import problem_of
from tracker.web.throttles import by_person, limited

bp = Blueprint("channel_addresses", __name__, url_prefix="/admin/people/<int:user_id>/channels")

TRIALS = "20 per 5 minutes"  # each holds up one of the few threads that answer, and reaches somebody outside

# What stood in the way of a message that an administrator tried, and what to do about it.
WHY = {
    Problem.ADDRESS: lazy_gettext("There is nobody at this address. Take it out and enter the right one."),
    Problem.FULL: lazy_gettext("The receiver takes no more messages at present."),
    Problem.REFUSED: lazy_gettext("The service refuses the message. See whether the receiver's id is right."),
    Problem.BUSY: lazy_gettext("The service is busy. Try again in a few minutes."),
    Problem.SIGN_IN: lazy_gettext("The service does not accept the token, or the receiver has not let the account in."),
    Problem.UNREACHABLE: lazy_gettext("The service cannot be reached from here. See whether this machine is online."),
    Problem.SLOW: lazy_gettext("The service did not answer in time. Try again."),
    Problem.PROGRAM: lazy_gettext("The program itself failed. Its log says where."),
}


@bp.get("")
@access.allowed(Act.ADMINISTER)
def index(user_id: int) -> str:
    return _page(user_or_404(user_id), _kind(request.args.get("kind", "")))


@bp.post("")
@access.allowed(Act.ADMINISTER)
def add(user_id: int) -> Any:
    user, kind = user_or_404(user_id), _kind(request.form.get("kind", ""))
    form = form_for(kind)
    if not form.validate_on_submit():
        return _page(user, kind, form), 422
    try:
        row = channel_addresses.add(
            user=user,
            kind=kind,
            label=form.named(),
            address=form.address(),
            by=access.actor(Act.ADMINISTER),
            now=clock.now(),
        )
    except Refusal as refusal:
        db.session.rollback()
        return _page(user_or_404(user_id), kind, form, problem=problem_of(refusal, "")), 422
    flash(gettext("“%(label)s” is added. Send a test message to see that it arrives.", label=row.label), "success")
    return redirect(url_for("channel_addresses.index", user_id=user_id))


@bp.post("/<int:address_id>/test-message")
@access.allowed(Act.ADMINISTER)
@limited(by_person, TRIALS)
def test(user_id: int, address_id: int) -> Response:
    row = channel_address_or_404(user_id, address_id)
    kind, label, address = row.kind, row.label, channel_addresses.opened(row)
    transactions.let_go()  # nobody waits for the database while a slow service answers
    if address is None:
        flash(
            gettext("“%(label)s” was sealed by another installation. Take it out and enter it again.", label=label),
            "danger",
        )
    else:
        with force_locale("th"):  # as every message
            title = gettext("Test message of the ITA measure tracker")
            text = gettext("If you read this, the channel “%(label)s” works. Reminders will come here.", label=label)
        key = f"test:{address_id}:{clock.machine_now().isoformat()}"
        _tell(label, messengers.send(kind, address, title=title, text=text, key=key))
    return redirect(url_for("channel_addresses.index", user_id=user_id))


@bp.post("/<int:address_id>/removal")
@access.allowed(Act.ADMINISTER)
def remove(user_id: int, address_id: int) -> Response:
    row = channel_address_or_404(user_id, address_id)
    label = row.label
    channel_addresses.remove(address=row, by=access.actor(Act.ADMINISTER), now=clock.now())
    flash(gettext("“%(label)s” is removed: nothing is sent there any more.", label=label), "success")
    return redirect(url_for("channel_addresses.index", user_id=user_id))


def _tell(label: str, attempt: Attempt) -> None:
    if attempt.outcome == Outcome.SENT:
        flash(
            gettext("The service took the test message for “%(label)s”. See that it arrived.", label=label), "success"
        )
        return
    why = WHY[attempt.problem or Problem.PROGRAM]
    words = gettext("The test message for “%(label)s” was not sent. %(why)s", label=label, why=why)
    flash(f"{words} ({attempt.error})" if attempt.error else words, "danger")


def _kind(written: str) -> ChannelKind:
    """Return the kind that an address or form names, LINE where it names none."""
    return ChannelKind(written) if written in set(ChannelKind) else ChannelKind.LINE


def _page(user: User, kind: ChannelKind, form: Any = None, problem: Trouble | None = None) -> str:
    return render_template(
        "channel_addresses/index.html",
        user=user,
        addresses=queries.of_user(user.id),
        kinds=list(FORMS),
        kind=kind,
        form=form or form_for(kind),
        problem=problem,
    )
