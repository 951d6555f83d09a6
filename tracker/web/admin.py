"""For the administrator: the way to people, divisions and positions, what left, does the scheduler tick."""

from flask import Blueprint, current_app, render_template

from tracker import clock
from tracker.domain.permissions import Act
from tracker.queries import administration, messages
from tracker.web import access

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.get("")
@access.allowed(Act.ADMINISTER)
def index() -> str:
    organization_id = access.user().organization_id
    return render_template(
        "admin/index.html",
        standing=administration.standing(organization_id, today=clock.today()),
        mail_server=current_app.config["MAIL_SERVER"],
        last_tick=messages.last_tick(),
        deliveries=messages.recent_deliveries(organization_id),
    )
