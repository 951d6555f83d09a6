"""What "late" means: the one definition behind every page, dashboard, message and report (DESIGN 2)."""

from datetime import date

from tracker.domain.statuses import OPEN, Status


def is_overdue(*, status: Status, due_on: date, today: date) -> bool:
    """Return whether an open task has passed its last good day; due today is not late, nor is what waits for review."""
    return status in OPEN and due_on < today


def was_on_time(*, submitted_on: date, due_on: date) -> bool:
    """Return whether the submission that was accepted came on or before the last good day."""
    return submitted_on <= due_on


def days_left(*, due_on: date, today: date) -> int:
    """Return the days until the last good day: 0 on that day, negative once it has passed."""
    return (due_on - today).days
