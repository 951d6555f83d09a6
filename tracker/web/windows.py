"""The clerk's side of the public pages: what will be seen, opening and closing, the name in their addresses."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.history import digest
from tracker.domain.permissions import Act
from tracker.domain.public_names import proposed
from tracker.domain.publication import Check
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Plan
from tracker.queries import public_plans, publication
from tracker.queries import windows as queries
from tracker.services import windows
from tracker.services.windows import Shows
from tracker.web import access
from tracker.web.filters import sentence
from tracker.web.loaders import all_plans, plan_or_404
from tracker.web.problems import Problem, problem_of
from tracker.web.public_pages import public_address
from tracker.web.public_warnings import warnings
from tracker.web.publication import page_of

bp = Blueprint("windows", __name__, url_prefix="/windows")


@bp.get("")
@access.allowed(Act.PUBLISH)
def index() -> str:
    return _index()


@bp.post("/name")
@access.allowed(Act.PUBLISH)
def name() -> Any:
    """Set the name in public addresses."""
    written = request.form.get("name", "")[:100]
    by, organization = access.actor(Act.PUBLISH), access.user().organization
    try:
        windows.name(organization=organization, written=written, by=by, now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _index(written, problem_of(refusal, "name")), 422
    flash(gettext("The name is saved. Public addresses have it from now on."), "success")
    return redirect(url_for("windows.index"))


@bp.get("/<int:plan_id>")
@access.allowed(Act.PUBLISH)
def show(plan_id: int) -> str:
    """What is missing, what will be seen, what is worth a second look, and the button."""
    return _page(plan_or_404(plan_id))


@bp.post("/<int:plan_id>")
@access.allowed(Act.PUBLISH)
def change(plan_id: int) -> Any:
    """Set what is seen beside the figures."""
    shows = Shows(*(name in request.form for name in ("results", "obstacles", "feedback")))
    by, now = access.actor(Act.PUBLISH), clock.now()
    if windows.change(plan=plan_or_404(plan_id), shows=shows, by=by, now=now):
        flash(gettext("What the public page shows is saved."), "success")
    return redirect(url_for("windows.show", plan_id=plan_id))


@bp.post("/<int:plan_id>/opening")
@access.allowed(Act.PUBLISH)
def open_(plan_id: int) -> Any:
    """Open the page exactly as it was looked at; what has changed meanwhile is shown first."""
    plan = plan_or_404(plan_id)
    missing = [sentence(gap.sentence) for gap in publication.check(plan).missing]
    window = queries.of_plan(plan)
    try:
        if not window.is_open and request.form.get("shown", "") != _key(Shows.of(window), missing):
            raise windows.SinceChanged()
        is_new = windows.open_(
            plan=plan,
            seen=Shows.of(window),
            gaps=missing,
            accepts_gaps="accepted" in request.form,
            by=access.actor(Act.PUBLISH),
            now=clock.now(),
        )
    except Refusal as refusal:
        db.session.rollback()
        at = "accepted" if isinstance(refusal, windows.GapsNotAccepted) else ""
        return _page(plan_or_404(plan_id), problem_of(refusal, at)), 422
    flash(gettext("The public page is open.") if is_new else gettext("The public page was open already."), "success")
    return redirect(url_for("windows.show", plan_id=plan_id))


@bp.post("/<int:plan_id>/closing")
@access.allowed(Act.PUBLISH)
def close(plan_id: int) -> Any:
    """Close the page; there is nothing under its address from now on."""
    was_open = windows.close(plan=plan_or_404(plan_id), by=access.actor(Act.PUBLISH), now=clock.now())
    closed = gettext("The public page is closed: there is nothing under its address any more.")
    flash(closed if was_open else gettext("The public page was closed already."), "success")
    return redirect(url_for("windows.show", plan_id=plan_id))


def _index(written: str | None = None, problem: Problem | None = None) -> str:
    organization = access.user().organization
    present = organization.slug or proposed(organization.name, organization.id)
    return render_template(
        "windows/index.html",
        organization=organization,
        name=present if written is None else written,
        problem=problem,
        plans=all_plans(),
        windows=queries.of_organization(organization.id),
        public_address=public_address,
    )


def _page(plan: Plan, problem: Problem | None = None) -> str:
    window, check = queries.of_plan(plan), publication.check(plan)
    shown = public_plans.read(plan, window, day=clock.today())
    return render_template(
        "windows/show.html",
        plan=plan,
        window=window,
        check=check,
        page_of=page_of,
        problem=problem,
        key=_key(Shows.of(window), _missing(check)),
        warnings=warnings(shown),
        evidence_counts=queries.count_evidence(plan.id),
        history=queries.history(plan.id),
        address=public_address(plan),
    )


def _missing(check: Check) -> list[str]:
    return [sentence(gap.sentence) for gap in check.missing]


def _key(shows: Shows, missing: list[str]) -> str:
    """Return what tells one showing from another: what would be open, and what is missing of it."""
    return digest("\n".join([str(shows), *missing]))
