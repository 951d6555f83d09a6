"""The work of the divisions: what is mine, one task and its life."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import N_, Refusal
from tracker.domain.statuses import CannotMove
from tracker.extensions import db
from tracker.queries import tasks as queries
from tracker.web import access, undo
from tracker.web.addresses import back_to
from tracker.web.filters import sentence
from tracker.web.forms.tasks import NOTE_LENGTH, note_from
from tracker.web.loaders import held_task_or_404, task_or_404
from tracker.web.moves import MOVES, actor_of, is_repeat
from tracker.web.task_page import Attempt, task_page

bp = Blueprint("tasks", __name__)


@bp.get("/")
@access.signed_in
def mine() -> str:
    divisions = access.divisions()
    work = queries.work_of([division.id for division in divisions], today=clock.today()) if divisions else None
    reviews = queries.waiting_for_review(access.user().organization_id) if access.may_here(Act.REVIEW) else None
    return render_template("tasks/mine.html", divisions=divisions, work=work, reviews=reviews)


@bp.get("/tasks/<int:task_id>")
@access.signed_in
def show(task_id: int) -> str:
    return task_page(task_or_404(task_id))


@bp.post("/tasks/<int:task_id>/status")
@access.signed_in
def move(task_id: int) -> Any:
    """Move a task on: from its own page, or with one tap from a list, which then is where the answer leads."""
    task = held_task_or_404(task_id)
    name = request.form.get("move", "")
    chosen = MOVES.get(name) or abort(400)
    actor = actor_of(chosen, task) or abort(403)
    note, before = note_from(request.form), task.plan.last_seq
    dated = {"today": clock.today()} if chosen.is_dated else {}
    try:
        if len(note) > NOTE_LENGTH:
            raise Refusal(N_("Write at most %(count)s characters."), count=NOTE_LENGTH)
        if task.status not in chosen.statuses:
            raise CannotMove(task.status, task.status)
        chosen.verb(task=task, by=actor, now=clock.now(), note=note, **dated)
    except Refusal as refusal:
        if not is_repeat(chosen, task):
            db.session.rollback()
            return task_page(task_or_404(task_id), Attempt(sentence(refusal.sentence), note=note, move=name)), 422
    else:
        if task.plan.last_seq > before:  # saying what is so already records nothing
            undo.offer(task.plan)
    flash(chosen.done_of(task), "success")
    return redirect(back_to(request.form.get("next") or url_for("tasks.show", task_id=task.id)))
