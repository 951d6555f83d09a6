"""Who fills which position from when to when: appointing, handing over, vacating, acting cover."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from tracker.domain import appointments as rules
from tracker.domain import positions as position_rules
from tracker.domain.changes import ChangeKind
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Appointment, Position, User
from tracker.queries.appointments import newest_id, of_position
from tracker.services import administrators, changes, organizations, people


class HoldsAlready(Refusal):
    """Nothing would change."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("%(name)s fills this position already."), name=name)


class AccountClosed(Refusal):
    """A person who cannot sign in can fill no position."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("The account of %(name)s is closed. Reopen it first."), name=name)


class HolderChanged(Refusal):
    """Two administrators, or two tabs, handed the same position over."""

    def __init__(self) -> None:
        super().__init__(N_("Somebody changed who fills this position since you opened the page. Look again."))


class NewcomerAlone(Refusal):
    """If the invitation went astray, nobody could send another."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "A new person cannot be the only administrator at once: if the invitation went astray, nobody could "
                "send another. Add the person first, let them sign in, then "
                "change who fills the position."
            )
        )


class CoverOverlaps(Refusal):
    """Two people would act in one position."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("%(name)s acts in this position on some of these days already."), name=name)


def appoint(
    *, user: User, position: Position, starts_on: date, ends_on: date | None = None, is_acting: bool = False
) -> Appointment:
    """Put a person into a position, whoever else fills it. Both bounds are inclusive."""
    appointment = Appointment(
        user_id=user.id, position_id=position.id, starts_on=starts_on, ends_on=ends_on, is_acting=is_acting
    )
    db.session.add(appointment)
    db.session.flush()
    return appointment


def hand_over(
    *, position: Position, user: User, starts_on: date, seen: int, by: Appointment, now: datetime, today: date
) -> Appointment:
    """
    Let a person take a position over from a day. From today the predecessor's access ends at once, else the day before.

    :param seen: the newest appointment to the position (its id, 0 for none) when the administrator looked
    :raises Refusal: `Abolished`, `AccountClosed`, `HoldsAlready`, `HolderChanged`, `DayHasPassed` or `TooFarAhead`
    :raises LastAdministrator: if there would be a day without an administrator
    """
    _hold(position, user)
    rules.check_first_day(starts_on, today=today)
    standing = _reaching(_of(position, today=today), starts_on)
    own = [one for one in standing if one.user_id == user.id]
    if any(not one.is_acting and one.starts_on <= starts_on and one.ends_on is None for one in own):
        raise HoldsAlready(user.name)
    if newest_id(of_position(position.id)) != seen:
        raise HolderChanged()
    # Whoever takes over no longer needs to act; somebody else's cover stays.
    replaced = [one for one in standing if one in own or not one.is_acting]
    _end(replaced, day=starts_on, by=by, now=now, today=today)
    appointment = appoint(user=user, position=position, starts_on=starts_on)
    if administrators.concerns(position):
        administrators.check(position.organization_id, today=today)
    _record(appointment, ChangeKind.APPOINTED, by=by, now=now, after=described(appointment))
    return appointment


def hand_over_to_newcomer(
    *,
    position: Position,
    details: people.Details,
    starts_on: date,
    seen: int,
    by: Appointment,
    now: datetime,
    today: date,
) -> Appointment:
    """
    Add a person and let them take a position over.

    :raises NewcomerAlone: if they would be the only administrator
    :raises Refusal: whatever `people.add` and `hand_over` refuse
    """
    user = people.add(organization_id=position.organization_id, details=details, by=by, now=now)
    appointment = hand_over(position=position, user=user, starts_on=starts_on, seen=seen, by=by, now=now, today=today)
    if administrators.concerns(position):
        try:
            administrators.check(position.organization_id, today=today, without=user)
        except rules.LastAdministrator:
            raise NewcomerAlone() from None
    return appointment


def end_all(*, position: Position, by: Appointment, now: datetime, today: date) -> None:
    """End everybody's access through a position at once, acting cover included; what was planned never begins."""
    organizations.lock(position.organization_id)
    _end(_of(position, today=today), day=today, by=by, now=now, today=today)


def vacate(*, position: Position, by: Appointment, now: datetime, today: date) -> None:
    """
    Leave a position without anybody in their own right from now on; acting cover stays.

    :raises LastAdministrator: if nobody would administer the organization any more
    """
    organizations.lock(position.organization_id)
    _end(_of(position, today=today, is_acting=False), day=today, by=by, now=now, today=today)
    if administrators.concerns(position):
        administrators.check(position.organization_id, today=today)


def cover(
    *, position: Position, user: User, starts_on: date, ends_on: date, by: Appointment, now: datetime, today: date
) -> Appointment:
    """
    Let a person act in a position (รักษาการ) from the first day to the last, both inclusive.

    :raises Refusal: `Abolished`, `AccountClosed`, `HoldsAlready` or `CoverOverlaps`
    :raises Refusal: `DayHasPassed`, `TooFarAhead`, `EndsBeforeItStarts` or `CoverTooLong`
    """
    _hold(position, user)
    rules.check_cover(starts_on, ends_on, today=today)
    wanted = rules.Tenure(starts_on, ends_on)
    for other in _of(position, today=today):
        if not other.tenure.overlaps(wanted):
            continue
        if other.is_acting:
            raise CoverOverlaps(other.user.name)
        if other.user_id == user.id:
            raise HoldsAlready(user.name)
    appointment = appoint(user=user, position=position, starts_on=starts_on, ends_on=ends_on, is_acting=True)
    _record(appointment, ChangeKind.COVER_APPOINTED, by=by, now=now, after=described(appointment))
    return appointment


def end_cover(*, cover: Appointment, by: Appointment, now: datetime, today: date) -> None:
    """End acting cover at once, before its last day. Ending it again changes nothing."""
    organizations.lock(cover.position.organization_id)
    db.session.refresh(cover)
    if cover.is_acting and not cover.tenure.is_over(today):
        _end([cover], day=today, by=by, now=now, today=today)


def described(appointment: Appointment) -> str:
    """Return the days of an appointment as the record keeps them: ISO, a slash between; no end: nothing behind it."""
    tenure = appointment.tenure
    last = tenure.ends_on.isoformat() if tenure.ends_on else ""
    return f"{tenure.starts_on.isoformat()}/{last}"


def _hold(position: Position, user: User) -> None:
    """Hold the organization, and refuse a position or a person that is no longer there."""
    organizations.lock(position.organization_id)
    db.session.refresh(position, ["abolished_on"])
    db.session.refresh(user, ["active"])
    if position.abolished_on is not None:
        raise position_rules.Abolished()
    if not user.active:
        raise AccountClosed(user.name)


def _of(position: Position, *, today: date, is_acting: bool | None = None) -> list[Appointment]:
    """Return the appointments to a position that are not over, those alone that act or do not where it is asked."""
    rows = db.session.scalars(
        select(Appointment)
        .where(Appointment.position_id == position.id)
        .order_by(Appointment.starts_on, Appointment.id)
        .execution_options(populate_existing=True)
    )
    return [row for row in rows if not row.tenure.is_over(today) and is_acting in (None, row.is_acting)]


def _reaching(appointments: Sequence[Appointment], day: date) -> list[Appointment]:
    """Return the appointments that hold on a day or later."""
    onwards = rules.Tenure(day)
    return [one for one in appointments if one.tenure.overlaps(onwards)]


def _end(appointments: Sequence[Appointment], *, day: date, by: Appointment, now: datetime, today: date) -> None:
    """End appointments when others take over on a day, and record each."""
    for appointment in appointments:
        before = described(appointment)
        ended = appointment.tenure.ended_before(day, today=today)
        appointment.ends_on = ended.ends_on
        appointment.ended_at = now if ended.is_cut_short else None
        kind = ChangeKind.COVER_ENDED if appointment.is_acting else ChangeKind.APPOINTMENT_ENDED
        _record(appointment, kind, by=by, now=now, before=before, after=described(appointment))


def _record(
    appointment: Appointment, kind: ChangeKind, *, by: Appointment, now: datetime, before: str = "", after: str = ""
) -> None:
    changes.record(
        organization_id=appointment.position.organization_id,
        kind=kind,
        by=by,
        now=now,
        position=appointment.position,
        person=appointment.user,
        before=before,
        after=after,
    )
