"""For machines that watch: is the database there, does the scheduler tick, do mails leave."""

from datetime import datetime

from flask import Blueprint, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.queries import messages
from tracker.web.access import public

bp = Blueprint("health", __name__)

NOBODY = 0


@bp.get("/healthz")
@public
def show() -> tuple:
    try:
        standing = messages.standing(user_id=NOBODY)
    except SQLAlchemyError:
        return jsonify(status="error", database="unreachable"), 503
    now, tick = clock.machine_now(), standing.last_tick_at
    silent, mail = standing.is_silent(now), _mail(standing, now)
    is_ill = silent or mail.startswith("refusing")
    body = {
        "status": "error" if is_ill else "ok",
        "database": "ok",
        "scheduler": "silent" if silent else "ok" if tick else "not started yet",
        "last_tick_at": tick.isoformat() if tick else None,
        "mail": mail,
    }
    return jsonify(body), 503 if is_ill else 200


def _mail(standing: messages.Standing, now: datetime) -> str:
    """Return how sending mail goes, without an address or a server's words: anybody may read this."""
    if not current_app.config["MAIL_SERVER"]:
        return "not configured"
    since = standing.failing_since
    return f"refusing since {since.isoformat()}" if since and standing.is_mail_down(now) else "ok"
