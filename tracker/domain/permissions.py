"""Who may do what: one table (DESIGN 2, Who may do what)."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a position is for in this system."""

    ADMINISTRATOR = "administrator"
    CLERK = "clerk"
    HEAD = "head"
    OFFICER = "officer"
    EXECUTIVE = "executive"
    AUDITOR = "auditor"


class Act(StrEnum):
    """What a page lets a person do."""

    READ = "read"
    REPORT = "report"  # on a task of the person's own division
    SEE_INSIDE = "see_inside"  # evidence and obstacles; heads and officers those of their own division
    REVIEW = "review"
    EDIT_PLAN = "edit_plan"
    CLOSE_ROUND = "close_round"  # freeze the plan's figures
    IMPORT = "import"
    READ_REPORTS = "read_reports"  # issued reports have every division's obstacles in them
    ISSUE = "issue"  # make a report's files, to be signed and published
    KEEP_LINKS = "keep_links"  # the items that must be open to the public, and their addresses
    PUBLISH = "publish"  # open the public's window on a plan, and say what is in it
    PREVIEW_WINDOW = "preview_window"  # see the public page as the public would
    ANSWER_CITIZENS = "answer_citizens"
    READ_CITIZENS = "read_citizens"  # heads what is said of their own divisions' measures
    ADMINISTER = "administer"
    FORESEE = "foresee"  # what everybody will be reminded of
    READ_RECORD = "read_record"  # what administrators changed


MAY: dict[Act, frozenset[Role]] = {
    Act.READ: frozenset(Role),
    Act.REPORT: frozenset({Role.HEAD, Role.OFFICER}),
    Act.SEE_INSIDE: frozenset({Role.HEAD, Role.OFFICER, Role.CLERK, Role.EXECUTIVE, Role.AUDITOR}),
    Act.REVIEW: frozenset({Role.CLERK, Role.EXECUTIVE}),
    Act.EDIT_PLAN: frozenset({Role.CLERK}),
    Act.CLOSE_ROUND: frozenset({Role.CLERK}),
    Act.IMPORT: frozenset({Role.CLERK}),
    Act.READ_REPORTS: frozenset({Role.CLERK, Role.EXECUTIVE, Role.AUDITOR}),
    Act.ISSUE: frozenset({Role.CLERK, Role.EXECUTIVE}),
    Act.KEEP_LINKS: frozenset({Role.CLERK}),
    Act.PUBLISH: frozenset({Role.CLERK}),
    Act.PREVIEW_WINDOW: frozenset({Role.CLERK, Role.EXECUTIVE}),
    Act.ANSWER_CITIZENS: frozenset({Role.CLERK, Role.EXECUTIVE}),
    Act.READ_CITIZENS: frozenset({Role.CLERK, Role.EXECUTIVE, Role.HEAD, Role.AUDITOR}),
    Act.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
    Act.FORESEE: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
    Act.READ_RECORD: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
}

# Acts that a position may do for its own division only.
OWN_DIVISION = frozenset({Act.REPORT})


def may(act: Act, *, roles: Iterable[Role]) -> bool:
    """Return whether any of these roles may do this; acts of `OWN_DIVISION` need the division checked as well."""
    return not MAY[act].isdisjoint(roles)
