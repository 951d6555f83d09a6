"""Other municipalities in the same database, each with a plan like one that is there."""

from typing import Any

from flask import Flask
from sqlalchemy import Table, func, insert, literal, select

from tests.bench.dashboards import Dashboard
from tests.bench.measuring import signed_in_client
from tests.bench.world import build, settle
from tracker.extensions import db
from tracker.models import Division, Measure, Organization, Plan, Task, TaskState


def beside_others(app: Flask, count: int, size: int = 400) -> Dashboard:
    """Return the overview of a municipality of this size beside so many others."""
    with app.app_context():
        plan, accounts = build(size)
        add_neighbours(plan, count)
        client = signed_in_client(app, next(a.password for a in accounts if a.username == "head1"))
        return Dashboard(app, client, plan.id)


def add_neighbours(plan: Plan, count: int) -> None:
    """Copy a municipality with its divisions, its plan, the measures, tasks and states so many times."""
    # Every id of a copy is that of the first plus a distance that leaves room for all of them.
    step = max(db.session.scalar(select(func.max(kind.id))) for kind in (Task, TaskState)) + 1
    of_plan = {kind: kind.plan_id == plan.id for kind in (Measure, Task, TaskState)}
    chosen: dict[Any, Any] = {
        Organization: Organization.id == plan.organization_id,
        Division: Division.organization_id == plan.organization_id,
        Plan: Plan.id == plan.id,
    } | of_plan
    for number in range(1, count + 1):
        for kind, which in chosen.items():
            _copy(kind.__table__, which, number, number * step)
    db.session.commit()
    settle()


def _copy(table: Table, which: Any, number: int, distance: int) -> None:
    values = {column.name: _value(column, number, distance) for column in table.c}
    db.session.execute(insert(table).from_select([*values], select(*values.values()).where(which)))


def _value(column: Any, number: int, distance: int) -> Any:
    """Return a column as it is; its own id, and those of what is copied as well, at a distance."""
    if column.table.name == "organization" and column.name == "name":
        return literal(f"เทศบาลข้างเคียง {number}")
    copied = {"organization", "division", "plan", "measure", "task"}
    leads_to = {key.column.table.name for key in column.foreign_keys}
    return column + distance if leads_to & copied or column.name == "id" else column
