from datetime import timedelta


def test_before_the_first_tick_all_is_well(visit):
    page = visit().get("/healthz")

    assert page.response.json == {
        "status": "ok",
        "database": "ok",
        "scheduler": "not started yet",
        "last_tick_at": None,
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
