"""Filters and notes of tasks as they come from a browser."""

from werkzeug.datastructures import MultiDict

from tracker.domain.statuses import Status
from tracker.queries.tasks import Filter
from tracker.web.addresses import GREATEST_ID

NOTE_LENGTH = 2000
MOST_PAGES = 100_000


def filter_from(arguments: MultiDict[str, str]) -> Filter:
    """Return the filter that an address names; what cannot be read narrows nothing."""
    status = arguments.get("status", "")
    return Filter(
        indicator=arguments.get("indicator", type=_number),
        measure_id=arguments.get("measure", type=_number),
        division_ids=tuple(arguments.getlist("division", type=_number)),
        status=Status(status) if status in set(Status) else None,
        only_overdue=arguments.get("late") == "1",
        only_open=arguments.get("open") == "1",
        only_counted=arguments.get("counted") == "1",
    )


def note_from(form: MultiDict[str, str]) -> str:
    """Return the note a person wrote, its line ends as one character and without what no database can hold."""
    return text_from(form.get("note", ""))


def text_from(written: str) -> str:
    """Return a text of several lines as it is kept: line ends as one character, without what no database can hold."""
    return written.replace("\r\n", "\n").replace("\0", "").strip()


def page_from(arguments: MultiDict[str, str]) -> int:
    """Return the page of a list that an address names, the first where it names none."""
    return min(max(arguments.get("page", 1, type=_number), 1), MOST_PAGES)


def _number(written: str) -> int:
    """Read a row's number; one that no database could hold is no number."""
    number = int(written)
    if not 0 <= number <= GREATEST_ID:
        raise ValueError(written)
    return number
