import pytest
from sqlalchemy import func, select

from tests.factories import make_task
from tests.pages import Visitor
from tracker.domain.selection import MOST
from tracker.domain.statuses import Status
from tracker.models import Event


def test_an_address_that_leads_nowhere_is_answered_with_a_way_back(visit, people):
    page = visit(people.member).get("/nowhere", status=404)

    assert page.h1 == "ไม่พบหน้าที่ต้องการ"
    assert page.links["กลับหน้าแรก"] == "/"


def test_a_stranger_is_answered_the_same_way(visit, db):
    assert visit().get("/nowhere", status=404).h1 == "ไม่พบหน้าที่ต้องการ"


def test_what_is_not_ones_own_to_do_says_whom_to_ask(visit, people):
    page = visit(people.member).get("/admin", status=403)

    assert page.h1 == "ท่านไม่มีสิทธิ์ดำเนินการ"
    assert "ผู้ดูแลแผน" in page.main


def test_an_address_opened_in_a_way_it_does_not_know_names_those_it_does(visit, people):
    page = visit(people.member).get("/dashboard", status=405, method="DELETE")

    assert page.h1 == "ไม่พบหน้าที่ต้องการ"
    assert set(page.response.headers["Allow"].split(", ")) >= {"GET", "HEAD"}


@pytest.mark.parametrize("address", ["/nowhere?<script>alert(1)</script>", "/<script>alert(1)</script>", "/tasks/<b>"])
def test_the_address_is_never_run(visit, people, address):
    page = visit(people.member).get(address, status=404)

    assert [script.get("src") for script in page.root.all("script")] == ["/static/app.js"]


@pytest.mark.parametrize("query", ["\xff", "on=\xff", "text=\xed\xa0\x80"])
@pytest.mark.parametrize("address", ["/dashboard", "/tasks", "/nowhere"])
def test_a_query_of_broken_bytes_leads_nowhere(visit, people, address, query):
    for visitor in (visit(people.member), visit()):
        page = visitor.get(address, status=404, environ_overrides={"QUERY_STRING": query})

        assert page.h1 == "ไม่พบหน้าที่ต้องการ"


def test_a_query_longer_than_any_page_writes_leads_nowhere_and_is_not_repeated(visit, people):
    query = "&".join(f"measure={number}" for number in range(2000))
    page = visit(people.member).get(f"/dashboard?{query}", status=404)

    assert "measure=1999" not in page.html


def test_the_longest_query_that_a_page_writes_is_read(visit, people):
    query = "&".join(f"task={number}" for number in range(1_000_000, 1_000_000 + MOST))

    assert visit(people.clerk).get(f"/tasks/selection?{query}&next=%2Ftasks").h1


@pytest.fixture
def broken(make_app):
    """The application as it runs for people, with the overview broken after it changed something."""
    app = make_app({"TESTING": False, "PROPAGATE_EXCEPTIONS": False})

    def break_down():
        raise RuntimeError("a secret of the machine")

    app.view_functions["health.show"] = break_down
    return app


def test_when_something_breaks_a_page_says_so_without_saying_what(broken):
    with broken.app_context():
        page = Visitor(broken).get("/healthz", status=500)

    assert page.h1 == "เกิดข้อผิดพลาดในระบบ"
    assert "ไม่มีข้อมูลใดเปลี่ยนแปลง" in page.text
    assert "secret" not in page.html


def test_when_the_database_is_gone_a_page_says_so(make_app, databases):
    app = make_app({"TESTING": False, "PROPAGATE_EXCEPTIONS": False}, database_url=databases.empty())
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "anybody"

    response = client.get("/")

    assert response.status_code == 500
    assert "เกิดข้อผิดพลาดในระบบ" in response.text


def test_what_breaks_halfway_leaves_nothing_behind(visit, people, db, monkeypatch):
    task = make_task()
    visitor = visit(people.member)
    visitor.get(f"/tasks/{task.id}")

    def break_down(**_):
        raise RuntimeError

    monkeypatch.setattr("tracker.services.tasks.states.keep", break_down)
    with pytest.raises(RuntimeError):
        visitor.post(f"/tasks/{task.id}/status", {"move": "start"})
    db.session.rollback()
    db.session.expire_all()

    assert task.status == Status.NOT_STARTED
    assert db.session.scalar(select(func.count()).select_from(Event)) == 0


def test_a_form_too_large_is_answered_with_a_page(visit, people):
    task = make_task()
    visitor = visit(people.member)
    visitor.get(f"/tasks/{task.id}")

    page = visitor.post(f"/tasks/{task.id}/status", {"move": "start", "note": "ก" * 1_000_000}, status=413)

    assert page.h1 == "ข้อมูลมีขนาดใหญ่เกินไป"
    assert task.status == Status.NOT_STARTED


@pytest.mark.parametrize("status", [403, 404])
def test_an_error_page_keeps_the_menu(visit, people, status):
    page = visit(people.member).get({403: "/admin", 404: "/nowhere"}[status], status=status)

    assert page.links["งานของฉัน"] == "/"


@pytest.mark.parametrize("host", ["..", "a." + "b" * 70 + ".c"])
@pytest.mark.parametrize("address", ["/public", "/nowhere", "/public/api/v1/plans"])
def test_a_host_that_is_none_is_a_bad_request_and_no_fault_of_ours(app, db, host, address):
    assert app.test_client().get(address, headers={"Host": host}).status_code == 400
