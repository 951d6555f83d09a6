"""Reports: choose, look, issue, and every version that was issued."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.calendar import months_of
from tracker.domain.indicators import INDICATORS
from tracker.domain.issues import IssueKind
from tracker.domain.permissions import Act
from tracker.domain.publication import Check
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Issue, Plan
from tracker.queries import closings, packs, papers, publication
from tracker.queries import issues as queries
from tracker.services import issues
from tracker.web import access
from tracker.web.forms.reports import Wanted, note_from, wanted_from
from tracker.web.issued_files import condition_of
from tracker.web.loaders import all_plans, issue_or_404, plan_in_view
from tracker.web.paper_pages import Shows
from tracker.web.problems import Problem, problem_of
from tracker.web.publication import page_of
from tracker.web.report_words import title_of

bp = Blueprint("reports", __name__, url_prefix="/reports")


@bp.get("")
@access.allowed(Act.READ_REPORTS)
def index() -> str:
    plan = plan_in_view()
    if plan is None:
        return render_template("reports/empty.html")
    closed = _closed(plan)
    return render_template(
        "reports/index.html",
        plan=plan,
        plans=all_plans(),
        rounds=sorted({*plan.round_dates, *closed}),
        closed=closed,
        months=_months(plan),
        indicators=INDICATORS,
        series=_by_series(queries.of_plan(plan.id)),
        title_of=title_of,
    )


@bp.get("/preview")
@access.allowed(Act.READ_REPORTS)
def preview() -> Any:
    """Show the report as it would be issued, and what is missing of it."""
    plan = plan_in_view()
    wanted = _wanted(plan, request.args)
    if plan is None or wanted is None:
        return redirect(url_for("reports.index"))
    return _preview(plan, wanted, status=422 if wanted.problem else 200)


@bp.post("")
@access.allowed(Act.ISSUE)
def issue() -> Any:
    plan = plan_in_view()
    wanted = _wanted(plan, request.form)
    if plan is None or wanted is None or wanted.problem:
        flash(gettext("There is no such report. Choose once more."), "warning")
        return redirect(url_for("reports.index"))
    plan_id, note = plan.id, note_from(request.form)
    try:
        asked = issues.ask(
            plan=plan,
            wish=issues.Wish(
                wanted.scope,
                as_of=wanted.as_of,
                has_thai_digits=wanted.has_thai_digits,
                note=note,
                gaps=[gap.sentence for gap in _check(plan, wanted).missing],
                accepts_gaps="accepted" in request.form,
                after=request.form.get("after", 0, type=int),
            ),
            by=access.actor(Act.ISSUE),
            now=clock.now(),
            today=clock.today(),
        )
    except Refusal as refusal:
        db.session.rollback()
        plan = db.session.get_one(Plan, plan_id)
        return _preview(plan, wanted, problem=problem_of(refusal), note=note, status=422)
    return redirect(url_for("reports.show", issue_id=asked.id))


@bp.get("/<int:issue_id>")
@access.allowed(Act.READ_REPORTS)
def show(issue_id: int) -> str:
    """How far its files are; once they are made, the files, and whether they are still the same."""
    issue = issue_or_404(issue_id)
    if not issue.is_issued:
        return render_template(
            "reports/waiting.html", issue=issue, title=title_of(issue.scope), work=queries.work_of(issue)
        )
    checks_all = "check" in request.args
    return render_template(
        "reports/show.html",
        issue=issue,
        title=title_of(issue.scope),
        newer=queries.newer_than(issue),
        is_whole=issue.is_whole(queries.event_of(issue)),
        conditions={file.id: condition_of(file, is_asked=checks_all) for file in issue.files},
    )


@bp.post("/<int:issue_id>/attempts")
@access.allowed(Act.ISSUE)
def try_again(issue_id: int) -> Any:
    issues.ask_again(issue=issue_or_404(issue_id), by=access.actor(Act.ISSUE), now=clock.now())
    return redirect(url_for("reports.show", issue_id=issue_id))


def _closed(plan: Plan) -> dict[date, date]:
    """Return as of which day each closed round was closed."""
    return {day: closing.as_of for day, closing in closings.latest(closings.of_plan(plan.id)).items()}


def _wanted(plan: Plan | None, sent: Any) -> Wanted | None:
    if plan is None:
        return None
    rounds, months = plan.round_dates, _months(plan)
    return wanted_from(sent, rounds=rounds, closed=_closed(plan), months=months, today=clock.today())


def _months(plan: Plan) -> list[date]:
    """Return the months of the year that have begun, the newest first."""
    return [month for month in reversed(months_of(plan.fiscal_year)) if month <= clock.today()]


def _by_series(issued: Sequence[Issue]) -> dict[str, list[Issue]]:
    series: dict[str, list[Issue]] = {}
    for one in issued:
        series.setdefault(one.series, []).append(one)
    return series


def _preview(
    plan: Plan, wanted: Wanted, *, problem: Problem | None = None, note: str = "", status: int = 200
) -> tuple[str, int]:
    scope, latest = wanted.scope, queries.latest(plan.id, wanted.scope.series)
    return render_template(
        "reports/preview.html",
        plan=plan,
        wanted=wanted,
        title=title_of(scope),
        latest=latest,
        note=note,
        problem=problem or (Problem(wanted.problem, "on") if wanted.problem else None),
        check=_check(plan, wanted),
        page_of=page_of,
        closing=papers.quoted(plan.id, scope, on=wanted.as_of),
        indicators=INDICATORS,
        pieces=packs.pieces(plan, scope) if scope.kind == IssueKind.EVIDENCE else [],
        shows=None if scope.kind == IssueKind.EVIDENCE else _shows(plan, wanted),
    ), status


def _check(plan: Plan, wanted: Wanted) -> Check:
    """Return what is missing before the plan may be published; of other reports nothing is required."""
    return publication.check(plan) if wanted.scope.kind == IssueKind.PLAN else Check()


def _shows(plan: Plan, wanted: Wanted) -> Shows:
    paper = papers.compose(plan.id, wanted.scope, on=wanted.as_of, thai_digits=wanted.has_thai_digits)
    return Shows(paper)
