"""The session of whoever is here: begun at sign-in, checked with every request, ended from anywhere."""

from typing import Any, cast

from flask import Blueprint, abort, after_this_request, flash, g, redirect, request, session, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.utils import login_user, logout_user
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload
from werkzeug import Response

from tracker import clock, extensions
from tracker.domain.devices import device_of
from tracker.domain.permissions import Act
from tracker.domain.sign_in import Visit
from tracker.extensions import db
from tracker.models import Appointment, Position, User, UserSession
from tracker.services import sessions
from tracker.web import access
from tracker.web.loaders import user_or_404

bp = Blueprint("sessions", __name__)

KEPT = ("locale",)  # what a browser keeps when somebody signs in or out
# Built once: every page asks for its session, its person and the appointments, in one statement.
FIND = (
    select(UserSession)
    .where(UserSession.fingerprint == bindparam("fingerprint"), UserSession.expires_at > bindparam("machine_now"))
    .options(
        joinedload(UserSession.user).options(
            joinedload(User.organization),
            joinedload(User.appointments).joinedload(Appointment.position).joinedload(Position.division),
        )
    )
)


class Datastore(SQLAlchemyUserDatastore):
    """Finds who is here by the token in the cookie; a session that was ended finds nobody."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        token = str(kwargs.get("fs_uniquifier", ""))  # what Flask-Security calls whatever stands in its cookies
        values = {"fingerprint": sessions.fingerprint(token), "machine_now": clock.machine_now()}
        g.user_session = db.session.scalars(FIND, values).unique().one_or_none()
        return g.user_session.user if g.user_session else None


def visit() -> Visit:
    """Return where this request comes from."""
    return Visit(request.remote_addr or "", device_of(request.user_agent.string))


def current() -> UserSession:
    """Return the session of whoever is signed in."""
    return cast(UserSession, g.user_session)


def begin(user: User, *, is_remembered: bool = False) -> None:
    """Let somebody in. Nothing of the browser's earlier session lives on: neither its token nor its forms'."""
    leave()
    row, user.session_token = sessions.begin(
        user=user,
        visit=visit(),
        now=clock.now(),
        machine_now=clock.machine_now(),
        is_remembered=is_remembered,
    )
    login_user(user, remember=is_remembered)
    g.user_session = row


def leave() -> None:
    """End the session of this browser, if it has one."""
    if current_user.is_authenticated:
        sessions.drop(token=session["_user_id"])
        logout_user()
        after_this_request(_forget_pages)
    is_remembered = session.get("_remember")
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
    if is_remembered:
        session["_remember"] = is_remembered  # tells Flask-Login to take its cookie back
    g.pop("csrf_token", None)


def _forget_pages(response: Any) -> Any:
    """Let the browser forget the pages that it was allowed to hold, so that "back" shows none of them."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def begin_writing() -> None:
    """Go on to write after a password was checked, unless this session was ended while that took its time (401)."""
    extensions.begin_writing()
    mark = sessions.fingerprint(session["_user_id"])
    g.user_session = db.session.scalar(select(UserSession).where(UserSession.fingerprint == mark)) or abort(401)


@bp.post("/account/sessions/<int:session_id>/ending")
@access.own_account
def end(session_id: int) -> Response:
    row = db.session.get(UserSession, session_id)
    if row is None or row.user_id != access.user().id:
        abort(404)
    if row.id == current().id:
        leave()
        return redirect(url_for("security.login"))
    sessions.end(session=row, by=access.user(), visit=visit(), now=clock.now())
    flash(gettext("That device is signed out."), "success")
    return redirect(url_for("account.show"))


@bp.post("/account/sessions/ending")
@access.own_account
def end_others() -> Response:
    user = access.user()
    ended = sessions.end_all(user=user, by=user, visit=visit(), now=clock.now(), keep=current())
    flash(ngettext("%(num)d other device is signed out.", "%(num)d other devices are signed out.", ended), "success")
    return redirect(url_for("account.show"))


@bp.post("/admin/people/<int:user_id>/sessions/ending")
@access.allowed(Act.ADMINISTER)
def end_all(user_id: int) -> Response:
    user = user_or_404(user_id)
    keep = current() if user.id == access.user().id else None
    ended = sessions.end_all(user=user, by=access.user(), visit=visit(), now=clock.now(), keep=keep)
    words = ngettext(
        "%(name)s is signed out on %(num)d device.", "%(name)s is signed out on %(num)d devices.", ended, name=user.name
    )
    flash(words, "success")
    return redirect(url_for("people.show", user_id=user_id))
