"""The work of the divisions: what is mine, one task and its life."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import CannotMove, ReasonNeeded, Status
from tracker.extensions import db
from tracker.models import Task
from tracker.queries import link_keepers, reviews
from tracker.queries import tasks as queries
from tracker.web import access, undo
from tracker.web.addresses import back_to
from tracker.web.forms.tasks import NoteTooLong, check_note, note_from
from tracker.web.loaders import held_task_or_404, task_or_404
from tracker.web.moves import MOVES, QUICK, actor_of, is_repeat
from tracker.web.problems import problem_of
from tracker.web.task_page import Attempt, task_page

bp = Blueprint("tasks", __name__)

REVIEWED = frozenset({"accept", "return"})


@bp.get("/")
@access.signed_in
def mine() -> str:
    divisions = access.divisions()
    work = queries.work_of([division.id for division in divisions], today=clock.today()) if divisions else None
    waiting = queries.waiting_for_review(access.user().organization_id) if access.may_here(Act.REVIEW) else None
    posts = [appointment.position for appointment in access.appointments()]
    broken = link_keepers.broken_kept_in(access.user().organization_id, posts, today=clock.today())
    return render_template("tasks/mine.html", divisions=divisions, work=work, reviews=waiting, broken=broken)


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
    note, before, leads_to = note_from(request.form), task.plan.last_seq, _leads_to(name, task)
    dated = {"today": clock.today()} if chosen.is_dated else {}
    try:
        check_note(note)
        if task.status not in chosen.statuses:
            raise CannotMove(task.status, task.status)
        chosen.verb(task=task, by=actor, now=clock.now(), note=note, **dated)
    except Refusal as refusal:
        if not is_repeat(chosen, task):
            db.session.rollback()
            task = task_or_404(task_id)
            return task_page(task, _attempt(refusal, task, note, name)), 422
    else:
        if task.plan.last_seq > before:  # saying what is so already records nothing
            undo.offer(task.plan)
    flash(chosen.done_of(task), "success")
    if leads_to == url_for("reviews.index"):
        flash(gettext("Nothing else waits for your review."), "info")
    return redirect(leads_to)


def _leads_to(name: str, task: Task) -> str:
    """Return where a move leads: a reviewer on to the next of the queue, everybody else back to where they were."""
    if name in REVIEWED and task.status == Status.SUBMITTED:
        following = reviews.following(task, user_id=access.user().id)
        return url_for("tasks.show", task_id=following) if following else url_for("reviews.index")
    return back_to(request.form.get("next") or url_for("tasks.show", task_id=task.id))


def _attempt(refusal: Refusal, task: Task, note: str, name: str) -> Attempt:
    at = None
    if name in QUICK and isinstance(refusal, NoteTooLong | ReasonNeeded):
        at = "" if task.blocked_reason else f"obstacle-{task.id}"  # their only field for words
    return Attempt(problem_of(refusal, at), note=note, move=name)
