"""For machines that watch: is the database there, does the scheduler tick."""

from flask import Blueprint, jsonify
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.queries import messages
from tracker.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def show() -> tuple:
    try:
        tick = messages.last_tick()
    except SQLAlchemyError:
        return jsonify(status="error", database="unreachable"), 503
    silent = messages.Standing(0, tick).is_silent(clock.machine_now())
    body = {
        "status": "error" if silent else "ok",
        "database": "ok",
        "scheduler": "silent" if silent else "ok" if tick else "not started yet",
        "last_tick_at": tick.isoformat() if tick else None,
    }
    return jsonify(body), 503 if silent else 200
