"""For the administrator: the way to people, divisions and positions, to what was recorded and what left."""

from flask import Blueprint, current_app, render_template

from tracker import clock
from tracker.domain.permissions import Act
from tracker.queries import administration
from tracker.web import access

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.get("")
@access.allowed(Act.ADMINISTER)
def index() -> str:
    return render_template(
        "admin/index.html",
        standing=administration.standing(access.user().organization_id, today=clock.today()),
        mail_server=current_app.config["MAIL_SERVER"],
    )
