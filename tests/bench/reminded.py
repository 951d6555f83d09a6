"""A thousand divisions among very many tasks, of which only some are due: whom and what reminders are about."""

from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update

from tests.bench.world import CHUNK, NOW, TODAY
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Appointment, Delivery, Division, Message, Notice, Plan, Position, Task, User

DIVISIONS, DUE = 1000, 10_000
LATEST = 31  # days ahead: what is due later is owed to nobody yet
YEAR_BEGINS = date(2025, 10, 1)


def add_divisions(plan: Plan, count: int = DIVISIONS) -> list[int]:
    """Give a municipality many more divisions with one head each, who has an address; return the divisions' ids."""
    organization_id = plan.organization_id
    names = range(1, count + 1)
    for kind, rows in {
        Division: [{"name": f"ส่วนราชการที่ {n}", "short_names": [], "order": 100 + n} for n in names],
        User: [_user(n) for n in names],
    }.items():
        db.session.execute(insert(kind), [row | {"organization_id": organization_id} for row in rows])
    ids = _new_ids(Division, organization_id, count)
    posts = [{"title": f"หัวหน้าที่ {n}", "role": Role.HEAD, "division_id": id_} for n, id_ in enumerate(ids)]
    db.session.execute(insert(Position), [post | {"organization_id": organization_id} for post in posts])
    filled = zip(_new_ids(User, organization_id, count), _new_ids(Position, organization_id, count), strict=True)
    appointments = [{"user_id": user, "position_id": post, "starts_on": YEAR_BEGINS} for user, post in filled]
    db.session.execute(insert(Appointment), appointments)
    db.session.commit()
    return ids


def add_tasks(plan: Plan, divisions: list[int], count: int, due: int = DUE) -> None:
    """
    Add very many tasks: so many of them are due now, the same number for every division; of the others every second
    one is done, at any time of the year, and the rest is far ahead.
    """
    plan.reminders_from = YEAR_BEGINS
    done = {"status": Status.DONE, "submitted_on": TODAY, "submitted_by_id": 1}
    db.session.execute(update(Task).where(Task.plan_id == plan.id).values(done))
    measures, chance = [measure.id for measure in plan.measures], Random(count)
    for start in range(0, count, CHUNK):
        tasks = [
            _task(plan, measures[n % len(measures)], divisions[n % len(divisions)], n, n < due, chance)
            for n in range(start, min(start + CHUNK, count))
        ]
        db.session.execute(insert(Task.__table__), tasks)
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
        db.session.commit()


def forget() -> None:
    """Put back what collecting wrote."""
    for kind in (Delivery, Notice, Message):
        db.session.execute(delete(kind))
    db.session.commit()


def _user(number: int) -> dict[str, Any]:
    return {
        "username": f"reminded{number}",
        "email": f"reminded{number}@municipality.example",
        "name": f"หัวหน้าส่วนราชการที่ {number}",
        "password": "*",
        "fs_uniquifier": f"reminded{number}",
    }


def _new_ids(kind: Any, organization_id: int, count: int) -> list[int]:
    newest = select(kind.id).where(kind.organization_id == organization_id).order_by(kind.id.desc()).limit(count)
    return sorted(db.session.scalars(newest))


def _task(plan: Plan, measure_id: int, division_id: int, n: int, is_due: bool, chance: Random) -> dict[str, Any]:
    is_done = not is_due and n % 2 == 0
    ahead = chance.randrange(-1, LATEST) if is_due else chance.randrange(40, 200)
    due_on = YEAR_BEGINS + timedelta(days=chance.randrange(365)) if is_done else TODAY + timedelta(days=ahead)
    return {
        "organization_id": plan.organization_id,
        "plan_id": plan.id,
        "measure_id": measure_id,
        "division_id": division_id,
        "scheduled_division_id": division_id,
        "slot": f"reminded:{n}",
        "due_on": due_on,
        "scheduled_on": due_on,
        "status": Status.DONE if is_done else Status.NOT_STARTED,
        "submitted_on": due_on if is_done else None,
        "submitted_by_id": 1 if is_done else None,
        "last_event_at": NOW,
    }


def counted(kind: Any) -> int:
    """Return how many rows there are."""
    return db.session.scalar(select(func.count()).select_from(kind)) or 0
