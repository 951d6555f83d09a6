"""Beginning the plan of the next fiscal year from this one."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from tracker.domain.history import EventKind
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Appointment, Measure, Plan, Round, Step
from tracker.queries import carried, plans
from tracker.queries.carried import Carried, CarriedStep
from tracker.queries.differences import printed_of
from tracker.services import assessments, calendars, events, locks, organizations, schedules
from tracker.services.imports import PlanExists


class NothingChosen(Refusal):
    """A plan without measures asks for nothing."""

    def __init__(self) -> None:
        super().__init__(N_("Choose at least one measure."))


def begin(*, after: Plan, measure_ids: Collection[int], by: Appointment | None, now: datetime, today: date) -> Plan:
    """
    Create the plan of the fiscal year after a plan, with the measures chosen of it (ids) and their tasks.

    The words come along a year later; rounds, reminder rules, review and what was chosen for each measure as they are.
    The analysis stays behind: it is of the result before the last.

    :param today: nothing that came before this local day will be owed to anybody
    :raises PlanExists: if the year has its plan
    :raises NothingChosen: if no measure of the plan is chosen
    """
    organization = organizations.lock(after.organization_id)
    locks.hold_plan(after)
    year = after.fiscal_year + 1
    if plans.of_year(organization.id, fiscal_year=year):
        raise PlanExists(year)
    chosen = [one for one in carried.of(after) if one.measure.id in measure_ids]
    if not chosen:
        raise NothingChosen()
    calendars.seed(organization=organization, fiscal_year=year)
    plan = Plan(
        organization_id=organization.id,
        fiscal_year=year,
        created_at=now,
        review=after.review,
        reminders_from=today,
        reminder_rules=after.reminder_rules,
        rounds=[Round(due_on=day) for day in carried.rounds_after(after)],
    )
    db.session.add(plan)
    db.session.flush()
    created = EventKind.PLAN_CREATED
    events.record(plan=plan, kind=created, by=by, now=now, before=str(after.fiscal_year), after=str(year))
    db.session.add_all([_measure(plan, one, today) for one in chosen])
    schedules.apply(plan=plan, by=by, now=now)
    assessments.answer(plan)
    return plan


def _measure(plan: Plan, one: Carried, today: date) -> Measure:
    before = one.measure
    printed = replace(printed_of(before), analysis=(), time_frame=one.time_frame_text)
    return Measure(
        organization_id=plan.organization_id,
        plan=plan,
        indicator=before.indicator,
        title=before.title,
        printed=printed.without_cells(),
        time_frame_text=one.time_frame_text,
        responsible_text=before.responsible_text,
        budget_text=before.budget_text,
        success_text=before.success_text,
        schedule=one.schedule,
        schedule_words=one.schedule_words,
        weight=before.weight,
        needs_evidence=before.needs_evidence,
        link_check=before.link_check,
        link_check_from=today if before.link_check_from else None,
        divisions=list(one.divisions),
        steps=[_step(step, order) for order, step in enumerate(one.steps, start=1)],
    )


def _step(step: CarriedStep, order: int) -> Step:
    return Step(
        order=order,
        text=step.text,
        printed=step.printed,
        own_schedule=step.own_schedule,
        own_schedule_words=step.own_schedule_words,
    )
