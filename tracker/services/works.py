"""Asking for work that a job does, taking it under a lease, telling how far it is."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CursorResult, select, update

from tracker.domain.sentences import N_, Refusal, Sentence
from tracker.domain.works import LEASE, MOST_ATTEMPTS, OUTWARD, SETTLED, WorkKind, WorkState
from tracker.extensions import db
from tracker.models import Appointment, Work
from tracker.queries.works import is_free, is_lane_taken


class Interrupted(Refusal):
    """The work ended its process, or the machine was switched off, again and again."""

    def __init__(self) -> None:
        super().__init__(N_("This was begun several times and never came to its end. Please tell the administrator."))


def ask(*, kind: WorkKind, subject_id: int, by: Appointment, now: datetime) -> Work:
    """Ask for work about a row of the asking person's organization; a job takes it up within a second or two."""
    work = Work(
        organization_id=by.position.organization_id, kind=kind, subject_id=subject_id, asked_by_id=by.id, asked_at=now
    )
    db.session.add(work)
    db.session.flush()
    return work


def take(*, machine_now: datetime, kinds: Collection[WorkKind] = frozenset(WorkKind)) -> Work | None:
    """
    Take the work of these kinds that has waited longest, or None when there is none or another process was faster.

    What began three times without coming to its end is given up instead. Of what waits for the servers of others one
    piece is taken at a time by all processes together: two wishes would meet at one host.
    """
    free = is_free(machine_now)
    if OUTWARD & set(kinds) and _is_lane_taken(machine_now):
        kinds = set(kinds) - OUTWARD
    waiting = db.session.execute(
        select(Work.id, Work.attempts).where(free, Work.kind.in_(kinds)).order_by(Work.id).limit(1)
    ).first()
    if waiting is None:
        return None
    changes = {"state": WorkState.RUNNING, "leased_until": machine_now + LEASE, "attempts": Work.attempts + 1}
    if waiting.attempts >= MOST_ATTEMPTS:
        changes = _failed(Interrupted().sentence)
    taken: CursorResult = db.session.execute(  # type: ignore[assignment]
        update(Work).where(Work.id == waiting.id, free).values(changes)
    )
    if not taken.rowcount or waiting.attempts >= MOST_ATTEMPTS:
        return None
    return db.session.get_one(Work, waiting.id, populate_existing=True)


def _is_lane_taken(machine_now: datetime) -> bool:
    """Look while nobody else takes any of it: on PostgreSQL two would both find it free."""
    unsettled = (Work.kind.in_(OUTWARD), Work.state.not_in(sorted(SETTLED)))
    db.session.execute(select(Work.id).where(*unsettled).order_by(Work.id).with_for_update())
    return is_lane_taken(machine_now=machine_now)


def tell(work_id: int, *, done: int, total: int, machine_now: datetime) -> None:
    """Note how far the work is; that renews its lease."""
    still_ours = (Work.id == work_id, Work.state == WorkState.RUNNING)
    values = {"done": done, "total": total, "leased_until": machine_now + LEASE}
    db.session.execute(update(Work).where(*still_ours).values(values))


def finish(work_id: int, *, refusal: Sentence | None = None) -> None:
    """Note that the work came to its end: done, or refused for a reason."""
    changes = {"state": WorkState.DONE, "leased_until": None} if refusal is None else _failed(refusal)
    db.session.execute(update(Work).where(Work.id == work_id, Work.state == WorkState.RUNNING).values(changes))


def _failed(refusal: Sentence) -> dict[str, object]:
    return {"state": WorkState.FAILED, "leased_until": None, "refusal": refusal.to_json()}
