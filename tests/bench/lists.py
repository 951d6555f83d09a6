"""A page of the list of tasks among very many: first, in the middle, narrowed – also to what there is nothing of."""

from flask import Flask

from tests.bench.dashboards import Dashboard, bench_dashboard
from tests.bench.measuring import compare_page, signed_in_client
from tests.bench.status_post import bench_status_post
from tests.bench.world import add_tasks, build

MILLION = 1_000_000
PAGES = {
    "list": "/tasks",
    "list-middle": "/tasks?after=2026-04-01.1",
    "list-division": "/tasks?division=1",
    "list-late": "/tasks?status=late",
    "list-blocked": "/tasks?status=blocked",
}


def bench_lists(app: Flask, database: str, budget: float, size: int = MILLION) -> Dashboard:
    """Print how the lists and the dashboard do; return the dashboard, to be compared with that of a small plan."""
    with app.app_context():
        plan, accounts = build(10_000)
        add_tasks(plan, size - 10_000)
        plan_id = plan.id
    client = signed_in_client(app, next(a.password for a in accounts if a.username == "head1"))
    for page, path in PAGES.items():
        compare_page(page, path, client=client, app=app, size=size, database=database, budget=budget)
    dashboard = Dashboard(app, client, plan_id)
    bench_dashboard(dashboard, size, database, budget)
    bench_status_post(app, client, size, database, budget)
    return dashboard
