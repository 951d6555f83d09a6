"""Doing what was asked for in a request but takes longer than a second."""

import logging
import time
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from tracker import clock
from tracker.domain.sentences import N_, Refusal, Sentence
from tracker.domain.works import WorkKind
from tracker.extensions import begin_reading, db
from tracker.jobs import finding, issuing, links, packing, reading
from tracker.models import Work
from tracker.queries import works as queries
from tracker.services import works

log = logging.getLogger(__name__)

# How far the work is: so many of so many. It commits what was done until then.
Tell = Callable[[int, int], None]
Handler = Callable[[Work, Tell], None]

# What each kind does. A handler reads what it needs after `begin_reading`, so that it keeps nobody from writing, and
# raises a Refusal where the person who asked must be told why it cannot be done. What it wrote is committed after it.
HANDLERS: Mapping[WorkKind, Handler] = {
    WorkKind.READ: reading.read,
    WorkKind.ISSUE: issuing.make,
    WorkKind.PACK: packing.make,
}
# What waits for the servers of others has a lane of its own: nobody waits for a report behind a slow website.
OUTWARD: Mapping[WorkKind, Handler] = {
    WorkKind.CHECK_LINKS: links.check_all,
    WorkKind.CHECK_LINK: links.check_one,
    WorkKind.FIND_LINKS: finding.find,
}
BETWEEN_TELLS = 0.5  # seconds


class NotAsPlanned(Refusal):
    """The program failed; the log says how."""

    def __init__(self) -> None:
        super().__init__(N_("Something went wrong while this was being done. Please tell the administrator."))


def run(handlers: Mapping[WorkKind, Handler] | None = None) -> int:
    """Do all work that waits and has a handler, one piece after the other; return how many came to their end."""
    handlers = HANDLERS if handlers is None else handlers
    ended = 0
    while _is_any_free(handlers.keys()):
        work = works.take(machine_now=clock.machine_now(), kinds=handlers.keys())
        db.session.commit()
        if work is not None:
            _do(work.id, handlers[work.kind])
            ended += 1
    return ended


def _is_any_free(kinds: AbstractSet[WorkKind]) -> bool:
    """Look without a lock: this is asked every second. What waits for others waits for its turn as well."""
    begin_reading()
    machine_now = clock.machine_now()
    try:
        if OUTWARD.keys() & kinds and queries.is_lane_taken(machine_now=machine_now):
            kinds = kinds - OUTWARD.keys()
        return queries.is_any_free(machine_now=machine_now, kinds=kinds)
    finally:
        db.session.rollback()


def _do(work_id: int, handle: Handler) -> None:
    refusal: Sentence | None = None
    try:
        handle(db.session.get_one(Work, work_id), _teller(work_id))
        db.session.commit()
    except Refusal as refused:
        db.session.rollback()
        refusal = refused.sentence
    except Exception:
        db.session.rollback()
        log.exception("work %s", work_id)
        refusal = NotAsPlanned().sentence
    works.finish(work_id, refusal=refusal)
    db.session.commit()


def _teller(work_id: int) -> Tell:
    last_told = float("-inf")

    def tell(done: int, total: int) -> None:
        nonlocal last_told
        if time.monotonic() - last_told < BETWEEN_TELLS:
            return
        last_told = time.monotonic()
        works.tell(work_id, done=done, total=total, machine_now=clock.machine_now())
        db.session.commit()

    return tell
