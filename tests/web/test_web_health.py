from datetime import timedelta

import pytest

from tests.clocks import MORNING
from tracker.domain.deliveries import Problem
from tracker.models import ChannelStanding


@pytest.fixture
def mail_server(app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")


@pytest.fixture
def failing(db):
    """Let one mail have failed an hour ago."""
    standing = ChannelStanding(
        channel="mail",
        failures=1,
        failing_since=MORNING - timedelta(hours=1),
        problem=Problem.UNREACHABLE,
        error="secret words of ita@example.org",
    )
    db.session.add(standing)
    return standing


def test_before_the_first_tick_all_is_well(visit):
    page = visit().get("/healthz")

    assert page.response.json == {
        "status": "ok",
        "database": "ok",
        "scheduler": "not started yet",
        "last_tick_at": None,
        "mail": "not configured",
    }


def test_while_the_scheduler_ticks_all_is_well(visit, tick):
    tick(timedelta(minutes=9))

    answer = visit().get("/healthz").response.json

    assert (answer["status"], answer["scheduler"]) == ("ok", "ok")
    assert answer["last_tick_at"] == "2026-02-20T01:51:00+00:00"


def test_a_scheduler_that_fell_silent_is_an_error(visit, tick):
    tick(timedelta(minutes=11))

    answer = visit().get("/healthz", status=503).response.json

    assert (answer["status"], answer["scheduler"]) == ("error", "silent")


def test_a_database_that_cannot_be_read_is_an_error(make_app, databases):
    app = make_app(database_url=databases.empty())

    response = app.test_client().get("/healthz")

    assert response.status_code == 503
    assert response.json == {"status": "error", "database": "unreachable"}


def test_asking_leaves_no_session_behind(visit):
    assert "Set-Cookie" not in visit().get("/healthz").response.headers


def test_before_the_first_mail_sending_is_well(visit, mail_server):
    assert visit().get("/healthz").response.json["mail"] == "ok"


def test_a_mail_server_that_refuses_everything_is_an_error_without_an_address_in_it(visit, mail_server, failing):
    page = visit().get("/healthz", status=503)

    assert page.response.json["status"] == "error"
    assert page.response.json["mail"] == "refusing since 2026-02-20T01:00:00+00:00"
    assert "example" not in page.html
    assert "secret" not in page.html


def test_one_refused_address_is_no_illness(visit, mail_server, failing):
    failing.problem = Problem.ADDRESS

    assert visit().get("/healthz").response.json["mail"] == "ok"


def test_without_a_mail_server_an_old_failure_is_no_matter(visit, failing):
    assert visit().get("/healthz").response.json["mail"] == "not configured"
