"""A linked PDF, opened by a process of its own (docs/decisions/0019)."""

import logging
import sys

from tracker.documents.reading.apart import ask
from tracker.documents.reading.glance import Glance
from tracker.documents.reading.refusals import UnreadableReport

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "tracker.documents.reading.glance")


def glance_apart(content: bytes, *, seconds: float) -> Glance | None:
    """Return what another process saw of a PDF; None where that did not end well, which says nothing of the file."""
    try:
        return Glance(**ask(COMMAND, content, seconds=seconds)["made"])
    except (UnreadableReport, LookupError, TypeError) as error:
        log.warning("a linked PDF could not be looked into: %s", error)
        return None
