"""The queue of what waits for a reviewer, and accepting several at once."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import Review
from tracker.extensions import db
from tracker.models import Plan
from tracker.queries import reviews as queries
from tracker.services import reviews
from tracker.web import access, undo
from tracker.web.filters import sentence
from tracker.web.forms.tasks import note_from
from tracker.web.labels import REVIEW
from tracker.web.loaders import plan_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("reviews", __name__)


@bp.get("/reviews")
@access.allowed(Act.REVIEW)
def index() -> str:
    queue = queries.queue(access.user().organization_id)
    return render_template(
        "reviews/index.html", queue=queue, me=access.user().id, is_all_ticked="ticked" in request.args
    )


@bp.post("/plans/<int:plan_id>/approvals")
@access.allowed(Act.REVIEW)
def accept_many(plan_id: int) -> Any:
    plan = plan_or_404(plan_id)
    chosen = set(request.form.getlist("task", type=int))
    if len(chosen) > queries.MOST:
        abort(400)  # no page offers as many
    if not chosen:
        flash(gettext("Tick the tasks that you accept first."), "warning")
        return redirect(url_for("reviews.index"))
    done = reviews.accept_many(plan=plan, task_ids=chosen, by=access.actor(Act.REVIEW), now=clock.now())
    if done.tasks:
        undo.offer(plan, events=len(done.tasks))
        flash(
            ngettext("%(num)d task is accepted as done.", "%(num)d tasks are accepted as done.", len(done.tasks)),
            "success",
        )
    for task, reason in done.refused:
        flash(f"{task.measure.title} · {task.division.name}: {sentence(reason)}", "warning")
    return redirect(url_for("reviews.index"))


@bp.get("/plans/<int:plan_id>/review")
@access.allowed(Act.EDIT_PLAN)
def edit(plan_id: int) -> str:
    return _setting_page(plan_or_404(plan_id))


@bp.post("/plans/<int:plan_id>/review")
@access.allowed(Act.EDIT_PLAN)
def update(plan_id: int) -> Any:
    plan = plan_or_404(plan_id)
    written, reason = request.form.get("review", ""), note_from(request.form)
    if written not in set(Review):
        abort(400)
    try:
        reviews.set_review(
            plan=plan, review=Review(written), by=access.actor(Act.EDIT_PLAN), now=clock.now(), note=reason
        )
    except Refusal as refusal:
        db.session.rollback()
        return _setting_page(plan_or_404(plan_id), written, problem_of(refusal)), 422
    flash(gettext("Saved: who reviews what the divisions hand in."), "success")
    return redirect(url_for("measures.index", year=plan.fiscal_year))


def _setting_page(plan: Plan, chosen: str = "", problem: Problem | None = None) -> str:
    return render_template(
        "reviews/edit.html", plan=plan, choices=REVIEW, chosen=chosen or plan.review, problem=problem
    )
