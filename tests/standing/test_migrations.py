import re

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from config import ROOT
from tests.apps import new_app
from tracker.extensions import db

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


@pytest.fixture
def app_on_nothing(databases):
    """The application on a database without tables."""
    app = new_app(databases.empty())
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def schema():
    """Describe every table as the database sees it, so that two schemas can be held against each other."""
    look = inspect(db.engine)
    tables = sorted(set(look.get_table_names()) - {"alembic_version"})
    return {table: _described(look, table) for table in tables}


def _described(look, table):
    return {
        "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)},
        "primary key": look.get_pk_constraint(table)["constrained_columns"],
        "uniques": sorted((u["name"], *u["column_names"]) for u in look.get_unique_constraints(table)),
        "indexes": sorted((i["name"], i["unique"], *i["column_names"]) for i in look.get_indexes(table)),
        "checks": sorted((c["name"], c["sqltext"]) for c in look.get_check_constraints(table)),
        "foreign keys": sorted(
            (f["name"], f["referred_table"], *f["constrained_columns"]) for f in look.get_foreign_keys(table)
        ),
    }


def test_migrations_are_numbered_without_gaps_and_titled():
    names = [path.stem for path in VERSIONS]

    assert [name.partition("_")[0] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]{4,}", name) for name in names)


def test_migrations_follow_each_other_to_one_head():
    script = ScriptDirectory(str(ROOT / "migrations"))

    assert script.get_heads() == [VERSIONS[-1].stem.partition("_")[0]]


def test_no_migration_imports_a_model():
    assert [path.name for path in VERSIONS if "tracker" in path.read_text(encoding="utf-8")] == []


def test_an_empty_database_becomes_exactly_the_models(app_on_nothing):
    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_constraints_too_are_those_of_the_models(app_on_nothing, databases):
    flask_migrate.upgrade()
    migrated = schema()

    other = new_app(databases.empty())
    with other.app_context():
        db.create_all()
        made = schema()
        db.session.remove()
        db.engine.dispose()

    assert migrated == made


def test_going_down_and_up_again_leaves_the_schema_as_it_was(app_on_nothing):
    flask_migrate.upgrade()
    before = schema()

    flask_migrate.downgrade(revision="base")
    assert schema() == {}
    flask_migrate.upgrade()

    assert schema() == before
