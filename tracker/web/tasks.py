"""The work of the divisions: what is mine, one task and its life."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import N_, Refusal
from tracker.domain.statuses import OPEN
from tracker.extensions import db
from tracker.models import Task
from tracker.queries import tasks as queries
from tracker.services import tasks
from tracker.web import access
from tracker.web.filters import sentence
from tracker.web.forms.tasks import NOTE_LENGTH, note_from
from tracker.web.loaders import task_or_404
from tracker.web.moves import MOVES, actor_of, offered

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
    return _page(task_or_404(task_id))


@bp.post("/tasks/<int:task_id>/status")
@access.signed_in
def move(task_id: int) -> Any:
    task = task_or_404(task_id)
    name = request.form.get("move", "")
    if name not in MOVES:
        abort(400)
    chosen = MOVES[name]
    actor = actor_of(chosen, task) or abort(403)
    note = note_from(request.form)
    dated = {"today": clock.today()} if chosen.is_dated else {}
    try:
        if len(note) > NOTE_LENGTH:
            raise Refusal(N_("Write at most %(count)s characters."), count=NOTE_LENGTH)
        chosen.verb(task=task, by=actor, now=clock.now(), note=note, **dated)
    except Refusal as refusal:
        return _refused(task_id, refusal, note=note)
    flash(chosen.done, "success")
    return redirect(url_for("tasks.show", task_id=task.id))


@bp.post("/tasks/<int:task_id>/steps")
@access.signed_in
def tick(task_id: int) -> Any:
    task = task_or_404(task_id)
    actor = access.actor(Act.REPORT, task.division_id)
    steps = queries.checklist(task)
    # Only what this person changed counts: somebody else may have ticked a step since the page was opened.
    shown, wanted = (set(request.form.getlist(name, type=int)) for name in ("shown", "step"))
    ticked = [step for step in steps if step.id in wanted - shown]
    unticked = [step for step in steps if step.id in shown - wanted]
    try:
        tasks.tick_steps(task=task, ticked=ticked, unticked=unticked, by=actor, now=clock.now())
    except Refusal as refusal:
        return _refused(task_id, refusal)
    flash(gettext("The steps are saved."), "success")
    return redirect(url_for("tasks.show", task_id=task.id))


def _refused(task_id: int, refusal: Refusal, note: str = "") -> tuple[str, int]:
    """Show the task as it truly stands, with the reason beside what the person typed."""
    db.session.rollback()
    return _page(task_or_404(task_id), problem=sentence(refusal.sentence), note=note), 422


def _page(task: Task, problem: str = "", note: str = "") -> str:
    return render_template(
        "tasks/show.html",
        task=task,
        steps=queries.checklist(task),
        ticked=queries.ticked_step_ids(task),
        may_tick=task.status in OPEN and access.acting_as(Act.REPORT, task.division_id) is not None,
        moves=offered(task),
        events=queries.history(task),
        problem=problem,
        note=note,
        note_length=NOTE_LENGTH,
    )
