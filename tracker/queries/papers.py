"""Papers ready to be shown or written: the facts of a report, read now, and composed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.documents.composing import follow_up, link_checks, plan
from tracker.documents.writing.paper import Paper
from tracker.documents.writing.template_fields import Value
from tracker.domain.calendar import end_of
from tracker.domain.indicators import INDICATORS
from tracker.domain.issues import IssueKind, Scope
from tracker.domain.thai import long_date
from tracker.extensions import db
from tracker.models import Closing, Issue, Plan
from tracker.queries import closings, follow_ups, link_months, plan_papers


def compose(plan_id: int, scope: Scope, *, on: date, thai_digits: bool) -> Paper:
    """
    Return a report about a plan.

    :param on: the day as of whose end a follow-up report or a month's check of links stands; a plan is as it is now
    """
    if scope.kind == IssueKind.PLAN:
        return plan.compose(plan_papers.facts(plan_id), thai_digits=thai_digits)
    if scope.month:
        row = db.session.get_one(Plan, plan_id, populate_existing=True)
        facts = link_months.facts(row, month=scope.month, now=end_of(on), is_signed=True)
        return link_checks.compose(facts, thai_digits=thai_digits)
    return follow_up.compose(follow_ups.facts(plan_id, on=on, round_on=scope.round_on), thai_digits=thai_digits)


def quoted(plan_id: int, scope: Scope, *, on: date) -> Closing | None:
    """Return the closing whose frozen figures a report quotes: of its round, as of the very day."""
    if scope.kind != IssueKind.FOLLOW_UP or scope.round_on is None:
        return None
    closing = closings.latest(closings.of_plan(plan_id)).get(scope.round_on)
    return closing if closing and closing.as_of == on else None


def fields(issue: Issue, paper: Paper, *, today: date) -> dict[str, Value]:
    """
    Return what a template of the organization's own may show beside the report's body.

    :param today: the day of issuing
    """
    facts = plan_papers.facts(issue.plan_id)
    return {
        "organization": paper.organization,
        "title": paper.title,
        "fiscal_year": str(facts.fiscal_year),
        "period": f"รอบ {long_date(issue.round_on)}" if issue.round_on else "ทั้งปี",
        "as_of": long_date(issue.as_of),
        "issued_on": long_date(today),
        "issued_by": issue.asked_by.position.title,
        "version": str(issue.version),
        "reason": issue.note,
        "head_hash": facts.head.hash if facts.head else "",
        "measures": [_fields_of(measure) for measure in facts.measures],
    }


def marked(paper: Paper, *, version: int, note: str) -> Paper:
    """Return the paper with the version that it is; from the second on its readers are told why."""
    if version == 1:
        return paper
    line = f"ฉบับที่ {version} ออกแทนฉบับที่ {version - 1}: {note}"
    return replace(paper, subtitle=(*paper.subtitle, line))


def _fields_of(measure: plan.Measure) -> dict[str, str | Sequence[str]]:
    said = {name: getattr(measure, name) for name in ("title", "analysis", "steps", "time_frame", "responsible")}
    said |= {"budget": measure.budget, "success": measure.success}
    name = INDICATORS[measure.indicator - 1].name_th
    return said | {"indicator": str(measure.indicator), "indicator_name": name}
