"""The public's window on a plan: what it shows, opening and closing it, the name it is found under."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker.domain.changes import ChangeKind
from tracker.domain.history import EventKind
from tracker.domain.public_names import PublicNameFixed, PublicNameTaken, checked
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Appointment, Organization, Plan, PublicWindow
from tracker.queries import windows as queries
from tracker.services import changes, events, locks, organizations


class GapsNotAccepted(Refusal):
    """Something that must be published is missing, and nobody said that the page is to be opened all the same."""

    def __init__(self) -> None:
        super().__init__(N_("Something that must be published is missing. Complete it, or tick that you know."))


class SinceChanged(Refusal):
    """What was looked at is not what would be opened: somebody changed it meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("Something has changed since you looked. Look at it as it stands and open it then."))


@dataclass(frozen=True)
class Shows:
    """What the public sees beside the figures, and whether it can write back."""

    results: bool = True
    obstacles: bool = False
    feedback: bool = False

    @classmethod
    def of(cls, window: PublicWindow) -> "Shows":
        """Return what a window shows."""
        return cls(window.shows_results, window.shows_obstacles, window.takes_feedback)

    def __str__(self) -> str:
        """Return it as the history keeps it."""
        return " ".join(name for name, is_on in vars(self).items() if is_on)


def change(*, plan: Plan, shows: Shows, by: Appointment, now: datetime) -> bool:
    """Set what the window shows, open or not, and return whether that changed anything."""
    window = _held(plan)
    before = Shows.of(window)
    if before == shows:
        return False
    window.shows_results, window.shows_obstacles, window.takes_feedback = shows.results, shows.obstacles, shows.feedback
    db.session.flush()
    kind = EventKind.WINDOW_CHANGED
    events.record(plan=plan, kind=kind, by=by, now=now, before=str(before), after=str(shows))
    return True


def open_(*, plan: Plan, seen: Shows, gaps: Sequence[str], accepts_gaps: bool, by: Appointment, now: datetime) -> bool:
    """
    Open the window, and return whether it was closed before: a second click changes nothing.

    :param seen: what it was to show when the person looked
    :param gaps: what must be published and is missing
    :raises SinceChanged: if somebody else has set meanwhile what it shows
    :raises GapsNotAccepted: if something is missing and that was not accepted
    """
    window = _held(plan)
    if window.is_open:
        return False
    if Shows.of(window) != seen:
        raise SinceChanged()
    if gaps and not accepts_gaps:
        raise GapsNotAccepted()
    window.published_at, window.published_by_id = now, by.id
    db.session.flush()
    note = "\n".join(gaps)
    events.record(plan=plan, kind=EventKind.WINDOW_OPENED, by=by, now=now, after=str(seen), note=note)
    return True


def close(*, plan: Plan, by: Appointment, now: datetime) -> bool:
    """Close the window at once, and return whether it was open."""
    window = _held(plan)
    if not window.is_open:
        return False
    window.published_at = window.published_by_id = None
    db.session.flush()
    events.record(plan=plan, kind=EventKind.WINDOW_CLOSED, by=by, now=now)
    return True


def name(*, organization: Organization, written: str, by: Appointment, now: datetime) -> bool:
    """
    Set the name under which the public finds an organization, and return whether that changed anything.

    :raises BadPublicName: if it cannot stand in an address
    :raises PublicNameFixed: if a window is open under the present one
    :raises PublicNameTaken: if another organization has it
    """
    wanted = checked(written)
    organization = organizations.lock(organization.id)
    before = organization.slug
    if before == wanted:
        return False
    if queries.is_any_open(organization.id):
        raise PublicNameFixed()
    if db.session.scalar(select(Organization.id).where(Organization.slug == wanted)):
        raise PublicNameTaken()
    try:
        with db.session.begin_nested():
            organization.slug = wanted
            db.session.flush()
    except IntegrityError:  # another organization took it in this moment
        raise PublicNameTaken() from None
    changes.record(
        organization_id=organization.id,
        kind=ChangeKind.PUBLIC_NAME_CHANGED,
        by=by,
        now=now,
        before=before or "",
        after=wanted,
    )
    return True


def _held(plan: Plan) -> PublicWindow:
    """Hold a plan, and return its window as it stands now; there is one from now on."""
    locks.hold_plan(plan)
    window = db.session.get(PublicWindow, plan.id, populate_existing=True)
    if window is None:
        window = queries.usual(plan)
        db.session.add(window)
        db.session.flush()
    return window
