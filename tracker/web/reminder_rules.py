"""When a plan reminds: everybody reads it, the clerk of the plan changes it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.calendar import last_day, month_end
from tracker.domain.history import EventKind
from tracker.domain.permissions import Act
from tracker.domain.reminder_rules import example
from tracker.domain.reminders import ESCALATED, USUAL, BadRules, Rules
from tracker.models import Appointment, Plan
from tracker.queries import calendars, histories, people
from tracker.services import plans
from tracker.web import access
from tracker.web.forms.reminder_rules import RulesForm
from tracker.web.loaders import plan_or_404
from tracker.web.rule_words import rule_value

bp = Blueprint("reminder_rules", __name__, url_prefix="/plans")


@bp.get("/<int:plan_id>/reminder-rules")
@access.signed_in
def show(plan_id: int) -> str:
    plan = plan_or_404(plan_id)
    return _page(plan, _form(plan), plan.reminder_rules)


@bp.post("/<int:plan_id>/reminder-rules")
@access.allowed(Act.EDIT_PLAN)
def update(plan_id: int) -> Any:
    """Save the rules; or only show what they would do to the example."""
    plan = plan_or_404(plan_id)
    form = _form(plan)
    if not form.validate_on_submit():
        return _page(plan, form, plan.reminder_rules), 422
    try:
        rules = form.rules()
    except BadRules as refusal:
        form.complain(refusal)
        return _page(plan, form, plan.reminder_rules), 422
    if "example" in request.form:
        return _page(plan, form, rules, is_tried=True)
    return _saved(plan, rules)


@bp.post("/<int:plan_id>/reminder-rules/usual")
@access.allowed(Act.EDIT_PLAN)
def reset(plan_id: int) -> Any:
    return _saved(plan_or_404(plan_id), USUAL)


def _saved(plan: Plan, rules: Rules) -> Any:
    is_new = plans.set_rules(plan=plan, rules=rules, by=access.actor(Act.EDIT_PLAN), now=clock.now())
    said = (
        gettext("The rules are saved. They count from the next reminder on.") if is_new else gettext("Nothing changed.")
    )
    flash(said, "success")
    return redirect(url_for("reminder_rules.show", plan_id=plan.id))


def _form(plan: Plan) -> RulesForm:
    return RulesForm.of(plan.reminder_rules, due_on=_example_day(plan))


def _example_day(plan: Plan) -> date:
    """Return the end of next month as the deadline to begin with, the end of the plan's year if that is past."""
    next_month = month_end(clock.today()) + timedelta(days=1)
    return min(month_end(next_month), last_day(plan.fiscal_year))


def _page(plan: Plan, form: RulesForm, rules: Rules, *, is_tried: bool = False) -> str:
    due_on = form.due_on.day or _example_day(plan)
    leaders = _leaders(plan)
    return render_template(
        "reminder_rules/show.html",
        plan=plan,
        form=form,
        rules=rules,
        values={name: rule_value(name, value) for name, value in rules.to_json().items()},
        is_usual=plan.reminder_rules == USUAL,
        is_tried=is_tried,
        due_on=due_on,
        steps=example(rules, due_on=due_on, calendar=calendars.working_days(plan.organization_id)),
        leaders=leaders,
        silent=[level for level, days in enumerate(rules.escalations, 1) if days and not leaders[level]],
        levels={step: leaders[level] for level, step in enumerate(ESCALATED, 1)},
        history=histories.of_plan(plan.id, kind=EventKind.RULES_CHANGED),
    )


def _leaders(plan: Plan) -> dict[int, Sequence[Appointment]]:
    """Return who is told of late work today, by the level of leadership."""
    in_office = people.in_office(plan.organization_id, today=clock.today())
    return {level: [one for one in in_office if one.position.leads_at == level] for level in (1, 2)}
