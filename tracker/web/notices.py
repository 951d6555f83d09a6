"""What a person was told: the same digests that left by mail, a card a day."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from tracker import clock
from tracker.extensions import db
from tracker.models import Message
from tracker.queries import messages as queries
from tracker.services import messages
from tracker.web import access
from tracker.web.addresses import back_to
from tracker.web.navigation import unread
from tracker.web.notice_cards import cards

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("")
@access.signed_in
def index() -> str:
    before = _day(request.args.get("before", ""))  # what is no day names the newest
    found, older = queries.page_of_user(access.user().id, before=before)
    return render_template(
        "notices/index.html", cards=cards(found), older=older, is_first=before is None, unread=unread()
    )


@bp.post("/<int:message_id>/reading")
@access.signed_in
def read(message_id: int) -> Response:
    message = db.session.get(Message, message_id)
    if message is None or message.user_id != access.user().id:
        abort(404)
    messages.mark_read(message=message, now=clock.now())
    return redirect(back_to(request.form.get("next", url_for("notices.index"))))


@bp.post("/reading")
@access.signed_in
def read_all() -> Response:
    """Mark what the page showed: a digest that came since stays new."""
    newest = _day(request.form.get("newest", ""))
    if newest:
        messages.mark_all_read(user=access.user(), up_to=newest, now=clock.now())
        flash(gettext("Your notices are marked as read."), "success")
    return redirect(url_for("notices.index"))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
