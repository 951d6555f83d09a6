"""The demo's measure that is done by the month's check of links: the clerk chose so for the last full month."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from flask import current_app

from tracker import clock
from tracker.documents.evidence.storage import Storage
from tracker.domain.calendar import Calendar, first_day, month_end, months_of
from tracker.domain.link_months import READY_FROM, month_of, speaks_of_checking
from tracker.domain.links import LinkCheckUse
from tracker.models import Appointment, Measure, Plan, Task
from tracker.queries import link_months as queries
from tracker.sample.link_looks import LONGEST
from tracker.sample.story import Deed
from tracker.services import link_months, measures
from tracker.services.measures import MeasureChange

SETTLED = timedelta(days=7)  # after the year began; before that there was no plan to change


def deeds(
    plan: Plan, plan_tasks: Sequence[Task], *, clerk: Appointment, calendar: Calendar, until: datetime
) -> list[Deed]:
    """Return the choice, what the check does at the end of the month, and that people leave these tasks alone."""
    month = _last_full_month(plan, until)
    measure = next((one for one in plan.measures if _promises(one)), None)
    if month is None or measure is None or month < clock.local(until - LONGEST).date():
        return []
    chosen = max(month, first_day(plan.fiscal_year) + SETTLED)
    found = [Deed(_at(chosen, time(9)), 0, partial(_choose, measure, clerk))]
    for task in plan_tasks:
        of = month_of(task.slot)
        if task.measure_id == measure.id and of is not None and of >= month:
            ready = calendar.working_day_on_or_before(month_end(of))
            found.append(Deed(_at(ready, READY_FROM), task.id, partial(_attach, task)))
    return found


def _last_full_month(plan: Plan, until: datetime) -> date | None:
    """Return the last month of the plan's year that is over; None: none is."""
    today = clock.local(until).date()
    over = [month for month in months_of(plan.fiscal_year) if month_end(month) < today]
    return over[-1] if over else None


def _promises(measure: Measure) -> bool:
    return speaks_of_checking([measure.title, *(step.text for step in measure.current_steps)])


def _choose(measure: Measure, clerk: Appointment, now: datetime) -> None:
    change = MeasureChange(
        title=measure.title,
        schedule_words=measure.schedule_words or measure.time_frame_text,
        weight=measure.weight,
        division_ids=frozenset(division.id for division in measure.divisions),
        steps=(),
        needs_evidence=measure.needs_evidence,
        link_check=LinkCheckUse.COMPLETION,
        basis=measures.basis_of(measure),
    )
    measures.change(measure=measure, change=change, by=clerk, now=now)


def _attach(task: Task, now: datetime) -> None:
    facts = queries.facts_for(task, now=now)
    if facts.outcome.is_check:
        storage = Storage(current_app.config["SETTINGS"].uploads)
        today = clock.local(now).date()
        link_months.attach(task=task, report=link_months.written(facts), storage=storage, now=now, today=today)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.BANGKOK)
