import os
import stat

import pytest
from sqlalchemy import func, select

from tests.clocks import TODAY, at
from tests.conftest import new_app
from tests.factories import make_organization, make_person
from tests.pages import Visitor
from tracker import clock as system_clock
from tracker.domain.statuses import Status
from tracker.extensions import db as database
from tracker.models import Event, Measure, Organization, Plan, Task, TaskState, User
from tracker.services import events

NOW = at(TODAY, 12)


@pytest.fixture(scope="module")
def demo(databases, tmp_path_factory):
    """The application with the demo as of 20 February 2569, loaded once, and what the command said."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(system_clock, "machine_now", lambda: NOW)
        app = new_app(databases.migrated(), instance=tmp_path_factory.mktemp("demo"))
        done = app.test_cli_runner().invoke(args=["demo"])
        with app.app_context():
            yield app, done
            database.session.remove()
            database.engine.dispose()


@pytest.fixture
def count(demo):
    return lambda table, *where: database.session.scalar(select(func.count()).select_from(table).where(*where))


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["demo", *arguments])


def test_the_demo_is_one_municipality_with_its_plan_under_way(demo, count):
    assert demo[1].exit_code == 0
    assert [count(table) for table in (Organization, Plan, Measure, Task)] == [1, 1, 10, 198]
    assert count(Task, Task.status == Status.DONE) > 20
    assert count(Task, Task.status == Status.NOT_STARTED) > 20


def test_everybody_can_sign_in_with_what_was_shown(demo):
    app, done = demo
    accounts = [
        line.split(maxsplit=2) for line in done.stdout.strip().splitlines()[2:]
    ]  # below the public address, a heading

    assert len(accounts) == 17
    for username, password, _ in accounts:
        visitor = Visitor(app)
        visitor.get("/sign-in")
        assert visitor.post("/sign-in", {"username": username, "password": password}).h1 == "งานของฉัน"


def test_nothing_in_the_demo_happened_after_now(demo, count):
    assert count(Event, Event.at > NOW) == 0
    assert count(TaskState, TaskState.valid_from > NOW) == 0
    assert count(Event) > 100


def test_the_february_tasks_of_indicator_two_are_open_in_some_divisions_and_done_in_others(demo):
    statement = select(Task.status).join(Task.measure).where(Measure.indicator == 2, Task.slot == "date:2026-02-28")

    statuses = database.session.scalars(statement).all()

    assert len(statuses) == 6
    assert {Status.NOT_STARTED, Status.IN_PROGRESS} & set(statuses)
    assert {Status.SUBMITTED, Status.DONE} & set(statuses)


def test_the_public_page_of_the_demo_is_open_and_said_first(demo):
    app, done = demo

    assert done.stdout.startswith("หน้าที่ทุกคนดูได้: http://127.0.0.1:8000/public\n")
    page = Visitor(app).get("/public", status=302).response.location
    assert "หลักฐาน" in Visitor(app).get(page).main


def test_the_history_of_the_demo_is_whole(demo):
    plan = database.session.scalars(select(Plan)).one()

    assert events.first_break(plan) is None


def test_passwords_are_kept_for_the_owner_of_the_installation_only(demo):
    app, done = demo
    file = app.config["SETTINGS"].instance / "demo-accounts.txt"

    assert done.stdout.strip().endswith(file.read_text(encoding="utf-8").strip())
    assert len(file.read_text(encoding="utf-8").splitlines()) == 17
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


def test_loading_it_if_empty_a_second_time_only_shows_the_accounts(demo, count):
    app, done = demo
    before = count(Event)

    again = run(app, "--if-empty")

    assert (again.exit_code, again.stdout) == (0, done.stdout)
    assert count(Event) == before


def test_loading_it_twice_is_refused_and_changes_nothing(demo, count):
    before = count(User)

    again = run(demo[0])

    assert again.exit_code == 1
    assert again.stderr.strip()
    assert count(User) == before


def test_real_data_are_left_alone(make_app):
    app = make_app()
    with app.app_context():
        make_person(organization=make_organization("เทศบาลตำบลจริง"))
        database.session.commit()

    assert run(app).exit_code == 1
    assert run(app, "--if-empty").exit_code == 0
    with app.app_context():
        assert database.session.scalars(select(Organization.name)).all() == ["เทศบาลตำบลจริง"]
