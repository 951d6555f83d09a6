import re

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

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


def test_what_an_older_release_kept_is_carried_over(app_on_nothing):
    flask_migrate.upgrade(revision="0001")
    for statement in OF_AN_OLDER_RELEASE:
        db.session.execute(text(statement))
    db.session.commit()

    flask_migrate.upgrade()

    kept = "SELECT task.slot, task.division_id, scheduled_division_id, review FROM task JOIN plan ON plan.id = plan_id"
    assert db.session.execute(text(kept)).all() == [("date:2026-02-28", 1, 1, "required")]
    was = "SELECT submitted_by_id, blocked_reason FROM task_state ORDER BY valid_from"
    assert db.session.execute(text(was)).all() == [(None, ""), (1, "")]
    assert db.session.execute(text("SELECT count(*) FROM event WHERE task_id = 1")).scalar() == 1


def test_links_that_are_evidence_are_watched_from_the_update_on_each_once(app_on_nothing):
    _with_evidence()

    assert db.session.execute(text("SELECT url, verdict, failures FROM link")).all() == [(ADDRESS, "unchecked", 0)]


def test_a_database_with_watched_links_goes_back_and_forth(app_on_nothing):
    _with_evidence()
    db.session.commit()

    flask_migrate.downgrade(revision="0016")
    flask_migrate.upgrade()

    assert db.session.execute(text("SELECT url FROM link")).all() == [(ADDRESS,)]
    assert db.session.execute(text("SELECT count(*) FROM evidence")).scalar() == 3


@pytest.mark.parametrize(
    "by_the_program",
    ["UPDATE evidence SET added_by_id = NULL WHERE id = 1", "UPDATE task SET submitted_by_id = NULL"],
)
def test_what_the_program_did_itself_keeps_the_database_from_going_back(app_on_nothing, by_the_program, caplog):
    _with_evidence()
    db.session.execute(text(by_the_program))
    db.session.commit()
    before = schema()

    with pytest.raises(SystemExit):
        flask_migrate.downgrade(revision="0016")

    assert "are the program's own, which schema 0016 cannot say. Nothing was changed." in caplog.text
    assert schema() == before


def _with_evidence():
    """Bring a database of the release before links were watched, with three links on a task, to the newest schema."""
    flask_migrate.upgrade(revision="0001")
    for statement in OF_AN_OLDER_RELEASE:
        db.session.execute(text(statement))
    db.session.commit()
    flask_migrate.upgrade(revision="0016")
    for statement in WITH_LINKS:
        db.session.execute(text(statement))
    db.session.commit()
    flask_migrate.upgrade()


ADDRESS = "https://example.go.th/plan"
# Two that stand at the same address, and one that was withdrawn.
WITH_LINKS = (
    """INSERT INTO position (id, organization_id, division_id, title, role, leads_at)
       VALUES (1, 1, 1, 'ผู้อำนวยการกองคลัง', 'head', 1)""",
    "INSERT INTO appointment (id, user_id, position_id, starts_on, is_acting) VALUES (1, 1, 1, '2025-10-01', false)",
    *(
        f"""INSERT INTO evidence (id, organization_id, task_id, kind, title, url, version, added_at, added_by_id,
                                  withdrawn_at, withdrawn_by_id, withdrawn_reason)
            VALUES ({number}, 1, 1, 'link', '', '{ADDRESS}{end}', 1, '2026-02-01', 1, {withdrawn})"""
        for number, end, withdrawn in (
            (1, "", "NULL, NULL, ''"),
            (2, "", "NULL, NULL, ''"),
            (3, "/old", "'2026-02-02', 1, 'x'"),
        )
    ),
)

# One handed-in task with its history, and everything it hangs on.
OF_AN_OLDER_RELEASE = (
    "INSERT INTO organization (id, name) VALUES (1, 'เทศบาลตำบลตัวอย่าง')",
    """INSERT INTO division (id, organization_id, name, short_names, head_title, "order")
       VALUES (1, 1, 'กองคลัง', '[]', '', 1)""",
    """INSERT INTO "user" (id, organization_id, username, name, password, active, fs_uniquifier)
       VALUES (1, 1, 'head1', 'ผู้อำนวยการกองคลัง', '', true, 'a')""",
    """INSERT INTO plan (id, organization_id, fiscal_year, created_at, reminders_from, last_seq, last_hash)
       VALUES (1, 1, 2569, '2025-10-01', '2025-10-01', 1, 'b')""",
    """INSERT INTO measure (id, organization_id, plan_id, indicator, title, analysis, source, time_frame_text,
                            responsible_text, schedule, schedule_words, weight)
       VALUES (1, 1, 1, 2, 'มาตรการ', '[]', '[]', '', '', '{}', '', 1)""",
    """INSERT INTO task (id, organization_id, plan_id, measure_id, division_id, slot, due_on, scheduled_on, placement,
                         status, blocked_reason, submitted_on, submitted_by_id)
       VALUES (1, 1, 1, 1, 1, 'date:2026-02-28', '2026-02-28', '2026-02-28', 'scheduled',
               'submitted', '', '2026-02-20', 1)""",
    """INSERT INTO task_state (id, task_id, plan_id, measure_id, indicator, division_id, status, due_on, submitted_on,
                               weight, valid_from, valid_to)
       VALUES (1, 1, 1, 1, 2, 1, 'not_started', '2026-02-28', NULL, 1, '2025-10-01', '2026-02-20'),
              (2, 1, 1, 1, 2, 1, 'submitted', '2026-02-28', '2026-02-20', 1, '2026-02-20', '9999-12-31 00:00:00')""",
    """INSERT INTO event (id, plan_id, seq, at, kind, task_id, before, after, note, note_digest, previous_hash, hash)
       VALUES (1, 1, 1, '2026-02-20', 'submitted', 1, 'not_started', 'submitted', '', 'c', '', 'b')""",
)
