"""Pages of a municipality of some size, signed in and with the full layout."""

from flask import Flask

from tests.bench.measuring import compare_page, signed_in_client
from tests.bench.status_post import bench_status_post
from tests.bench.world import build

PAGES = {"mine": "/", "dashboard": "/dashboard", "tasks": "/tasks", "measures": "/measures"}


def bench_pages(app: Flask, size: int, database: str, budget: float) -> None:
    with app.app_context():
        _, accounts = build(size)
    client = signed_in_client(app, next(a.password for a in accounts if a.username == "head1"))
    for page, path in PAGES.items():
        compare_page(page, path, client=client, app=app, size=size, database=database, budget=budget)
    bench_status_post(app, client, size, database, budget)
