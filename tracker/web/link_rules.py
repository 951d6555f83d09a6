"""How watched addresses are checked: how often, which the clerk says, and what of the office's own may be opened."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from tracker import clock
from tracker.domain.intranet import MOST_NAMES
from tracker.domain.link_schedules import KEPT
from tracker.domain.links import Frequency
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.queries import links as queries
from tracker.services import link_rules
from tracker.web import access
from tracker.web.forms.links import frequency_from, names_from
from tracker.web.problems import Problem, problem_of

bp = Blueprint("link_rules", __name__, url_prefix="/links/rules")

FREQUENCY = {
    Frequency.DAILY: lazy_gettext("every night"),
    Frequency.WEEKLY: lazy_gettext("once a week"),
    Frequency.MONTHLY: lazy_gettext("once a month, on its first working days"),
}


@bp.get("")
@access.signed_in
def show() -> str:
    return _page()


@bp.post("/frequency")
@access.allowed(Act.KEEP_LINKS)
def change_frequency() -> Any:
    every = frequency_from(request.form)
    if every is None:
        return _page(Problem(gettext("Choose how often."), "every")), 422
    link_rules.change_frequency(
        organization_id=access.user().organization_id,
        every=every,
        by=access.actor(Act.KEEP_LINKS),
        now=clock.now(),
        today=clock.today(),
    )
    flash(gettext("Addresses are checked %(how_often)s.", how_often=FREQUENCY[every]), "success")
    return redirect(url_for("link_rules.show"))


@bp.post("/intranet")
@access.allowed(Act.ADMINISTER)
def change_intranet() -> Any:
    try:
        link_rules.change_intranet_names(
            organization_id=access.user().organization_id,
            names=names_from(request.form),
            by=access.actor(Act.ADMINISTER),
            now=clock.now(),
        )
    except Refusal as refusal:
        db.session.rollback()
        return _page(problem_of(refusal, "names"), written=request.form.get("names", "")), 422
    flash(gettext("The names are saved."), "success")
    return redirect(url_for("link_rules.show"))


def _page(problem: Problem | None = None, written: str | None = None) -> str:
    rules = queries.rules(access.user().organization_id)
    return render_template(
        "links/rules.html",
        rules=rules,
        every=rules.every,
        frequencies=FREQUENCY,
        problem=problem,
        written="\n".join(rules.intranet_names) if written is None else written,
        most_names=MOST_NAMES,
        days_kept=KEPT.days,
    )
