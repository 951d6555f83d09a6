"""What citizens write about a measure, and what becomes of it."""

from enum import StrEnum


class FeedbackState(StrEnum):
    """Where a citizen's word stands; nobody but staff sees it before it is shown."""

    NEW = "new"
    SHOWN = "shown"
    HIDDEN = "hidden"  # read and not shown: off the subject, personal data, insults
