"""Finding what an address names; what another organization owns is a 404, so that a stranger learns nothing."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from flask import abort, g, request

from tracker import clock
from tracker.extensions import db
from tracker.models import (
    Appointment,
    ChannelAddress,
    DisclosureAddress,
    DisclosureItem,
    Division,
    Draft,
    Evidence,
    Festival,
    FoundPage,
    Holiday,
    Issue,
    Measure,
    Plan,
    Position,
    ReportTemplate,
    Task,
    User,
)
from tracker.queries import (
    closings,
    disclosures,
    divisions,
    evidence,
    issues,
    measures,
    people,
    plans,
    positions,
    tasks,
)
from tracker.queries.closings import Kept
from tracker.queries.divisions import Staffed
from tracker.services import locks
from tracker.web import access

Row = TypeVar(
    "Row",
    Measure,
    Plan,
    Draft,
    User,
    Division,
    Position,
    Holiday,
    Festival,
    Issue,
    ReportTemplate,
    DisclosureItem,
    FoundPage,
)


def task_or_404(task_id: int) -> Task:
    """Return the task with what its page shows, if it is this organization's."""
    task = tasks.one(task_id)
    if task is None or task.organization_id != access.user().organization_id:
        abort(404)
    return task


def held_task_or_404(task_id: int) -> Task:
    """Return the task for a change, held until the request ends, if it is this organization's."""
    task = locks.hold_task(task_id)
    if task is None or task.organization_id != access.user().organization_id:
        abort(404)
    return task


def measure_or_404(measure_id: int) -> Measure:
    """Return the measure, if it is this organization's."""
    return _own(measures.one(measure_id))


def evidence_or_404(evidence_id: int) -> Evidence:
    """Return the evidence, if it is this organization's and this person's to see: another division's is not there."""
    row = evidence.one(evidence_id)
    if row is None or row.organization_id != access.user().organization_id:
        abort(404)
    return row if access.seeing_inside(row.task.division_id) else abort(404)


def plan_or_404(plan_id: int) -> Plan:
    """Return the plan, if it is this organization's."""
    return _own(db.session.get(Plan, plan_id))


def closing_or_404(closing_id: int) -> Kept:
    """Return the closing of a round with its event, if it is of this organization's plan."""
    kept = closings.one(closing_id)
    if kept is None:
        abort(404)
    _own(kept.closing.plan)
    return kept


def issue_or_404(issue_id: int) -> Issue:
    """Return the version of a report with its files, if it is this organization's."""
    return _own(issues.one(issue_id))


def report_template_or_404(template_id: int) -> ReportTemplate:
    """Return the template, if it is this organization's and has a file: the standard layout has none."""
    template = _own(db.session.get(ReportTemplate, template_id))
    return template if template.name else abort(404)


def draft_or_404(draft_id: int) -> Draft:
    """Return the imported report, if it is this organization's."""
    return _own(db.session.get(Draft, draft_id))


def user_or_404(user_id: int) -> User:
    """Return the account with its appointments, if it is this organization's."""
    return _own(people.one(user_id))


def channel_address_or_404(user_id: int, address_id: int) -> ChannelAddress:
    """Return the address, if it is this person's and the person this organization's."""
    user, address = user_or_404(user_id), db.session.get(ChannelAddress, address_id)
    if address is None or address.user_id != user.id:
        abort(404)
    return address


def division_or_404(division_id: int) -> Division:
    """Return the division, if it is this organization's."""
    return _own(db.session.get(Division, division_id))


def staffed_division_or_404(division_id: int, day: date) -> Staffed:
    """Return the division with who filled its positions on a day, if it is this organization's."""
    staffed = divisions.staffed(division_id, day=day)
    if staffed is None:
        abort(404)
    _own(staffed.division)
    return staffed


def position_or_404(position_id: int) -> Position:
    """Return the position, if it is this organization's."""
    return _own(positions.one(position_id))


def holiday_or_404(holiday_id: int) -> Holiday:
    """Return the day off, if it is this organization's."""
    return _own(db.session.get(Holiday, holiday_id))


def festival_or_404(festival_id: int) -> Festival:
    """Return the festival, if it is this organization's."""
    return _own(db.session.get(Festival, festival_id))


def disclosure_item_or_404(item_id: int) -> DisclosureItem:
    """Return the item that must be open to the public, with its addresses, if it is this organization's."""
    return _own(disclosures.one(item_id))


def disclosure_address_or_404(item_id: int, address_id: int) -> DisclosureAddress | None:
    """Return where an item is shown, if it is this item's and the item this organization's; None: there no more."""
    item, address = disclosure_item_or_404(item_id), db.session.get(DisclosureAddress, address_id)
    return address if address is None or address in item.addresses else abort(404)


def found_page_or_404(page_id: int) -> FoundPage:
    """Return the page whose links were asked for, if this organization asked."""
    return _own(disclosures.page(page_id))


def cover_or_404(appointment_id: int) -> Appointment:
    """Return the acting cover, if it is of this organization."""
    cover = db.session.get(Appointment, appointment_id)
    if cover is None or not cover.is_acting:
        abort(404)
    _own(cover.position)
    return cover


def all_plans() -> Sequence[Plan]:
    """Return the organization's plans, newest first, asked for once a request."""
    if "plans" not in g:
        g.plans = plans.of(access.user().organization_id)
    return g.plans


def plan_in_view() -> Plan | None:
    """Return the plan that `?year=` names or that people work on today; None before there is any."""
    return _in_view(all_plans())


def all_years() -> Sequence[plans.Year]:
    """Return which plans the organization has, newest first, asked for once a request."""
    if "years" not in g:
        g.years = plans.years(access.user().organization_id)
    return g.years


def year_in_view() -> plans.Year | None:
    """Return the plan in view by its year alone, for lists that need no more of it."""
    return _in_view(all_years())


def _in_view(known: Sequence[plans.AnyPlan]) -> plans.AnyPlan | None:
    if "year" not in request.args:
        return plans.current(known, today=clock.today())
    wanted = [plan for plan in known if str(plan.fiscal_year) == request.args["year"]]
    return wanted[0] if wanted else abort(404)


def _own(row: Row | None) -> Row:
    if row is None or row.organization_id != access.user().organization_id:
        abort(404)
    return row
