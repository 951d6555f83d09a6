"""Tasks that somebody chose from a list, by their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Task
from tracker.queries.task_list import COLUMNS, Row


@dataclass(frozen=True)
class Chosen:
    """A task as it was found, and whose it is."""

    row: Row
    organization_id: int
    plan_id: int


def chosen(ids: Sequence[int]) -> list[Chosen]:
    """Return the tasks of these numbers in the order of a list, whoever they belong to."""
    task = Task.__table__.c
    statement = select(*COLUMNS, task.organization_id, task.plan_id).where(task.id.in_(ids))
    found = db.session.execute(statement.order_by(task.due_on, task.id)) if ids else ()
    return [Chosen(Row(*row[:-2]), row[-2], row[-1]) for row in found]
