"""Municipalities whose plans stand in every way that an overview must be able to show, side by side in one database."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from tests.clocks import TODAY
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.calendar import first_day
from tracker.domain.responsibles import USUAL_DIVISIONS, Division
from tracker.domain.statuses import Status
from tracker.domain.thai import arabic_digits
from tracker.extensions import db
from tracker.models import Organization, Plan, Task
from tracker.sample import report_bytes
from tracker.services import imports, organizations, staff, states

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC)
IN_OCTOBER = datetime(2025, 10, 6, 2, tzinfo=UTC)
KINDS = ("without a plan", "on its first day", "not begun", "of one division", "all done", "all late")


def load() -> dict[str, tuple[str, str]]:
    """Create one municipality of each kind, and return who may sign in as its mayor, with the password."""
    made = {kind: _organization(kind) for kind in KINDS}
    mayors = {}
    for kind, organization in made.items():
        accounts = staff.create(organization=organization, starts_on=first_day(2569))
        mayors[kind] = next((a.username, a.password) for a in accounts if a.username.startswith("mayor"))
    _plan(made["on its first day"], NOW)
    _plan(made["not begun"], NOW, year=2570)
    _live(_plan(made["of one division"], IN_OCTOBER), lambda task, number: number % 3 == 0)
    _live(_plan(made["all done"], IN_OCTOBER), lambda task, number: True)
    late = _plan(made["all late"], IN_OCTOBER)
    tasks = _tasks(late)
    for number, task in enumerate(tasks):
        task.due_on = TODAY - timedelta(days=1 + number % 60)
    states.keep(tasks=tasks, now=IN_OCTOBER)
    db.session.commit()
    return mayors


def _organization(kind: str) -> Organization:
    divisions = [Division("สำนักปลัดเทศบาล")] if kind == "of one division" else USUAL_DIVISIONS
    return organizations.create(name=f"เทศบาลตำบลตัวอย่างที่ {KINDS.index(kind) + 1}", divisions=divisions)


def _plan(organization: Organization, made_at: datetime, year: int = 2569) -> Plan:
    divisions = [Division(one.name, tuple(one.short_names)) for one in organization.divisions]
    report = arabic_digits(report_bytes().decode()).replace("2569", str(year)).encode()
    reading = read_draft(read_text_report(report), divisions=divisions, plan_year=year)
    return imports.create_plan(organization=organization, reading=reading, by=None, now=made_at, today=first_day(year))


def _tasks(plan: Plan) -> list[Task]:
    return list(db.session.scalars(select(Task).where(Task.plan_id == plan.id).order_by(Task.due_on, Task.id)))


def _live(plan: Plan, is_done) -> None:
    """Let some of a plan's tasks be done, each a week before it is due but not after today."""
    someone = db.session.scalar(select(db.func.max(db.metadata.tables["user"].c.id)))
    for number, task in enumerate(_tasks(plan)):
        if is_done(task, number):
            day = min(task.due_on - timedelta(days=7), TODAY - timedelta(days=1))
            task.status, task.submitted_on, task.submitted_by_id = Status.DONE, day, someone
            states.keep(tasks=[task], now=_noon(max(day, date(2025, 10, 7))))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
