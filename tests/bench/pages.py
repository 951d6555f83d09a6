"""Pages of a municipality of some size, signed in and with the full layout."""

from flask import Flask

from tests.bench.dashboards import Dashboard, bench_dashboard
from tests.bench.measuring import compare_page, signed_in_client
from tests.bench.public import bench_public
from tests.bench.status_post import bench_status_post
from tests.bench.world import build

PAGES = {"mine": "/", "tasks": "/tasks", "measures": "/measures"}


def bench_pages(app: Flask, size: int, database: str, budget: float) -> Dashboard:
    """Print how the pages do; return the dashboard, to be compared with that of another world."""
    with app.app_context():
        plan, accounts = build(size)
        plan_id = plan.id
    client = signed_in_client(app, next(a.password for a in accounts if a.username == "head1"))
    for page, path in PAGES.items():
        compare_page(page, path, client=client, app=app, size=size, database=database, budget=budget)
    dashboard = Dashboard(app, client, plan_id)
    bench_dashboard(dashboard, size, database, budget)
    bench_public(app, plan_id, size, database, budget)
    bench_status_post(app, client, size, database, budget)
    return dashboard
