"""For the administrator: letting people in for the first time or again."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import KEY_LENGTH, KeyKind, written_code
from tracker.models import User
from tracker.services import one_time_keys
from tracker.web import access, sessions, shown_once
from tracker.web.addresses import base
from tracker.web.loaders import user_or_404
from tracker.web.qr_codes import qr_code

bp = Blueprint("invitations", __name__, url_prefix="/admin")


class NoMailServer(Refusal):
    """No mail can leave; a letter would wait for who knows how long."""

    def __init__(self) -> None:
        super().__init__(N_("No mail server is set, so no invitation can leave. Print a code instead."))


@bp.post("/people/<int:user_id>/invitations")
@access.allowed(Act.ADMINISTER)
def create(user_id: int) -> Any:
    """Invite by mail; on paper where `by=paper` is sent, or the person has no address."""
    user = user_or_404(user_id)
    if request.form.get("by") == "paper" or not user.email:
        code = one_time_keys.make_code(
            user=user, by=access.user(), visit=sessions.visit(), now=clock.now(), machine_now=clock.machine_now()
        )
        shown_once.hold(_name_of(user), code)
        return redirect(url_for("invitations.printed", user_id=user_id))
    if not current_app.config["MAIL_SERVER"]:
        raise NoMailServer()
    one_time_keys.invite(
        user=user, by=access.user(), visit=sessions.visit(), now=clock.now(), machine_now=clock.machine_now()
    )
    flash(
        gettext("The invitation to %(name)s is on its way to %(email)s.", name=user.name, email=user.email), "success"
    )
    return redirect(url_for("deliveries.letters"))


@bp.get("/people/<int:user_id>/code")
@access.allowed(Act.ADMINISTER)
def printed(user_id: int) -> Any:
    """Show the page to print; loading it again shows no code and makes none."""
    user = user_or_404(user_id)
    code = shown_once.take(_name_of(user))
    key = one_time_keys.of_code(written_name=user.username, written_code=code or "", machine_now=clock.machine_now())
    if code is None or key is None:
        return render_template("invitations/printed.html", user=user, code=None), 410
    site = base()
    return render_template(
        "invitations/printed.html",
        user=user,
        code=written_code(code, group=5),
        address=f"{site}{url_for('one_time_keys.code_form')}",
        # The picture spares typing address and name; the code stays on paper.
        picture=qr_code(f"{site}{url_for('one_time_keys.code_form', username=user.username)}"),
        ends_at=key.created_at + KEY_LENGTH[KeyKind.CODE],
    )


def _name_of(user: User) -> str:
    return f"code-{user.id}"
