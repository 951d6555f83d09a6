"""Which evidence the public sees: one piece beside its task, many on a page of their own, and the previews."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.models import Plan
from tracker.queries import windows as queries
from tracker.services import public_evidence
from tracker.web import access
from tracker.web.addresses import GREATEST_ID, page_from
from tracker.web.loaders import evidence_or_404, plan_or_404

bp = Blueprint("public_evidence", __name__)

MOST_CHOSEN = queries.MOST_EVIDENCE
MARKED = {"": None, "public": True, "not_public": False}


@bp.get("/windows/<int:plan_id>/evidence")
@access.allowed(Act.PUBLISH)
def index(plan_id: int) -> str:
    """Everything that stands on the plan's tasks, to be shown to the public or not."""
    plan = plan_or_404(plan_id)
    page, marked = page_from(request.args), request.args.get("marked", "")
    if marked not in MARKED:
        abort(404)
    public, everything = queries.count_evidence(plan.id)
    count = {"": everything, "public": public, "not_public": everything - public}[marked]
    return render_template(
        "windows/evidence.html",
        plan=plan,
        rows=queries.evidence(plan.id, page=page, is_public=MARKED[marked]),
        page=page,
        page_count=-(-count // queries.MOST_EVIDENCE),
        marked=marked,
        counts=(public, everything),
    )


@bp.post("/windows/<int:plan_id>/evidence")
@access.allowed(Act.PUBLISH)
def change_many(plan_id: int) -> Any:
    """Show what was ticked to the public, or no longer."""
    plan = plan_or_404(plan_id)
    _change(plan, _ids(request.form.getlist("evidence")))
    back: dict[str, Any] = {name: request.form[name] for name in ("page", "marked") if request.form.get(name)}
    return redirect(url_for("public_evidence.index", plan_id=plan_id, **back))


@bp.post("/evidence/<int:evidence_id>/publicity")
@access.allowed(Act.PUBLISH)
def change_one(evidence_id: int) -> Any:
    """Show one piece of evidence to the public, or no longer."""
    row = evidence_or_404(evidence_id)
    task_id = row.task_id
    _change(row.task.plan, [row.id])
    return redirect(url_for("tasks.show", task_id=task_id, _anchor="evidence"))


def _change(plan: Plan, ids: list[int]) -> None:
    """Do what the button says, and tell what came of it."""
    by, now = access.actor(Act.PUBLISH), clock.now()
    if request.form.get("public") == "1":
        count = public_evidence.show(plan=plan, ids=ids, by=by, now=now)
        done = ngettext("%(num)d piece is public now.", "%(num)d pieces are public now.", count)
    else:
        count = public_evidence.hide(plan=plan, ids=ids, by=by, now=now)
        done = ngettext("%(num)d piece is public no longer.", "%(num)d pieces are public no longer.", count)
    if count:
        flash(done, "success")
    else:
        flash(gettext("Nothing was changed: choose evidence that stands and is not so already."), "warning")


def _ids(written: list[str]) -> list[int]:
    numbers = (one for one in written if one.isascii() and one.isdecimal() and len(one) <= len(str(GREATEST_ID)))
    return [number for one in numbers if (number := int(one)) <= GREATEST_ID][:MOST_CHOSEN]
