"""How Alembic meets the application: its engine and its tables, in one transaction."""

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

migrate = current_app.extensions["migrate"]


def run(connection: Connection) -> None:
    """Migrate in one transaction. SQLite rebuilds a table by dropping it, which no row that points at it may forbid."""
    is_sqlite = connection.dialect.name == "sqlite"
    driver = connection.connection.dbapi_connection
    if is_sqlite:
        driver.execute("PRAGMA foreign_keys=OFF")  # before the transaction: inside one it has no effect
    try:
        context.configure(connection=connection, target_metadata=migrate.db.metadata, **migrate.configure_args)
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
                raise RuntimeError(f"A migration left rows that point nowhere: {broken[:3]}")
    finally:
        if is_sqlite:
            driver.execute("PRAGMA foreign_keys=ON")


with migrate.db.engine.connect() as connection:
    run(connection)
