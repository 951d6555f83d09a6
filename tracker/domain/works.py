"""Work that takes longer than a second: what kinds there are, how it goes on, when it is given up."""

from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(minutes=2)  # renewed whenever the work tells how far it is
MOST_ATTEMPTS = 3  # what ends its process three times over would do so for ever


class WorkKind(StrEnum):
    """What is to be done; the row's `subject_id` says about what."""

    READ = "read"  # an uploaded report; the subject is its draft
    ISSUE = "issue"  # a report's files; the subject is the issue
    CHECK_LINKS = "check_links"  # all addresses; the subject is the organization
    CHECK_LINK = "check_link"  # one address
    FIND_LINKS = "find_links"  # the links of a page; the subject is the page
    PACK = "pack"  # a pack of evidence; the subject is the issue


# What waits for the servers of others, one piece after the other, whichever organization asked for it.
OUTWARD = frozenset({WorkKind.CHECK_LINKS, WorkKind.CHECK_LINK, WorkKind.FIND_LINKS})


class WorkState(StrEnum):
    """Where the work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


SETTLED = frozenset({WorkState.DONE, WorkState.FAILED})
