import io
import random
import re

import pytest
from sqlalchemy import func, select

from tests import papers
from tests.factories import make_organization, make_people
from tests.hostile.foreign import ole
from tests.hostile.reports import excel, word
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.domain.works import WorkState
from tracker.jobs import works as job
from tracker.models import Draft, Measure, Plan, Task, Work
from tracker.sample import report_bytes

MEGABYTE = 1024 * 1024
WITHOUT_MEASURES = "รายงานการประชุม\nเทศบาลตำบลตัวอย่าง\n\nวาระ\tมติ\nวาระที่ ๑\tรับทราบ\n".encode()


@pytest.fixture
def people(db):
    """The people of a municipality with the six usual divisions, as the sample report expects."""
    return make_people(make_organization("เทศบาลตำบลตัวอย่าง", [division.name for division in USUAL_DIVISIONS]))


@pytest.fixture
def count(db):
    """Count the rows of a table."""
    return lambda table: db.session.scalar(select(func.count()).select_from(table))


def upload(visitor, content, *, name="report.txt", field="report", status=302):
    visitor.get("/imports")
    return visitor.post("/imports", {field: (io.BytesIO(content), name)}, status=status)


def draft_of(db):
    return db.session.scalars(select(Draft)).one()


@pytest.fixture
def uploaded(visit, people, db):
    """The clerk, looking at what was read of the sample report, and that page's address."""
    visitor = visit(people.clerk)
    upload(visitor, report_bytes())
    return visitor, f"/imports/{draft_of(db).id}"


def test_before_the_first_report_the_page_says_how_to_begin(visit, people):
    page = visit(people.clerk).get("/imports")

    assert [e for e in page.root.descendants if e.get("class") == "empty"]


def test_the_form_says_what_it_takes_before_the_button(visit, people):
    page = visit(people.clerk).get("/imports")

    field = next(field for field in page.root.all("input") if field.get("type") == "file")
    hint = next(e for e in page.root.descendants if e.get("id") == field.get("aria-describedby"))
    assert "20 MB" in hint.text


def numbers_of(page):
    """Return the numbers that the preview says first."""
    return re.findall(r"\d+", next(e for e in page.root.all("p") if e.get("class") == "lead-line").text)


def test_what_was_read_of_the_sample_is_shown_in_numbers(uploaded):
    page = uploaded[0].page

    assert numbers_of(page) == ["10", "22", "198", "6"]  # measures, steps, tasks, places to look at
    assert "เทศบาลตำบลตัวอย่าง" in page.main
    assert page.values(f"{uploaded[1]}/corrections")["year"] == ["2569"]


def test_every_doubt_is_listed_with_what_is_printed_and_what_is_expected(uploaded):
    lists = [e for e in uploaded[0].page.root.all("ul") if e.get("class") == "doubt-list"]
    doubts = [item.text for one in lists for item in one.all("li")]

    assert len(doubts) == 6
    assert [doubt for doubt in doubts if "98.34 → 98.38" in doubt]
    assert [doubt for doubt in doubts if "86.67 → 96.67" in doubt]


def test_findings_that_no_measure_answers_are_listed(uploaded):
    section = next(e for e in uploaded[0].page.root.all("section") if e.get("id") == "unanswered")

    assert "(O6)" in section.text
    assert "(O27)" in section.text


def test_uploading_creates_nothing_but_a_draft(uploaded, count):
    assert [count(table) for table in (Draft, Plan, Measure, Task)] == [1, 0, 0, 0]


def test_the_list_leads_back_to_what_was_read(uploaded):
    visitor, address = uploaded

    page = visitor.get("/imports")

    assert address in page.links.values()
    assert "report.txt" in page.main


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874", "utf-16"])
def test_a_report_in_an_older_encoding_is_read_alike(visit, people, encoding):
    content = report_bytes().decode("utf-8").encode(encoding, errors="ignore")

    page = upload(visit(people.clerk), content)

    assert numbers_of(page)[:3] == ["10", "22", "198"]


BAD = {
    "empty": b"",
    "blank": b" \r\n\t\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "zip": b"PK\x03\x04" + bytes(200),
    "half a document": word("<w:p/>")[:300],
    "an old document": ole("WordDocument"),
    "a document with a password": ole("EncryptedPackage"),
    "open document": papers.packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "random": random.Random(1).randbytes(5000),
    "nulls": bytes(5000),
    "english": b"Measures and steps for the next fiscal year\n" * 50,
    "no measures": WITHOUT_MEASURES,
    "broken utf-8": report_bytes()[:-1] + b"\xe0\xb8",
    "one byte too large": report_bytes().ljust(5 * MEGABYTE + 1),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_is_no_report_is_refused_in_words_and_leaves_nothing(visit, people, count, content):
    page = upload(visit(people.clerk), content, status=422)

    assert len(page.alerts[0]) > 10
    assert [count(Draft), count(Work)] == [0, 0]


def test_each_refusal_has_a_sentence_of_its_own(visit, people):
    visitor = visit(people.clerk)

    said = {
        name: upload(visitor, BAD[name], status=422).alerts[0] for name in ("empty", "an old document", "no measures")
    }

    assert len(set(said.values())) == len(said)


def test_a_file_of_the_largest_size_is_read(visit, people, count):
    upload(visit(people.clerk), report_bytes().ljust(5 * MEGABYTE))

    assert count(Draft) == 1


def test_more_than_the_server_takes_is_answered_with_a_page(visit, people, count):
    page = upload(visit(people.clerk), bytes(22 * MEGABYTE), status=413)

    assert page.h1 == "ข้อมูลมีขนาดใหญ่เกินไป"
    assert count(Draft) == 0


@pytest.mark.parametrize("data", [{}, {"report": "only text"}, {"file": "x"}], ids=["nothing", "text", "another field"])
def test_a_form_without_a_file_is_refused_beside_its_field(visit, people, count, data):
    visitor = visit(people.clerk)
    visitor.get("/imports")

    page = visitor.post("/imports", data, status=422)

    assert "โปรดเลือกไฟล์ก่อน" in page.main
    assert count(Draft) == 0


def test_a_file_in_the_wrong_field_is_no_report(visit, people, count):
    page = upload(visit(people.clerk), report_bytes(), field="file", status=422)

    assert "โปรดเลือกไฟล์ก่อน" in page.main
    assert count(Draft) == 0


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\report.txt", "<b>รายงาน</b>.txt", "ก" * 400 + ".txt", "r.pdf"]
)
def test_the_name_of_a_file_is_only_shown(visit, people, db, name):
    page = upload(visit(people.clerk), report_bytes(), name=name)

    assert draft_of(db).file_name in page.main
    assert len(draft_of(db).file_name) <= 200


def test_a_report_of_another_municipality_warns_before_it_becomes_a_plan_of_this_one(visit, people):
    people.clerk.user.organization.name = "เทศบาลตำบลอื่น"

    page = upload(visit(people.clerk), report_bytes())

    assert "เทศบาลตำบลตัวอย่าง" in page.alerts[0]
    assert "เทศบาลตำบลอื่น" in page.alerts[0]


PASTED = "ผลการวิเคราะห์\tมาตรการ\tขั้นตอน\tระยะเวลา\tผู้รับผิดชอบ\r\nก\tอบรม\tจัด\tทุกเดือน\tกองคลัง\r\n"


def test_a_pasted_table_is_read_at_once(visit, people, db):
    visitor = visit(people.clerk)
    visitor.get("/imports")

    page = visitor.post("/imports", {"table": PASTED})

    assert "อบรม" in page.main
    assert draft_of(db).report["measures"][0]["responsible"] == "กองคลัง"


@pytest.mark.parametrize("table", ["", " \r\n", "ไม่มีตาราง", "no Thai"])
def test_what_is_pasted_and_no_table_is_refused_and_stays_in_its_field(visit, people, count, table):
    visitor = visit(people.clerk)
    visitor.get("/imports")

    page = visitor.post("/imports", {"table": table}, status=422)

    assert page.alerts
    assert table.strip() in page.main
    assert count(Draft) == 0


@pytest.mark.parametrize(
    ("name", "content"), [("แผน.docx", word("<w:p/>")), ("แผน.txt", excel(""))], ids=["word", "excel"]
)
def test_a_document_waits_to_be_read_and_the_page_says_so(visit, people, db, name, content):
    page = upload(visit(people.clerk), content, name=name)

    assert name in page.main
    assert page.root.all("progress")
    assert draft_of(db).report is None
    assert db.session.scalars(select(Work.state)).all() == [WorkState.WAITING]


@pytest.mark.parametrize(
    ("content", "why"),
    [(word("<w:p/>"), "ไม่พบมาตรการ"), (b"%PDF-1.7\n" + bytes(200), "ไฟล์ PDF ชำรุด")],
    ids=["empty", "torn"],
)
def test_a_document_that_cannot_be_read_says_why_where_it_waited_and_in_the_list(visit, people, db, content, why):
    visitor = visit(people.clerk)
    upload(visitor, content)

    job.run()

    assert why in visitor.get(f"/imports/{draft_of(db).id}").alerts[0]
    assert why in visitor.get("/imports").main


def test_the_list_says_what_is_being_read(visit, people):
    visitor = visit(people.clerk)
    upload(visitor, word("<w:p/>"))

    assert "กำลังอ่าน" in visitor.get("/imports").main


@pytest.mark.parametrize("content", [report_bytes(), word("<w:p/>")], ids=["text", "document"])
def test_the_same_file_sent_twice_is_kept_once(visit, people, count, content):
    visitor = visit(people.clerk)
    upload(visitor, content)
    upload(visitor, content)

    assert count(Draft) == 1
    assert count(Work) <= 1


def test_the_same_file_may_be_sent_again_when_it_could_not_be_read(visit, people, count):
    visitor = visit(people.clerk)
    upload(visitor, word("<w:p/>"))
    job.run()

    upload(visitor, word("<w:p/>"))

    assert count(Draft) == 2


def test_the_same_file_may_be_sent_again_later(visit, people, clock, count):
    visitor = visit(people.clerk)
    upload(visitor, report_bytes())
    clock.advance(minutes=11)
    upload(visitor, report_bytes())

    assert count(Draft) == 2


def test_the_same_file_of_another_municipality_is_another(visit, people, db, count):
    upload(visit(people.clerk), report_bytes())
    draft_of(db).organization_id = people.stranger.position.organization_id

    upload(visit(people.clerk), report_bytes())

    assert count(Draft) == 2


def test_a_file_of_the_largest_size_reaches_its_reader(visit, people, count):
    content = papers.packed({"word/media/a.bin": random.Random(3).randbytes(19 * MEGABYTE)}, compression=0)

    page = upload(visit(people.clerk), content, status=422)

    assert "20 MB" not in page.alerts[0]
    assert upload(visit(people.clerk), bytes(20 * MEGABYTE + 1), status=422).alerts[0].count("20 MB") == 1
