"""For the administrator: who is there, what left, does the scheduler tick."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.thai import clean
from tracker.extensions import db
from tracker.queries import messages, people
from tracker.services import organizations
from tracker.web import access
from tracker.web.filters import sentence
from tracker.web.loaders import user_or_404

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.get("")
@access.allowed(Act.ADMINISTER)
def index() -> str:
    return _page()


@bp.post("/people/<int:user_id>/address")
@access.allowed(Act.ADMINISTER)
def set_address(user_id: int) -> Any:
    user = user_or_404(user_id)
    try:
        organizations.set_address(user=user, email=clean(request.form.get("email", "")))
    except Refusal as refusal:
        db.session.rollback()
        return _page(problem=sentence(refusal.sentence)), 422
    flash(gettext("The address of %(name)s is saved.", name=user.name), "success")
    return redirect(url_for("admin.index"))


def _page(problem: str = "") -> str:
    organization_id = access.user().organization_id
    return render_template(
        "admin/index.html",
        problem=problem,
        mail_server=current_app.config["MAIL_SERVER"],
        last_tick=messages.last_tick(),
        deliveries=messages.recent_deliveries(organization_id),
        appointments=people.appointments(organization_id, today=clock.today()),
    )
