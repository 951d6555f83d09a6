"""What giving up a position, an account or a division means for whom, in sentences, before it is done."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext, ngettext

from tracker import clock
from tracker.models import Appointment, Division, Position, User
from tracker.queries import accounts
from tracker.queries.appointments import of_position
from tracker.queries.positions import open_work
from tracker.web.confirmation import Check
from tracker.web.filters import long_date, weekday

ONE_DAY = timedelta(days=1)


def closing_division(division: Division) -> Check:
    """Return what closing a division does; it has neither unfinished tasks nor positions by then."""
    return Check(
        title=gettext("Close the division"),
        subject=division.name,
        sentences=[
            gettext(
                "%(name)s will be closed from today, %(day)s: nothing new can be given to it.",
                name=division.name,
                day=_day(clock.today()),
            ),
            gettext("It has no unfinished task and no position left, so nobody loses access."),
            gettext("What it did stays, and it can be reopened."),
        ],
        button=gettext("Close the division"),
        way_back=url_for("divisions.show", division_id=division.id),
    )


def vacating(position: Position) -> Check:
    """Return what leaving a position vacant does to whoever fills it and to its tasks."""
    standing = _standing(position)
    acting = [one for one in standing if one.is_acting and one.is_in_force(clock.today())]
    return Check(
        title=gettext("Leave it vacant"),
        subject=position.title,
        sentences=[
            gettext("%(title)s will be vacant from now on, %(day)s.", title=position.title, day=_day(clock.today())),
            *_ended(position, [one for one in standing if not one.is_acting]),
            _work(position),
            _goes_on(position, acting) if acting else gettext("Until somebody fills it, its reminders reach nobody."),
        ],
        button=gettext("Leave it vacant"),
        way_back=_page_of(position),
    )


def abolishing(position: Position) -> Check:
    """Return what abolishing a position does to whoever fills it or acts in it."""
    return Check(
        title=gettext("Abolish the position"),
        subject=position.title,
        sentences=[
            gettext("%(title)s will be abolished from now on, %(day)s.", title=position.title, day=_day(clock.today())),
            *(_ended(position, _standing(position)) or [gettext("Nobody fills it, so nobody loses access.")]),
            _work(position),
            gettext("Its history stays, and it can be restored."),
        ],
        button=gettext("Abolish the position"),
        way_back=_page_of(position),
    )


def closing_account(user: User) -> Check:
    """Return what closing an account does to the person and to the positions that the person fills today."""
    devices = len(accounts.sessions(user.id, machine_now=clock.machine_now()))
    held = user.appointments_on(clock.today())
    return Check(
        title=gettext("Close the account"),
        subject=user.name,
        sentences=[
            gettext("%(name)s loses all access at once and cannot sign in any more.", name=user.name),
            *([_signed_out(devices)] if devices else []),
            *(_without(one.position, user) for one in held),
            *([] if held else [gettext("They hold no position today.")]),
            gettext("Their history stays, and the account can be reopened."),
        ],
        button=gettext("Close the account"),
        way_back=url_for("people.show", user_id=user.id),
    )


def handing_over(position: Position, *, to: User | None, name: str, username: str, starts_on: date) -> Check:
    """
    Return what happens when a person takes a position over from a day.

    :param to: the person; None for somebody new, who gets an account of this name and user name
    """
    replaced = [
        one
        for one in _standing(position)
        if not one.is_acting and not (to and one.user_id == to.id) and (one.ends_on is None or one.ends_on >= starts_on)
    ]
    others = _others(to, position) if to else ""
    return Check(
        title=gettext("Change who fills the position"),
        subject=position.title,
        sentences=[
            gettext("%(name)s will fill %(title)s from %(day)s.", name=name, title=position.title, day=_day(starts_on)),
            *([] if to else [gettext("A new account is made: %(username)s. Invite them next.", username=username)]),
            *([gettext("%(name)s also stays %(others)s.", name=name, others=others)] if others else []),
            *_ended(position, replaced, starts_on),
            _work(position),
        ],
        button=gettext("Change who fills the position"),
        way_back=_page_of(position),
    )


def _standing(position: Position) -> list[Appointment]:
    """Return who fills a position today or later and can sign in."""
    return [one for one in of_position(position.id) if one.user.active and not one.tenure.is_over(clock.today())]


def _ended(position: Position, appointments: Iterable[Appointment], day: date | None = None) -> list[str]:
    """Say what ends when others fill the position from a day, from now on where none is given."""
    return [_end_of(one, position, day or clock.today()) for one in appointments]


def _end_of(appointment: Appointment, position: Position, day: date) -> str:
    user = appointment.user
    if appointment.starts_on >= day and not appointment.is_in_force(clock.today()):
        first = long_date(appointment.starts_on)
        return gettext("%(name)s, who was to begin on %(day)s, will not begin.", name=user.name, day=first)
    if day > clock.today():
        return gettext("%(name)s keeps access to the end of %(day)s.", name=user.name, day=_day(day - ONE_DAY))
    if others := _others(user, position):
        return gettext(
            "%(name)s loses the access of this position at once, but stays %(others)s.", name=user.name, others=others
        )
    return gettext("%(name)s loses all access at once: there is no other position.", name=user.name)


def _others(user: User, position: Position) -> str:
    """Return what else a person fills today."""
    held = user.appointments_on(clock.today())
    return ", ".join(one.position.title for one in held if one.position_id != position.id)


def _signed_out(devices: int) -> str:
    return ngettext("They are signed out on %(num)d device.", "They are signed out on %(num)d devices.", devices)


def _work(position: Position) -> str:
    return ngettext(
        "The position's work stays as it is: %(num)d unfinished task.",
        "The position's work stays as it is: %(num)d unfinished tasks.",
        open_work(position),
    )


def _without(position: Position, user: User) -> str:
    left = [one for one in _standing(position) if one.user_id != user.id and one.is_in_force(clock.today())]
    if left:
        return _goes_on(position, left)
    return ngettext(
        "Nobody else fills %(title)s: its %(num)d unfinished task waits, and its reminders reach nobody.",
        "Nobody else fills %(title)s: its %(num)d unfinished tasks wait, and its reminders reach nobody.",
        open_work(position),
        title=position.title,
    )


def _goes_on(position: Position, appointments: Sequence[Appointment]) -> str:
    names = ", ".join(one.user.name for one in appointments)
    return gettext("%(names)s can go on working for %(title)s.", names=names, title=position.title)


def _day(day: date) -> str:
    return gettext("%(weekday)s %(day)s", weekday=weekday(day), day=long_date(day))


def _page_of(position: Position) -> str:
    return url_for("positions.show", position_id=position.id)
