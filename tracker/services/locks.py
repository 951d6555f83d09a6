"""Holding what is about to change until the transaction ends. Who holds a plan and its tasks takes the plan first."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.models import Measure, Plan, Task

# What the services need of a measure; its report's own words can be long.
MEASURE_COLUMNS = (Measure.plan_id, Measure.indicator, Measure.title, Measure.weight, Measure.needs_evidence)


def hold_plan(plan: Plan) -> None:
    """Hold a plan's head, and look at it as it stands now; held already, it is what this transaction made of it."""
    if not _is_held(plan):
        db.session.refresh(plan, with_for_update={"of": Plan})
        _note(plan)


def hold_plans(plan_ids: Collection[int]) -> None:
    """Hold the heads of several plans, always in the order of their ids, so that two never wait in a circle."""
    plans = db.session.scalars(
        select(Plan)
        .where(Plan.id.in_(plan_ids))
        .order_by(Plan.id)
        .with_for_update(of=Plan)
        .execution_options(populate_existing=True)
    )
    for plan in plans:
        _note(plan)


def hold_task(task_id: int) -> Task | None:
    """
    Hold a task and its plan's head, in one statement, and return it as it stands now with what its services need.

    Of two people who move it on, the second waits here and then finds it moved.
    """
    db.session.flush()
    task = db.session.scalar(_TASK, {"task_id": task_id})
    if task is not None:
        _note(task.plan)
        _note(task)
    return task


def hold_tasks(plan: Plan, ids: Collection[int]) -> Sequence[Task]:
    """
    Hold a plan's head and those of its tasks, and return them as they stand now, in a steady order.

    Ids that the plan does not have are left out.
    """
    hold_plan(plan)
    db.session.flush()
    tasks = db.session.scalars(
        select(Task)
        .where(Task.plan_id == plan.id, Task.id.in_(ids))
        .options(
            joinedload(Task.measure).load_only(*MEASURE_COLUMNS),
            joinedload(Task.division),
            joinedload(Task.position),
        )
        .order_by(Task.id)
        .with_for_update(of=Task)
        .execution_options(populate_existing=True)
    ).all()
    for task in tasks:
        _note(task)
    return tasks


def is_held(task: Task) -> bool:
    """Return whether this transaction holds the task already."""
    return _is_held(task)


def _held() -> set[Any]:
    """Return what the present transaction holds: with it ends what was noted."""
    transaction = db.session().get_transaction()
    known = db.session.info.get("held")
    if known is None or known[0] is not transaction:
        known = db.session.info["held"] = (transaction, set())
    return known[1]


def _note(row: Plan | Task) -> None:
    _held().add((type(row), row.id))


def _is_held(row: Plan | Task) -> bool:
    return (type(row), row.id) in _held()


# Built once: every change of a task begins with it. The plan is named first, and so is taken first.
_TASK = (
    select(Task)
    .join(Task.plan)
    .where(Task.id == bindparam("task_id"))
    .options(contains_eager(Task.plan), joinedload(Task.measure).load_only(*MEASURE_COLUMNS))
    .with_for_update(of=[Plan, Task])
    .execution_options(populate_existing=True)
)
