"""The plan itself: its follow-up rounds."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.calendar import month_end
from tracker.domain.permissions import Act
from tracker.domain.thai import BE_OFFSET
from tracker.extensions import db
from tracker.models import Plan
from tracker.services import plans, schedules
from tracker.web import access
from tracker.web.confirmation import is_confirmed
from tracker.web.filters import long_date
from tracker.web.forms.plans import RoundsForm
from tracker.web.loaders import plan_or_404

bp = Blueprint("plans", __name__, url_prefix="/plans")


@bp.get("/<int:plan_id>/rounds")
@access.allowed(Act.EDIT_PLAN)
def edit_rounds(plan_id: int) -> str:
    plan = plan_or_404(plan_id)
    written = ", ".join(long_date(day) for day in plan.round_dates)
    return _form_page(plan, RoundsForm(fiscal_year=plan.fiscal_year, rounds=written))


@bp.post("/<int:plan_id>/rounds")
@access.allowed(Act.EDIT_PLAN)
def update_rounds(plan_id: int) -> Any:
    """Show what the change would do; do it once the clerk has seen that."""
    plan = plan_or_404(plan_id)
    form = RoundsForm(fiscal_year=plan.fiscal_year)
    if not form.validate_on_submit():
        return _form_page(plan, form), 422
    by, now = access.actor(Act.EDIT_PLAN), clock.now()
    plans.set_rounds(plan=plan, days=form.days, by=by, now=now)
    if not is_confirmed():
        effect = schedules.summary(schedules.pending_changes(plan))
        db.session.rollback()
        return _form_page(plan_or_404(plan_id), form, effect=effect)
    schedules.apply(plan=plan, by=by, now=now)
    flash(gettext("The rounds are saved and the tasks follow them."), "success")
    return redirect(url_for("measures.index", year=plan.fiscal_year))


def _form_page(plan: Plan, form: RoundsForm, effect: schedules.Summary | None = None) -> str:
    year = plan.fiscal_year - BE_OFFSET
    offers = [
        ", ".join(long_date(day) for day in days)
        for days in (
            (date(year, 3, 31), date(year, 9, 30)),
            (month_end(date(year, 2, 1)), month_end(date(year, 8, 1))),
        )
    ]
    return render_template("plans/rounds.html", plan=plan, form=form, effect=effect, offers=offers)
