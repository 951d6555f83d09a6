"""Taking back what one has just done: the button beside the sentence that says it is done."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, abort, flash, redirect, request, session
from flask_babel import gettext, ngettext

from tracker import clock
from tracker.domain.history import EventKind
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.models import Appointment, Plan
from tracker.queries import histories
from tracker.services import undo
from tracker.web import access
from tracker.web.addresses import GREATEST_ID, back_to
from tracker.web.filters import sentence
from tracker.web.loaders import plan_or_404
from tracker.web.moves import MOVES

bp = Blueprint("undo", __name__, url_prefix="/plans")

KEY = "undo"
# What one must be allowed to do, to take a deed of this kind back.
ACT_OF = {move.kind: move.act for move in MOVES.values()} | {
    EventKind.DUE_MOVED: Act.EDIT_PLAN,
    EventKind.ASSIGNED: Act.EDIT_PLAN,
}


@dataclass(frozen=True)
class Offer:
    """The events (seq, both inclusive) of a plan that one act of this person was."""

    plan_id: int
    first: int
    last: int


def offer(plan: Plan, *, events: int = 1) -> None:
    """Offer on the next page to take back the last so many events, which this request has just recorded."""
    session[KEY] = [plan.id, plan.last_seq - events + 1, plan.last_seq]


def offered() -> Offer | None:
    """Return what may be taken back, once: the page after the next one no longer offers it."""
    known = session.pop(KEY, None)
    return Offer(*known) if known else None


@bp.post("/<int:plan_id>/undo")
@access.signed_in
def take_back(plan_id: int) -> Any:
    plan = plan_or_404(plan_id)
    first, last = (request.form.get(name, default=0, type=int) for name in ("first", "last"))
    if not 0 < first <= last <= GREATEST_ID:
        abort(400)
    try:
        undone = undo.take_back(plan=plan, first=first, last=last, by=_actor(plan, first), now=clock.now())
    except Refusal as refusal:
        flash(sentence(refusal.sentence), "warning")
        return redirect(back_to(request.form.get("next", "")))
    flash(_told(undone), "success")
    return redirect(back_to(request.form.get("next", "")))


def _actor(plan: Plan, seq: int) -> Appointment:
    """Return the appointment in which the person did it and still may; anything else is not theirs to take back."""
    deed = histories.deed(plan.id, seq=seq) or abort(403)
    act = ACT_OF.get(deed.kind) or abort(403)
    return access.still_acting_as(act, deed.appointment_id, deed.division_id) or abort(403)


def _told(undone: undo.Undone) -> str:
    if undone.count == 1 and not undone.moved_on:
        return gettext("Taken back. The task is as it was before.")
    done = ngettext("%(num)d task is as it was before.", "%(num)d tasks are as they were before.", undone.count)
    if not undone.moved_on:
        return done
    stay = ngettext(
        "%(num)d task has been worked on since and stays.",
        "%(num)d tasks have been worked on since and stay.",
        undone.moved_on,
    )
    return f"{done} {stay}"


def register(app: Flask) -> None:
    """Let every page offer it."""
    app.jinja_env.globals.update(undo_offered=offered)
