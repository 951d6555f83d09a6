"""Saving what came of a task, and with the same button handing it in."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.queries import tasks as queries
from tracker.services import task_reports, tasks
from tracker.services.task_reports import SavedSince
from tracker.web import access, evidence, undo
from tracker.web.forms.task_reports import TaskReportForm, Ticks
from tracker.web.loaders import held_task_or_404, task_or_404
from tracker.web.moves import MOVES, is_repeat
from tracker.web.problems import problem_of
from tracker.web.task_page import Attempt, task_page

bp = Blueprint("task_reports", __name__, url_prefix="/tasks")


@bp.post("/<int:task_id>/report")
@access.signed_in
def save(task_id: int) -> Any:
    """Save the report; with the button that says so, hand it in as well. Either both are done or neither."""
    if "enter" in request.form and request.form.get("url", "").strip():
        return evidence.add(task_id)  # the key was pressed in the field of a link
    task = held_task_or_404(task_id)
    by, now = access.actor(Act.REPORT, task.division_id), clock.now()
    is_handed_in = request.form.get("move") == "submit"
    form, ticks = TaskReportForm(), Ticks.sent(queries.checklist(task))
    if not form.validate_on_submit():
        return _refused(task_id, Attempt(form=form, ticks=ticks))
    try:
        has_changed = task_reports.save(
            task=task, text=form.text(), basis=form.basis_number(), by=by, now=now, **vars(ticks)
        )
        if is_handed_in:
            tasks.submit(task=task, by=by, now=now, today=clock.today())
    except Refusal as refusal:
        if (
            is_handed_in
            and is_repeat(MOVES["submit"], task)
            and task_reports.is_saved(task, form.text(), **vars(ticks))
        ):
            return redirect(url_for("tasks.show", task_id=task.id))
        is_overtaken = isinstance(refusal, SavedSince)
        return _refused(task_id, Attempt(problem_of(refusal), form=form, ticks=ticks, is_overtaken=is_overtaken))
    if is_handed_in:
        undo.offer(task.plan)
        flash(MOVES["submit"].done_of(task), "success")
    else:
        flash(gettext("The report is saved.") if has_changed else gettext("There was nothing new to save."), "success")
    return redirect(url_for("tasks.show", task_id=task.id, saved=1))  # the browser drops its draft


def _refused(task_id: int, attempt: Attempt) -> tuple[str, int]:
    db.session.rollback()
    return task_page(task_or_404(task_id), attempt), 422
