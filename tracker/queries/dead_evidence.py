"""Evidence that nobody can open any more: links whose address is broken, and the tasks that they stand on."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from sqlalchemy import BindParameter, Select, bindparam, select

from tracker.domain.links import Verdict
from tracker.extensions import db
from tracker.models import Evidence, Link, Task
from tracker.queries.link_keepers import is_counted_on, is_of_evidence


def task_ids(organization_id: int, *, today: date) -> frozenset[int]:
    """Return the tasks (ids) on which a link stands that cannot be opened, whatever their status."""
    return frozenset(db.session.scalars(_on_tasks(today), {"organization_id": organization_id}))


@lru_cache(maxsize=4)
def _on_tasks(today: date) -> Select:
    """Return the statement of every list of tasks: built once a day, because building it takes longer than it."""
    office: BindParameter[int] = bindparam("organization_id")
    # Said as a list, the few broken addresses find their evidence; joined, all evidence was looked through.
    broken = select(Link.url).where(Link.organization_id == office, Link.verdict == Verdict.BROKEN)
    return (
        select(Evidence.task_id)
        .join(Task, Task.id == Evidence.task_id)
        .where(Evidence.organization_id == office, Evidence.url.in_(broken), is_counted_on(today))
    )


def of_task(task_id: int, *, today: date) -> Mapping[int, Link]:
    """Return the addresses of a task's links that cannot be opened, by the evidence (id) that they are."""
    rows = db.session.execute(
        select(Evidence.id, Link)
        .join(Task, Task.id == Evidence.task_id)
        .join(Link, is_of_evidence())
        .where(Evidence.task_id == task_id, Link.verdict == Verdict.BROKEN, is_counted_on(today))
    )
    return {evidence_id: link for evidence_id, link in rows}  # noqa: C416  rows are no pairs to mypy
