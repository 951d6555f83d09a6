"""At the end of a month its check of addresses goes to the tasks that promised it, where the clerk chose so."""

import logging
from datetime import datetime

from flask import current_app

from tracker import clock
from tracker.documents.evidence.storage import Storage
from tracker.domain.calendar import Calendar
from tracker.domain.link_months import is_ready, month_of
from tracker.domain.sentences import Refusal
from tracker.extensions import begin_reading, db
from tracker.models import Task
from tracker.queries import calendars
from tracker.queries import link_months as queries
from tracker.services import link_months, locks

log = logging.getLogger(__name__)


def run() -> None:
    """Attach what is due by now, also what was missed; repeated, or in two processes, nothing is attached twice."""
    now = clock.now()
    begin_reading()
    due = [task.id for task in _due(now)]
    db.session.rollback()
    for task_id in due:
        try:
            _attach(task_id, now)
            db.session.commit()
        except Refusal:
            db.session.rollback()  # somebody was faster, or the same file stands on it already
        except Exception:
            db.session.rollback()
            log.exception("the month's check of task %s", task_id)


def _due(now: datetime) -> list[Task]:
    tasks = queries.waiting(today=clock.local(now).date())
    known = {key: calendars.working_days(key) for key in {task.organization_id for task in tasks}}
    return [task for task in tasks if _is_ready(task, known[task.organization_id], now)]


def _is_ready(task: Task, calendar: Calendar, now: datetime) -> bool:
    month = month_of(task.slot)
    return month is not None and is_ready(month=month, due_on=task.due_on, calendar=calendar, at=now)


def _attach(task_id: int, now: datetime) -> None:
    begin_reading()
    facts = queries.facts_for(db.session.get_one(Task, task_id), now=now)
    db.session.rollback()  # nobody waits for the database while it is written
    if not facts.outcome.is_check:
        return
    report = link_months.written(facts)
    task, today = locks.hold_task(task_id), clock.local(now).date()
    # A person or another process may have been faster while it was written.
    if task and task.id in {one.id for one in queries.waiting(today=today)}:
        storage = Storage(current_app.config["SETTINGS"].uploads)
        link_months.attach(task=task, report=report, storage=storage, now=now, today=today)
