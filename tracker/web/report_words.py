"""What reports are called, on pages and in the names of their files."""

from flask_babel import gettext, lazy_gettext

from tracker.domain.indicators import INDICATORS
from tracker.domain.issues import IssueKind, Scope
from tracker.models import Issue
from tracker.web.filters import indicator_name, long_date, month_and_year, short_date

KIND = {
    IssueKind.PLAN: lazy_gettext("Applying the ITA result to develop the organization"),
    IssueKind.FOLLOW_UP: lazy_gettext("Report on what was done"),
    IssueKind.LINK_CHECKS: lazy_gettext("Report of link checks"),
    IssueKind.EVIDENCE: lazy_gettext("Pack of evidence"),
}


def about(scope: Scope) -> str:
    """Return what a report is about; a plan's own report is about all of it and needs no word."""
    if scope.month:
        return gettext("for %(month)s", month=month_and_year(scope.month))
    if scope.round_on:
        return gettext("round of %(day)s", day=long_date(scope.round_on))
    if scope.indicator:
        name = indicator_name(INDICATORS[scope.indicator - 1])
        return gettext("indicator %(number)s %(name)s", number=scope.indicator, name=name)
    if scope.kind == IssueKind.PLAN:
        return ""
    return gettext("the whole year") if scope.kind == IssueKind.FOLLOW_UP else gettext("the whole plan")


def title_of(scope: Scope) -> str:
    """Return what a report is called."""
    return " · ".join(filter(None, (str(KIND[scope.kind]), about(scope))))


def file_name(issue: Issue, ending: str) -> str:
    """Return the name under which a file of a report is saved."""
    scope = issue.scope
    part = gettext("round of %(day)s", day=short_date(scope.round_on)) if scope.round_on else about(scope)
    year = gettext("fiscal year %(year)s", year=issue.plan.fiscal_year)
    version = gettext("version %(number)s", number=issue.version)
    return " ".join(filter(None, (str(KIND[scope.kind]), year, part, version))) + f".{ending}"
