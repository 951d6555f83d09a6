"""The read-only API: lists in parts and narrowed, records, and what is said of what cannot be answered."""

import json

import pytest

from tests.clocks import TODAY
from tests.factories import make_measure, make_organization, make_plan, make_task
from tests.factories_public import make_open_plan, make_window
from tracker.domain.statuses import Status
from tracker.web.api_parameters import FILTERS
from tracker.web.openapi import LISTS, described

API = "/public/api/v1"


@pytest.fixture
def plan(db):
    return make_open_plan()


@pytest.fixture
def here(plan):
    return f"{API}/plans/{plan.organization.public_name}/{plan.fiscal_year}"


@pytest.fixture
def ask(visit):
    """Ask the API and read its answer."""

    def ask(address, *, status=200, **options):
        page = visit().get(address, status=status, **options)
        media_type = "application/json" if status == 200 else "application/problem+json"
        assert page.response.mimetype == media_type
        assert page.response.headers["Access-Control-Allow-Origin"] == "*"
        return json.loads(page.html)

    return ask


def test_only_open_plans_are_listed(ask, plan):
    make_window(make_plan(2570), is_open=False)
    make_window(make_plan(organization=make_organization("อบต. อื่น")), is_open=False)

    assert [one["fiscal_year_be"] for one in ask(f"{API}/plans")["items"]] == [2569]
    assert [one["plans_total"] for one in ask(f"{API}/organizations")["items"]] == [1]


def test_a_plan_that_is_listed_says_where_it_is_read(ask, plan, here):
    (listed,) = ask(f"{API}/plans")["items"]
    assert listed["api"].endswith(here)
    assert ask(here)["uri"] == listed["uri"]


def test_a_list_comes_in_parts_that_lead_to_each_other(ask, here, visit):
    whole = ask(f"{here}/tasks")["items"]
    found, address = [], f"{here}/tasks?limit=2"
    while address:
        part = ask(address)
        assert part["total"] == len(whole)
        found += part["items"]
        address = part["next"]

    assert found == whole
    assert 'rel="next"' in visit().get(f"{here}/tasks?limit=2").response.headers["Link"]


def test_what_a_list_is_narrowed_to_goes_on_in_its_next_part(ask, here):
    assert "indicator=2" in ask(f"{here}/tasks?indicator=2&limit=1")["next"]


@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ("status=done", lambda task: task["status"] == "done"),
        ("indicator=9", lambda task: task["indicator"] == 9),
        ("is_overdue=true", lambda task: task["is_overdue"]),
        ("is_overdue=false", lambda task: not task["is_overdue"]),
        (f"due_from={TODAY}", lambda task: task["due_on"] >= str(TODAY)),
        (f"due_to={TODAY}", lambda task: task["due_on"] <= str(TODAY)),
        ("done_from=2000-01-01", lambda task: task["done_on"] is not None),
        ("division=สำนักปลัดเทศบาล&indicator=2", lambda task: task["indicator"] == 2),
        ("division=ไม่มี", lambda task: False),
    ],
)
def test_tasks_can_be_narrowed(ask, here, query, keeps):
    whole = ask(f"{here}/tasks")["items"]
    found = ask(f"{here}/tasks?{query}")["items"]
    assert found == [task for task in whole if keeps(task)]
    assert len(found) < len(whole)


def test_measures_can_be_narrowed_to_those_that_are_due_soon(ask, plan, here):
    make_task(measure=make_measure(5, plan=plan), due_on=TODAY)
    assert [one["indicator"] for one in ask(f"{here}/measures?next_due_to={TODAY}")["items"]] == [5]


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("colour=red", 400, "'colour' is not known"),
        ("limit=1&limit=2", 400, "'limit' may be given once"),
        ("limit=0", 422, "from 1 to 500"),
        ("limit=501", 422, "from 1 to 500"),
        ("limit=๕", 422, "a whole number"),
        ("limit=", 422, "a whole number"),
        ("offset=-1", 422, "a whole number"),
        ("status=finished", 422, "one of: not_started"),
        ("indicator=11", 422, "one of: 1, 2"),
        ("is_overdue=yes", 422, "true or false"),
        ("due_from=2569-02-30", 422, "a day such as"),
        ("due_from=20260220", 422, "a day such as"),
        ("division=", 422, "a text of 1 to 200"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(ask, here, query, status, told):
    problem = ask(f"{here}/tasks?{query}", status=status)
    assert told in problem["detail"]
    assert (problem["status"], problem["type"]) == (status, "about:blank")


@pytest.mark.parametrize("address", ["plans/nobody/2569", "plans/nobody/2569/tasks", "nothing", "plans/1/2569/people"])
def test_what_is_not_there_is_a_problem_too(ask, plan, address):
    assert ask(f"{API}/{address}", status=404)["title"] == "Not Found"


def test_what_changes_things_is_refused_with_what_may_be_done(visit, here):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        page = visit().get(f"{here}/tasks", status=405, method=method)
        assert {"GET", "HEAD", "OPTIONS"} <= set(page.response.headers["Allow"].split(", "))
        assert page.response.mimetype == "application/problem+json"


def test_a_browser_may_ask_before_it_sends_a_mark(app, here):
    headers = app.test_client().options(f"{here}/tasks").headers
    assert "GET" in headers["Access-Control-Allow-Methods"]
    assert headers["Access-Control-Allow-Headers"] == "If-None-Match"


def test_a_head_is_the_answer_without_its_body(visit, here):
    whole = visit().get(f"{here}/tasks").response
    head = visit().get(f"{here}/tasks", method="HEAD").response
    assert (head.get_data(), head.headers["ETag"]) == (b"", whole.headers["ETag"])
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


def test_a_record_is_found_by_its_number_and_is_the_one_of_the_list(ask, here):
    for name, key in (("tasks", "task_id"), ("measures", "measure_id"), ("indicators", "indicator")):
        listed = ask(f"{here}/{name}")["items"][0]
        assert ask(f"{here}/{name}/{listed[key]}") == listed


def test_a_mark_of_another_address_does_not_hide_that_a_record_is_missing(visit, here):
    mark = visit().get(f"{here}/tasks").response.headers["ETag"]
    visit().get(f"{here}/tasks/999999", status=404, headers={"If-None-Match": mark})


def test_the_same_is_answered_in_every_language(ask, here):
    assert ask(f"{here}/tasks?colour=1", status=400, headers={"Accept-Language": "th"}) == ask(
        f"{here}/tasks?colour=1", status=400, headers={"Accept-Language": "en"}
    )


def test_a_task_that_becomes_done_changes_the_mark_and_the_figures(visit, ask, plan, here, people):
    before = ask(here)
    make_task(measure=make_measure(4, plan=plan), status=Status.DONE)
    assert ask(here)["tasks_done"] == before["tasks_done"] + 1


def test_the_description_has_every_list_with_its_filters():
    paths = described("https://x")["paths"]
    for table in LISTS:
        parameters = {
            one["name"] for one in paths[f"/plans/{{organization}}/{{year}}/{table.name}"]["get"]["parameters"]
        }
        assert {one.parameter.name for one in FILTERS.get(table.name, ())} <= parameters


def test_the_page_shows_every_address_of_the_description(visit, plan):
    page = visit().get(f"{API}/?lang=en")
    for path in described("")["paths"]:
        assert f"GET {path}" in page.main
    assert f"{API}/openapi.json" in page.links.values()


def test_whoever_asks_too_often_is_told_when_to_come_back(make_app, clock):
    app = make_app({"RATELIMIT_ENABLED": True})
    client = app.test_client()
    with app.app_context():
        statuses = []
        for _ in range(1201):
            statuses.append((answer := client.get(f"{API}/openapi.json")).status_code)

    assert (statuses[0], statuses[-1]) == (200, 429)
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Retry-After"].isdecimal()
    assert "Retry-After" not in client.get("/healthz").headers
