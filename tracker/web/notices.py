"""What a person was told: the same digests that left by mail."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug import Response

from tracker import clock
from tracker.extensions import db
from tracker.models import Message
from tracker.queries import messages as queries
from tracker.services import messages
from tracker.web import access

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("")
@access.signed_in
def index() -> str:
    return render_template("notices/index.html", messages=queries.of_user(access.user().id))


@bp.post("/<int:message_id>/reading")
@access.signed_in
def read(message_id: int) -> Response:
    message = db.session.get(Message, message_id)
    if message is None or message.user_id != access.user().id:
        abort(404)
    messages.mark_read(message=message, now=clock.now())
    return redirect(url_for("notices.index"))
