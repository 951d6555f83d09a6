"""Sweeping away files that no row names: what a failed upload, a killed process or a power cut left behind."""

import logging
import math
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from flask import current_app

from tracker import clock
from tracker.documents.evidence.storage import Storage
from tracker.extensions import db
from tracker.queries import evidence, issues
from tracker.services import leases

log = logging.getLogger(__name__)

LEASE = "uploads"
EVERY = timedelta(hours=24)
# A file lies on the disk a moment before its row is committed. A day is far more than any moment, also after the
# machine's clock was set.
SAFE_AGE = timedelta(days=1)
AT_ONCE = 500


def run() -> None:
    """Sweep once a day, whoever asks how often; asked again, or in two processes, nothing more happens."""
    now = clock.machine_now()
    is_due = leases.take(name=LEASE, holder=now.isoformat(), machine_now=now, length=EVERY)
    db.session.commit()
    if is_due:
        settings = current_app.config["SETTINGS"]
        sweep(Storage(settings.uploads), now=now)
        sweep(Storage(settings.issued), now=now, kept_names=issues.kept_names)


def sweep(
    storage: Storage, *, now: datetime, kept_names: Callable[[Sequence[str]], set[str]] = evidence.kept_names
) -> int:
    """
    Delete the files that are older than `SAFE_AGE` and that no row names; return how many.

    :param kept_names: returns those of some names that a row knows
    """
    oldest = (now - SAFE_AGE).timestamp()
    files = (path for path in storage.all_files() if _written_at(path) < oldest)
    swept = 0
    while some := list(islice(files, AT_ONCE)):
        kept = kept_names([path.name for path in some])
        db.session.rollback()  # nobody waits for the database while files are deleted
        for path in some:
            if path.name not in kept:
                path.unlink(missing_ok=True)
                swept += 1
    if swept:
        log.info("%s files that no row names were swept away", swept)
    return swept


def _written_at(path: Path) -> float:
    """Return when a file was written, in seconds; for ever young if another process has just deleted it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf
