import io

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select

from tests.factories import make_people, make_task, storage
from tests.hostile import UPLOADS
from tests.pages import Visitor
from tests.papers import pdf
from tracker.documents.evidence.refusals import NoFile, OneAtATime, TooLarge
from tracker.models import Event, Evidence, StoredFile
from tracker.web.filters import sentence

pytestmark = pytest.mark.one_database

MEGABYTE = 1024 * 1024


@pytest.fixture
def send(visit, people, task):
    """Send files to the task as the head of its division, and return the page that answers."""
    visitor = visit(people.member)

    def send(data, status=422):
        visitor.get(f"/tasks/{task.id}")
        return visitor.post(f"/tasks/{task.id}/evidence", data, status=status)

    return send


@pytest.fixture
def left(app, db):
    """Say what is in the tables and on the disk that was not there before."""

    def counted():
        rows = [db.session.scalar(select(func.count()).select_from(table)) for table in (Evidence, StoredFile, Event)]
        return [*rows, len(list(storage().all_files()))]

    before = counted()
    return lambda: [now - then for now, then in zip(counted(), before, strict=True)]


def thai(app, refusal):
    with app.test_request_context(), force_locale("th"):
        return sentence(refusal.sentence)


def test_there_are_enough_of_them():
    assert len(UPLOADS) >= 100


@pytest.mark.parametrize("what", UPLOADS)
def test_it_is_refused_in_its_own_words_and_leaves_nothing(app, send, left, what):
    name, content, refusal = UPLOADS[what]

    page = send({"file": (io.BytesIO(content), name)})

    assert page.alerts == [thai(app, refusal)]
    assert left() == [0, 0, 0, 0]


def test_what_a_camera_sends_is_looked_at_just_the_same(app, send, left):
    name, content, refusal = UPLOADS["php as jpg"]

    page = send({"photo": (io.BytesIO(content), name)})

    assert page.alerts == [thai(app, refusal)]
    assert left() == [0, 0, 0, 0]


def test_a_byte_more_than_the_limit_is_too_large(app, send, left):
    page = send({"file": (io.BytesIO(pdf().ljust(20 * MEGABYTE + 1)), "a.pdf")})

    assert page.alerts == [thai(app, TooLarge(20 * MEGABYTE))]
    assert left() == [0, 0, 0, 0]


def test_much_more_than_the_limit_is_answered_with_a_page_that_names_it(send, left):
    page = send({"file": (io.BytesIO(bytes(22 * MEGABYTE)), "a.pdf")}, status=413)

    assert "ไม่เกิน 20 MB" in page.main
    assert left() == [0, 0, 0, 0]


def test_a_form_without_a_file_may_not_be_as_large_as_one_with(send, left):
    page = send({"url": "https://example.go.th/" + "a" * 7 * MEGABYTE}, status=413)

    assert page.h1 == "ข้อมูลมีขนาดใหญ่เกินไป"
    assert left() == [0, 0, 0, 0]


def test_words_as_large_as_a_file_are_not_kept_in_memory(send, left):
    send({"file": (io.BytesIO(pdf()), "a.pdf"), "title": "a" * 5 * MEGABYTE}, status=413)

    assert left() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "fields",
    [("file", "file"), ("file", "photo"), ("photo", "photo"), ("file",) * 30],
    ids=["two", "a file and a photograph", "two photographs", "thirty"],
)
def test_several_at_once_are_refused_even_if_each_is_good(app, send, left, fields):
    data = {}
    for number, field in enumerate(fields):
        data.setdefault(field, []).append((io.BytesIO(pdf()), f"{number}.pdf"))

    page = send(data)

    assert page.alerts == [thai(app, OneAtATime())]
    assert left() == [0, 0, 0, 0]


@pytest.mark.parametrize("data", [{}, {"file": "only text"}, {"other": "x"}], ids=["nothing", "text", "another field"])
def test_a_form_without_a_file_says_so(app, send, left, data):
    page = send(data)

    assert page.alerts == [thai(app, NoFile())]
    assert left() == [0, 0, 0, 0]


def test_the_limit_is_the_settings(make_app, clock):
    app = make_app(upload_mb=1)
    with app.app_context():
        member, task = make_people().member, make_task()
        visitor, address = Visitor(app, member), f"/tasks/{task.id}/evidence"
        hint = "ขนาดไม่เกิน 1 MB"
        assert hint in visitor.get(address).main

        page = visitor.post(address, {"file": (io.BytesIO(pdf().ljust(MEGABYTE + 1)), "a.pdf")}, status=422)
        assert page.alerts == [thai(app, TooLarge(MEGABYTE))]
        visitor.post(address, {"file": (io.BytesIO(bytes(3 * MEGABYTE)), "a.pdf")}, status=413)
        assert list(storage().all_files()) == []
