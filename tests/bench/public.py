"""What anybody may read of a plan: a list of the API and a file of the open data."""

from flask import Flask
from sqlalchemy import select

from tests.bench.measuring import compare_page
from tracker import clock
from tracker.extensions import db
from tracker.models import Appointment, Plan, PublicWindow

PAGES = {"api-tasks": "/public/api/v1/plans/{}/tasks", "tasks-csv": "/public/{}/data/tasks.csv"}


def bench_public(app: Flask, plan_id: int, size: int, database: str, budget: float) -> None:
    """Print how these do where nothing of them is kept yet."""
    with app.app_context():
        plan = db.session.get_one(Plan, plan_id)
        by = db.session.scalars(select(Appointment.id).limit(1)).one()
        window = PublicWindow(plan_id=plan.id, organization_id=plan.organization_id)
        window.published_at, window.published_by_id = clock.now(), by
        db.session.add(window)
        db.session.commit()
        place = f"{plan.organization.public_name}/{plan.fiscal_year}"
    for page, path in PAGES.items():
        compare_page(
            page, path.format(place), client=app.test_client(), app=app, size=size, database=database, budget=budget
        )
