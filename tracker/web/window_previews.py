"""The public pages as they would be, for the clerk and executives: marked, and kept by no cache."""

from typing import Any

from flask import Blueprint, abort, redirect, url_for

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.public_plans import PublicPlan
from tracker.queries import public_plans
from tracker.queries import windows as queries
from tracker.web import access, public_pages
from tracker.web.loaders import plan_or_404
from tracker.web.public_pages import Places

bp = Blueprint("window_previews", __name__, url_prefix="/windows")


@bp.get("/<int:plan_id>/preview")
@access.allowed(Act.PREVIEW_WINDOW)
def plan(plan_id: int) -> str:
    shown = _shown(plan_id)
    return public_pages.plan(shown, Places(shown, is_preview=True))


@bp.get("/<int:plan_id>/preview/measures/<int:measure_id>")
@access.allowed(Act.PREVIEW_WINDOW)
def measure(plan_id: int, measure_id: int) -> str:
    shown = _shown(plan_id)
    return public_pages.measure(shown, shown.measure(measure_id) or abort(404), Places(shown, is_preview=True))


@bp.get("/<int:plan_id>/preview/evidence/<key>")
@access.allowed(Act.PREVIEW_WINDOW)
def evidence(plan_id: int, key: str) -> Any:
    """Lead to the file where those who work here open it, which is recorded."""
    row = public_plans.evidence_of(plan_or_404(plan_id).id, key) or abort(404)
    return redirect(url_for("evidence.file", evidence_id=row.id))


def _shown(plan_id: int) -> PublicPlan:
    found = plan_or_404(plan_id)
    return public_plans.read(found, queries.of_plan(found), day=clock.today())
