"""Who may open a page: a mark on every view, and the appointments of whoever is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, g, redirect, request, url_for
from flask_login import current_user

from tracker import clock
from tracker.domain.evidence import may_see
from tracker.domain.permissions import MAY, OWN_DIVISION, Act, Role, may
from tracker.domain.sign_in import BETWEEN_USES
from tracker.extensions import READING
from tracker.models import Appointment, Division, User
from tracker.web import errors

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed in"
OWN_ACCOUNT = "own account"


def public(view: View) -> View:
    """Mark a view that anyone may open."""
    return mark(view, PUBLIC)


def here_to_return() -> str | None:
    """Return the page to come back to after signing in; what was being sent cannot be sent again."""
    return request.full_path.rstrip("?") if request.method in READING and request.path != "/" else None


def mark(view: View, access: str) -> View:
    """Write on the view who may open it, for the standing test and the access matrix."""
    cast(Any, view).access = access
    return view


def signed_in(view: View) -> View:
    """Let in everyone who is signed in and holds a position today."""
    return allowed(Act.READ)(view)


def own_account(view: View) -> View:
    """Let in everyone who is signed in, with or without a position: an account is its person's."""
    return mark(_guarded(view, lambda: True), OWN_ACCOUNT)


def allowed(act: Act) -> Callable[[View], View]:
    """Let in those whose position may do this; others who are signed in are told that it is not theirs (403)."""

    def guard(view: View) -> View:
        return mark(_guarded(view, lambda: may_here(act)), SIGNED_IN if act == Act.READ else act)

    return guard


def _guarded(view: View, is_let_in: Callable[[], bool]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            if errors.typed():
                abort(401)  # the page says so and gives the words back
            return redirect(url_for("security.login", next=here_to_return()))
        if not is_let_in():
            abort(403)
        g.is_private = True
        _note_use()
        return view(*args, **kwargs)

    return cast(View, guarded)


def _note_use() -> None:
    """Note now and then that the session is in use – never by opening a page, which changes nothing."""
    session, now = g.user_session, clock.now()
    if request.method not in READING and now - session.last_used_at >= BETWEEN_USES:
        session.last_used_at = now


def user() -> User:
    """Return whoever is signed in."""
    return cast(User, current_user)


def appointments() -> list[Appointment]:
    """Return today's appointments of whoever is signed in, the own before the acting ones."""
    if not current_user.is_authenticated:
        return []
    if "appointments" not in g:
        g.appointments = current_user.appointments_on(clock.today())
    return g.appointments


def roles() -> set[Role]:
    """Return what the signed-in person's positions are for."""
    if not current_user.is_authenticated:
        return set()
    if "roles" not in g:
        g.roles = {appointment.position.role for appointment in appointments()}
    return g.roles


def divisions() -> list[Division]:
    """Return the divisions that the signed-in person reports for, in official order."""
    reporting = {
        a.position.division for a in appointments() if a.position.role in MAY[Act.REPORT] and a.position.division
    }
    return sorted(reporting, key=lambda division: (division.order, division.id))


def acting_as(act: Act, division_id: int | None = None) -> Appointment | None:
    """Return the appointment that lets the person do this – for this division, where one is given – or None."""
    for appointment in appointments():
        position = appointment.position
        if position.role in MAY[act] and division_id in (None, position.division_id):
            return appointment
    return None


def still_acting_as(act: Act, appointment_id: int | None, division_id: int) -> Appointment | None:
    """Return this very appointment if it is the person's today and lets them do this for the division, or None."""
    for appointment in appointments():
        position = appointment.position
        is_theirs = appointment.id == appointment_id and position.role in MAY[act]
        if is_theirs and (act not in OWN_DIVISION or position.division_id == division_id):
            return appointment
    return None


def actor(act: Act, division_id: int | None = None) -> Appointment:
    """Return the appointment in which the person does this, or refuse with 403."""
    appointment = acting_as(act, division_id)
    if appointment is None:
        abort(403)
    return appointment


def sees_inside(division_id: int) -> bool:
    """Return whether the person may see a division's evidence and obstacles: its own people, reviewers and auditors."""
    return seeing_inside(division_id) is not None


def seeing_inside(division_id: int) -> Appointment | None:
    """Return the appointment that lets the person see a division's evidence and obstacles, or None."""
    for appointment in appointments():
        position = appointment.position
        if may_see(position.role, is_own_division=position.division_id == division_id):
            return appointment
    return None


def may_here(act: Act) -> bool:
    """Return whether the page may offer this to the signed-in person."""
    return may(act, roles=roles())


def register(app: Flask) -> None:
    """Let templates ask what to offer."""
    app.jinja_env.globals.update(may=may_here, Act=Act, my_appointments=appointments)
