"""Giving a month's check of addresses to a task that promised it."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.documents.composing import link_checks
from tracker.documents.composing.link_checks import Facts
from tracker.documents.composing.link_checks.words import month_words
from tracker.documents.evidence.storage import Storage
from tracker.documents.writing import pdf
from tracker.domain.links import LinkCheckUse
from tracker.models import Evidence, Task
from tracker.services import evidence, tasks


@dataclass(frozen=True)
class Report:
    """A month's report as PDF, ready to be attached, and what it found."""

    title: str  # without an ending
    content: bytes
    facts: Facts

    @property
    def told(self) -> str:
        """What the history tells of it."""
        found = self.facts.outcome
        wrong = {
            "เปิดไม่ได้": found.broken,
            "เปิดไม่ได้ในครั้งล่าสุด": found.in_doubt,
            "ยังไม่ได้ตรวจ": found.unchecked,
            "ควรเข้าไปดู": found.caution - found.in_doubt,
        }
        said = " ".join(f"{words} {count:,} ลิงก์" for words, count in wrong.items() if count)
        return f"{self.title}: ตรวจ {found.total:,} ลิงก์ รวม {found.looks:,} ครั้ง {said or 'เปิดได้ทุกลิงก์'}"


def written(facts: Facts) -> Report:
    """Return the report of what was found, written; that takes a while, and nobody should wait for the database."""
    content = pdf.write(link_checks.compose(facts, thai_digits=True))
    return Report(f"ผลการตรวจสอบลิงก์ประจำเดือน{month_words(facts.month)}", content, facts)


def attach(*, task: Task, report: Report, storage: Storage, now: datetime, today: date) -> Evidence:
    """
    Attach the report, and let the task be done by it where the clerk chose so for the measure and what the division is
    judged by opens.

    Where an obstacle was reported a person has to say what became of it: then it is attached only.

    :raises NotOpen: if the task takes no reports
    :raises AlreadyThere: if the same content stands on it
    """
    completes = task.measure.link_check == LinkCheckUse.COMPLETION
    is_done = completes and report.facts.does_the_work and not task.blocked_reason
    note = report.told if is_done or not completes else f"{report.told} จึงยังไม่ถือว่าดำเนินการแล้ว"
    added = evidence.add_report(
        task=task, title=f"{report.title}.pdf", content=report.content, storage=storage, now=now, note=note
    )
    if is_done:
        tasks.complete_by_check(task=task, now=now, today=today, note=note)
    return added
