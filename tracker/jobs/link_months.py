"""At the end of a month its check of addresses goes to the tasks that promised it, where the clerk chose so."""

import logging
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from tracker import clock
from tracker.documents.composing import link_checks
from tracker.documents.composing.link_checks.words import month_words
from tracker.documents.evidence.storage import Storage
from tracker.documents.writing import pdf
from tracker.domain.link_months import Outcome, is_ready, month_of
from tracker.domain.links import LinkCheckUse
from tracker.domain.sentences import Refusal
from tracker.extensions import begin_reading, db
from tracker.models import Task
from tracker.queries import calendars
from tracker.queries import link_months as queries
from tracker.services import evidence, locks, tasks

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Report:
    """A month's report, ready to be attached."""

    title: str
    content: bytes
    outcome: Outcome


def run() -> None:
    """Attach what is due by now, also what was missed; repeated, or in two processes, nothing is attached twice."""
    now = clock.now()
    begin_reading()
    due = [(task.id, task.measure.link_check) for task in _due(now)]
    db.session.rollback()
    for task_id, use in due:
        try:
            _attach(task_id, use, now)
            db.session.commit()
        except Refusal:
            db.session.rollback()  # somebody was faster, or the same file stands on it already
        except Exception:
            db.session.rollback()
            log.exception("the month's check of task %s", task_id)


def _due(now: datetime) -> list[Task]:
    found = []
    for task in queries.waiting(today=clock.local(now).date()):
        month = month_of(task.slot)
        calendar = calendars.working_days(task.organization_id)
        if month and is_ready(month=month, due_on=task.due_on, calendar=calendar, at=now):
            found.append(task)
    return found


def _attach(task_id: int, use: LinkCheckUse, now: datetime) -> None:
    """
    Attach the report to one task, and let the task be done by it where that was chosen and every address opens.

    Where an obstacle was reported, a person has to say what became of it: then it is attached only.
    """
    report = _report(task_id, now)
    if report is None or not _is_still_waiting(task_id, now):
        return
    task = db.session.get_one(Task, task_id)
    completes = use == LinkCheckUse.COMPLETION and report.outcome.is_complete and not task.blocked_reason
    note = f"{report.title.removesuffix('.pdf')}: {_told(report.outcome)}"
    if use == LinkCheckUse.COMPLETION and not completes:
        note += " จึงยังไม่ถือว่าดำเนินการแล้ว"
    storage = Storage(current_app.config["SETTINGS"].uploads)
    evidence.add_report(task=task, title=report.title, content=report.content, storage=storage, now=now, note=note)
    if completes:
        tasks.complete_by_check(task=task, now=now, today=clock.local(now).date(), note=note)


def _report(task_id: int, now: datetime) -> Report | None:
    """Return the report for a task's division, written while nobody waits for the database; None: nobody looked."""
    begin_reading()
    task = db.session.get_one(Task, task_id)
    month = month_of(task.slot)
    assert month is not None
    facts = queries.facts(task.plan, month=month, now=now, division=task.division)
    db.session.rollback()
    if not facts.outcome.is_check:
        return None
    paper = link_checks.compose(facts, thai_digits=True)
    return Report(f"ผลการตรวจสอบลิงก์ประจำเดือน{month_words(month)}.pdf", pdf.write(paper), facts.outcome)


def _is_still_waiting(task_id: int, now: datetime) -> bool:
    """Hold the task and return whether it still waits: a person or another process may have been faster."""
    locks.hold_task(task_id)
    return task_id in {task.id for task in queries.waiting(today=clock.local(now).date())}


def _told(outcome: Outcome) -> str:
    told = f"ตรวจ {outcome.total:,} ลิงก์ รวม {outcome.looks:,} ครั้ง"
    wrong = {"เปิดไม่ได้": outcome.broken, "ยังไม่ได้ตรวจ": outcome.unchecked}
    found = " ".join(f"{words} {count:,} ลิงก์" for words, count in wrong.items() if count)
    return f"{told} {found or 'เปิดได้ทุกลิงก์'}"
