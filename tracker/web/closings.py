"""Closed rounds: which there are, closing one after a look at what will be frozen, and what was frozen."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext, lazy_gettext

from tracker import clock
from tracker.documents.writing import csv
from tracker.domain import closings as rules
from tracker.domain.closings import Standing
from tracker.domain.indicators import INDICATORS
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import Status
from tracker.domain.verdicts import verdict
from tracker.extensions import db
from tracker.models import Closing, Plan
from tracker.queries import closings as queries
from tracker.queries import progress
from tracker.queries.closings import RoundStanding
from tracker.services import closings
from tracker.web import access, downloads
from tracker.web.confirmation import is_confirmed
from tracker.web.filters import indicator_name, long_date
from tracker.web.forms.closings import ClosingForm
from tracker.web.labels import STATUS
from tracker.web.loaders import closing_or_404, plan_or_404
from tracker.web.verdict_words import verdict_words

bp = Blueprint("closings", __name__)

# What the numbers of `Progress` are called.
COUNT = {
    "not_started": STATUS[Status.NOT_STARTED],
    "in_progress": STATUS[Status.IN_PROGRESS],
    "submitted": STATUS[Status.SUBMITTED],
    "done": STATUS[Status.DONE],
    "not_applicable": STATUS[Status.NOT_APPLICABLE],
    "overdue": lazy_gettext("overdue"),
    "due": lazy_gettext("due by that day"),
    "done_on_time": lazy_gettext("done on time"),
    "weight": lazy_gettext("weight to be done"),
    "done_weight": lazy_gettext("weight done"),
    "due_weight": lazy_gettext("weight due by that day"),
}


@bp.get("/plans/<int:plan_id>/closings")
@access.signed_in
def index(plan_id: int) -> str:
    plan = plan_or_404(plan_id)
    return render_template("closings/index.html", plan=plan, rounds=queries.rounds(plan, today=clock.today()))


@bp.get("/plans/<int:plan_id>/closings/preview")
@access.allowed(Act.CLOSE_ROUND)
def preview(plan_id: int) -> Any:
    """Show what would be frozen, before anything is."""
    plan = plan_or_404(plan_id)
    chosen = _round_of(plan, request.args.get("round", ""))
    if chosen is None:
        return redirect(url_for("closings.index", plan_id=plan.id))
    return _preview(plan, chosen, _form(chosen.round_on))


@bp.post("/plans/<int:plan_id>/closings")
@access.allowed(Act.CLOSE_ROUND)
def close(plan_id: int) -> Any:
    """Freeze exactly what was shown; another day than that is shown first."""
    plan = plan_or_404(plan_id)
    chosen = _round_of(plan, request.form.get("round", ""))
    if chosen is None:
        flash(gettext("The plan has no follow-up round on this day that could be closed now."), "warning")
        return redirect(url_for("closings.index", plan_id=plan.id))
    form = _form(chosen.round_on)
    if not form.validate_on_submit():
        return _preview(plan, chosen, form), 422
    try:
        if "confirmed" not in request.form:
            rules.check_day(round_on=form.round_on, as_of=form.day, today=clock.today())
            return _preview(plan, chosen, form)
        closing = closings.close(
            plan=plan,
            round_on=form.round_on,
            as_of=form.day,
            note=form.note.data or "",
            by=access.actor(Act.CLOSE_ROUND),
            now=clock.now(),
            today=clock.today(),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _again(plan_id, form), 422
    if not is_confirmed(_key(closing.as_of, closing.revision)):
        return _again(plan_id, form)
    flash(gettext("The round is closed: its figures stay as you see them here."), "success")
    return redirect(url_for("closings.show", closing_id=closing.id))


@bp.get("/closings/<int:closing_id>")
@access.signed_in
def show(closing_id: int) -> str:
    """What was frozen, from the frozen text alone; beside it what a recount gives."""
    kept = closing_or_404(closing_id)
    closing = kept.closing
    if not kept.is_whole:
        return render_template("closings/broken.html", closing=closing, plan=closing.plan)
    snapshot, recount = closing.snapshot, progress.as_of(closing.plan_id, day=closing.as_of)
    return render_template(
        "closings/show.html",
        kept=kept,
        closing=closing,
        plan=closing.plan,
        snapshot=snapshot,
        figures=snapshot.figures,
        owed=rules.owed(snapshot.figures, closing.round_on),
        names=_in_language(snapshot.indicators),
        verdict=verdict_words(verdict(snapshot.figures, fiscal_year=closing.plan.fiscal_year)),
        differences=snapshot.differences(recount),
        count_label=COUNT,
    )


@bp.get("/closings/<int:closing_id>/file.csv")
@access.signed_in
def file(closing_id: int) -> Any:
    """The frozen figures, a line for every measure, division and deadline."""
    kept = closing_or_404(closing_id)
    if not kept.is_whole:
        return redirect(url_for("closings.show", closing_id=closing_id))
    closing, snapshot = kept.closing, kept.closing.snapshot
    columns = [
        gettext("Round"), gettext("Revision"), gettext("As of"), gettext("Indicator"), gettext("Name of the indicator"),
        gettext("Measure"), gettext("Division"), gettext("Due on"), *(str(COUNT[name]) for name in snapshot.counts),
        gettext("Seal"),
    ]  # fmt: skip
    name = gettext("Round %(day)s r%(revision)s", day=long_date(closing.round_on), revision=closing.revision)
    plain = f"round-{closing.round_on}-r{closing.revision}"
    return downloads.table(columns, _rows(closing, snapshot), name=name, plain=plain)


def _rows(closing: Closing, snapshot: rules.Snapshot) -> Iterator[list[csv.Value]]:
    names = _in_language(snapshot.indicators)
    for cell in snapshot.figures.cells:
        yield [
            long_date(closing.round_on),
            closing.revision,
            long_date(closing.as_of),
            cell.indicator,
            names[cell.indicator],
            snapshot.measures[cell.measure_id],
            cell.division.name,
            long_date(cell.due_on),
            *(getattr(cell.progress, name) for name in snapshot.counts),
            closing.seal,
        ]


def _round_of(plan: Plan, written: str) -> RoundStanding | None:
    """Return the round of the plan that an address or a form names (ISO), if it can be closed."""
    rounds = queries.rounds(plan, today=clock.today())
    can_be_closed = (one for one in rounds if one.is_planned and one.standing != Standing.AHEAD)
    return next((one for one in can_be_closed if one.round_on.isoformat() == written), None)


def _form(round_on: date) -> ClosingForm:
    return ClosingForm(round_on=round_on, usual=rules.usual_day(round_on, today=clock.today()))


def _again(plan_id: int, form: ClosingForm) -> Any:
    """Take back what was tried and show the page anew; a round that meanwhile is no more leads to those there are."""
    db.session.rollback()
    plan = plan_or_404(plan_id)
    chosen = _round_of(plan, form.round_on.isoformat())
    if chosen is None:
        return redirect(url_for("closings.index", plan_id=plan_id))
    return _preview(plan, chosen, form)


def _preview(plan: Plan, chosen: RoundStanding, form: ClosingForm) -> str:
    day = form.shown_day(today=clock.today())
    revision = chosen.latest.revision + 1 if chosen.latest else 1
    figures = progress.as_of(plan.id, day=day)
    return render_template(
        "closings/preview.html",
        plan=plan,
        round_on=chosen.round_on,
        latest=chosen.latest,
        revision=revision,
        form=form,
        day=day,
        figures=figures,
        owed=rules.owed(figures, chosen.round_on),
        names={one.number: indicator_name(one) for one in INDICATORS},
        verdict=verdict_words(verdict(figures, fiscal_year=plan.fiscal_year)),
        shown=_key(day, revision),
    )


def _key(as_of: date, revision: int) -> str:
    """Return what tells one showing from another: what stood at the end of a day that is over does not change."""
    return f"{as_of.isoformat()}/{revision}"


def _in_language(names: Any) -> dict[int, str]:
    """Return the indicators' names in the page's language."""
    is_thai = get_locale().language == "th"
    return {number: thai if is_thai else english for number, (thai, english) in names.items()}
