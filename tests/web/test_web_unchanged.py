"""An unchanged page of figures is answered with 304, and nobody else finds it in the browser."""

import pytest

from tests.factories import make_task
from tracker.services import tasks

ADDRESS = "/dashboard"


@pytest.fixture
def visitor(visit, people):
    make_task()
    return visit(people.executive)


def mark(page):
    return {"If-None-Match": page.response.headers["ETag"]}


def test_an_unchanged_page_is_not_sent_again(visitor):
    page = visitor.get(ADDRESS)

    answer = visitor.get(ADDRESS, status=304, headers=mark(page))

    assert answer.html == ""
    assert page.response.headers["ETag"].startswith('W/"')


def test_a_page_is_asked_for_every_time_and_belongs_to_one_session(visitor):
    headers = visitor.get(ADDRESS).response.headers

    assert headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in headers["Vary"]


@pytest.mark.parametrize("name", ["192.168.1.20:8000", "tracker.example"])
def test_where_a_browser_does_not_forget_on_leaving_nothing_is_left_in_it(visitor, name):
    client = visitor._client
    client.set_cookie("session", client.get_cookie("session").value, domain=name.partition(":")[0])
    page = visitor.get(ADDRESS, base_url=f"http://{name}")

    assert page.response.headers["Cache-Control"] == "no-store"


def test_other_pages_are_left_in_no_browser(visitor):
    assert visitor.get("/tasks").response.headers["Cache-Control"] == "no-store"


def test_a_changed_task_changes_the_page(visitor, people, clock, db):
    page = visitor.get(ADDRESS)
    tasks.submit(task=make_task(), by=people.member, now=clock.moment, today=clock.moment.date())
    db.session.commit()

    visitor.get(ADDRESS, status=200, headers=mark(page))


def test_a_changed_menu_changes_the_page(visit, people, clock, db):
    task = make_task()
    visitor = visit(people.clerk)
    page = visitor.get(ADDRESS)
    tasks.submit(task=task, by=people.member, now=clock.moment, today=clock.moment.date())
    db.session.commit()

    assert "รอตรวจ 1" in visitor.get(ADDRESS, headers=mark(page)).text


def test_a_page_that_says_something_once_is_neither_unchanged_nor_shown_twice(visitor, people):
    page = visitor.get(ADDRESS)
    with visitor._client.session_transaction() as session:
        session["_flashes"] = [("success", "บันทึกแล้ว")]

    said = visitor.get(ADDRESS, headers=mark(page))

    assert "บันทึกแล้ว" in said.alerts
    assert "บันทึกแล้ว" not in visitor.get(ADDRESS, headers=mark(said)).text


def test_another_person_or_another_session_holds_another_page(visit, people):
    make_task()
    page = visit(people.executive).get(ADDRESS)

    visit(people.executive).get(ADDRESS, status=200, headers=mark(page))


def test_whoever_has_left_is_asked_to_sign_in(visit, people):
    make_task()
    page = visit(people.executive).get(ADDRESS)

    assert visit().get(ADDRESS, status=302, headers=mark(page)).response.location.startswith("/sign-in")


def test_signing_out_lets_the_browser_forget_its_pages(visitor):
    visitor.get(ADDRESS)
    answer = visitor._client.post("/sign-out", data={"csrf_token": visitor.page.token})

    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (302, '"cache"')
