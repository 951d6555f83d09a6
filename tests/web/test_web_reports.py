"""Choosing, looking at and issuing reports, and the versions there are."""

import shutil
import zipfile
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from tests.clocks import TODAY, at
from tests.factories import make_closing, make_evidence, make_measure, make_plan, make_task
from tests.factories_public import make_item, make_link, make_link_check
from tests.statements import count_queries
from tracker.domain.issues import FileFormat
from tracker.domain.statuses import Status
from tracker.jobs import issuing, works
from tracker.models import EvidenceView, Issue, Work
from tracker.web import issued_files

REPORTS = "/reports"
PLAN = "/reports/preview?kind=plan"
FOLLOW_UP = "/reports/preview?kind=follow_up"
EVIDENCE = "/reports/preview?kind=evidence"


@pytest.fixture(autouse=True)
def _empty_folder(app):
    shutil.rmtree(app.config["SETTINGS"].issued, ignore_errors=True)


@pytest.fixture
def plan(people):
    plan = make_plan()
    make_task(measure=make_measure(2, plan=plan), status=Status.DONE, due_on=TODAY - timedelta(days=3))
    return plan


@pytest.fixture
def clerk(visit, people, plan):
    return visit(people.clerk)


@pytest.fixture
def issue(clerk, db):
    """Look at a report, issue it and let its files be made; return its address."""

    def issue(address=FOLLOW_UP, **fields):
        form = clerk.get(address).values(f"{REPORTS}?year=2569")
        page = clerk.post(f"{REPORTS}?year=2569", form | fields)
        assert page.response.status_code == 200
        works.run()
        newest = db.session.scalars(select(Issue).order_by(Issue.id.desc())).first()
        return f"{REPORTS}/{newest.id}"

    return issue


def count(db, table=Issue):
    return db.session.scalar(select(func.count()).select_from(table))


def test_before_there_is_a_plan_the_page_says_what_comes_first(visit, people):
    page = visit(people.clerk).get(REPORTS)

    assert "ยังไม่มีแผน" in page.main
    assert page.links["นำเข้ารายงาน"] == "/imports"


def test_the_menu_leads_there_for_those_who_may_read_reports(visit, people, plan):
    offered = {
        who: "รายงาน" in visit(getattr(people, who)).get("/").links
        for who in ("clerk", "executive", "auditor", "member", "administrator")
    }

    assert offered == {"clerk": True, "executive": True, "auditor": True, "member": False, "administrator": False}


def test_nothing_issued_yet_is_said_with_what_to_do(clerk):
    assert "ยังไม่เคยออกรายงานของแผนนี้" in clerk.get(REPORTS).main


def test_a_preview_shows_the_whole_paper_in_the_digits_asked_for(clerk):
    thai, arabic = (clerk.get(f"{FOLLOW_UP}&digits={digits}").main for digits in ("thai", "arabic"))

    assert "ประจำปีงบประมาณ พ.ศ. ๒๕๖๙" in thai
    assert "ประจำปีงบประมาณ พ.ศ. 2569" in arabic


@pytest.mark.parametrize("address", [PLAN, FOLLOW_UP, EVIDENCE])
def test_looking_makes_nothing(clerk, db, address):
    clerk.get(address)

    assert (count(db), count(db, Work)) == (0, 0)


@pytest.mark.parametrize(
    "query",
    ["kind=other", "", "kind=plan&about=round:2026-03-31", "kind=follow_up&about=round:2026-04-01",
     "kind=follow_up&about=indicator:3", "kind=evidence&about=indicator:11", "kind=evidence&about=indicator:x",
     "kind=evidence&about=x", "kind=link_checks", "kind=link_checks&about=month:2026-03",
     "kind=link_checks&about=month:2025-09", "kind=link_checks&about=month:x",
     "kind=link_checks&about=round:2026-03-31"],
)  # fmt: skip
def test_a_report_that_cannot_be_leads_back_to_those_there_are(clerk, query):
    assert clerk.get(f"/reports/preview?{query}", status=302).response.location == REPORTS


def test_a_round_that_was_closed_is_shown_as_of_the_day_it_was_closed(clerk, plan):
    closing = make_closing(plan, round_on=TODAY - timedelta(days=2))

    page = clerk.get(f"{FOLLOW_UP}&about=round:{closing.round_on.isoformat()}")

    assert page.values(f"{REPORTS}?year=2569")["on"] == [closing.as_of.isoformat()]
    assert "ตัวเลขที่ตรึงไว้เมื่อปิดรอบ" in page.main


@pytest.mark.parametrize(("written", "says"), [("ปลายปี", "ไม่ใช่วันที่"), ("1 มี.ค. 69", "ยังมาไม่ถึง")])
def test_a_day_that_is_none_or_has_not_come_is_said_at_its_field(clerk, written, says):
    page = clerk.get(f"{FOLLOW_UP}&on={quote(written)}", status=422)

    ((text, field),) = page.problems.items()
    assert (says in text, field) == (True, "on")


def test_an_earlier_day_is_written_as_thais_do(clerk):
    page = clerk.get(f"{FOLLOW_UP}&on={quote('1 ก.พ. 69')}")

    assert page.values(f"{REPORTS}?year=2569")["on"] == ["2026-02-01"]


def test_issuing_shows_that_it_is_under_way_and_then_the_files(clerk, db):
    form = clerk.get(FOLLOW_UP).values(f"{REPORTS}?year=2569")

    page = clerk.post(f"{REPORTS}?year=2569", form)
    assert "กำลังจัดทำไฟล์" in page.main
    assert 'http-equiv="refresh"' in page.html
    works.run()

    page = clerk.get(f"{REPORTS}/{db.session.scalars(select(Issue.id)).one()}")
    assert [words for words in page.links if words.startswith("ดาวน์โหลด")] == [
        "ดาวน์โหลด DOCX", "ดาวน์โหลด PDF", "ดาวน์โหลด XLSX",
    ]  # fmt: skip
    assert page.main.count("ไฟล์ตรงกับที่ออกไว้") == 3
    assert "ประวัติของแผนบันทึกฉบับนี้ไว้ตรงกันทุกประการ" in page.main
    assert 'http-equiv="refresh"' not in page.html


def test_the_list_says_who_when_as_of_which_day_with_hashes_and_sizes(clerk, issue, people, db):
    issue()

    page = clerk.get(REPORTS).main

    file = db.session.scalars(select(Issue)).one().files[0]
    for said in ("ฉบับที่ 1", "ณ วันที่ 20 กุมภาพันธ์ 2569", people.clerk.position.title, file.sha256[:12], "KB"):
        assert said in page


def test_files_are_handed_out_apart_from_the_site_under_thai_names(clerk, issue):
    address = issue()

    response = clerk.get(f"{address}/pdf").response

    assert response.data.startswith(b"%PDF")
    assert response.mimetype == "application/pdf"
    name = "รายงานผลการดำเนินการ ปีงบประมาณ พ.ศ. 2569 ทั้งปี ฉบับที่ 1.pdf"
    assert quote(name, safe="") in response.headers["Content-Disposition"]
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_format_that_the_report_does_not_have_is_not_there(clerk, issue):
    address = issue()

    for wanted in ("zip", "exe", "PDF"):
        clerk.get(f"{address}/{wanted}", status=404)


def test_two_clicks_make_one_issue(clerk, db):
    form = clerk.get(FOLLOW_UP).values(f"{REPORTS}?year=2569")

    first, second = (clerk.post(f"{REPORTS}?year=2569", form) for _ in range(2))
    works.run()
    third = clerk.post(f"{REPORTS}?year=2569", form)

    assert [page.h1.startswith("รายงานผลการดำเนินการ · ทั้งปี ฉบับที่ 1") for page in (first, second, third)] == [True] * 3
    assert (count(db), count(db, Work)) == (1, 1)


def test_issuing_again_asks_why(clerk, issue, db):
    issue()
    form = clerk.get(FOLLOW_UP).values(f"{REPORTS}?year=2569")

    page = clerk.post(f"{REPORTS}?year=2569", form | {"note": " "}, status=422)
    assert list(page.problems.values()) == ["note"]
    assert count(db) == 1

    address = issue(note="กองคลังส่งผลเพิ่ม")
    assert "กองคลังส่งผลเพิ่ม" in clerk.get(address).main
    assert "ฉบับนี้ถูกแทนด้วยฉบับที่ 2" in clerk.get(f"{REPORTS}/{db.session.scalars(select(Issue.id)).first()}").main


def test_what_must_be_published_and_is_missing_is_named_with_the_way_there(clerk, plan):
    page = clerk.get(PLAN)

    assert "มีสิ่งที่ต้องเผยแพร่ขาดอยู่" in page.main
    assert f"/measures/{plan.measures[0].id}/edit" in page.links.values()


def test_an_incomplete_plan_is_issued_only_when_the_clerk_says_so(clerk, issue, db):
    form = clerk.get(PLAN).values(f"{REPORTS}?year=2569")

    page = clerk.post(f"{REPORTS}?year=2569", form, status=422)
    assert list(page.problems.values()) == ["accepted"]
    assert count(db) == 0

    address = issue(PLAN, accepted="1")
    assert "สิ่งที่ขาดอยู่เมื่อออก" in clerk.get(address).main
    assert "ออกทั้งที่ยังไม่ครบ" in clerk.get(REPORTS).main


def test_whoever_only_reads_is_not_offered_to_issue(visit, people, plan):
    auditor = visit(people.auditor)

    assert not auditor.get(FOLLOW_UP).offers(f"{REPORTS}?year=2569")
    auditor.post(f"{REPORTS}?year=2569", {"kind": "follow_up"}, status=403)


def test_what_failed_says_so_and_can_be_tried_again(clerk, issue, monkeypatch, caplog):
    with monkeypatch.context() as broken:
        broken.setitem(issuing.WRITERS, FileFormat.PDF, lambda _paper: 1 / 0)
        address = issue()
    page = clerk.get(address)
    assert "จัดทำไฟล์ไม่สำเร็จ" in page.main
    assert page.offers(f"{address}/attempts")

    clerk.post(f"{address}/attempts", {})
    works.run()

    assert "ดาวน์โหลด PDF" in clerk.get(address).links


def damage(db, how):
    file = db.session.scalars(select(Issue)).one().file("pdf")
    path = issuing.storage().path_of(file.name)
    path.unlink() if how == "missing" else path.write_bytes(b"%PDF forged")


@pytest.mark.parametrize(("how", "says"), [("missing", "ไม่อยู่ในดิสก์แล้ว"), ("changed", "ไม่ตรงกับที่ออกไว้")])
def test_a_file_that_is_gone_or_changed_is_said_and_not_handed_out(clerk, issue, db, how, says, caplog):
    address = issue()
    damage(db, how)

    page = clerk.get(address)

    assert says in page.main
    assert page.main.count("ไฟล์ตรงกับที่ออกไว้") == 2
    clerk.get(f"{address}/pdf", status=404)


def test_a_version_that_somebody_changed_is_said(clerk, issue, db):
    address = issue()
    db.session.scalars(select(Issue)).one().as_of = TODAY - timedelta(days=9)
    db.session.flush()

    assert "ไม่ตรงกับที่ประวัติของแผนบันทึกไว้" in clerk.get(address).main


def test_a_large_file_is_read_through_only_when_somebody_asks(clerk, issue, monkeypatch):
    address = issue()
    monkeypatch.setattr(issued_files, "CHECKED_AT_ONCE", 1)

    assert "ไฟล์ตรงกับที่ออกไว้" not in clerk.get(address).main
    assert clerk.get(f"{address}?check=1").main.count("ไฟล์ตรงกับที่ออกไว้") == 3


def test_a_large_file_that_was_changed_is_not_handed_out(clerk, issue, db, monkeypatch):
    address = issue()
    monkeypatch.setattr(issued_files, "CHECKED_AT_ONCE", 1)
    damage(db, "changed")

    clerk.get(f"{address}/pdf", status=404)


def test_a_pack_is_made_and_downloading_it_is_kept_for_every_file_in_it(clerk, plan, issue, db, people):
    task = make_task(measure=make_measure(5, plan=plan))
    evidence = [make_evidence(task, title=f"ภาพ {number}.jpg") for number in range(3)]
    make_evidence(task, title="เว็บ", url="https://example.go.th/")
    page = clerk.get(EVIDENCE)
    assert "5 การแก้ไขปัญหาการทุจริต 3 1" in page.main

    address = issue(EVIDENCE)
    content = clerk.get(f"{address}/zip").response.data

    assert len(zipfile.ZipFile(BytesIO(content)).namelist()) == 5
    views = db.session.scalars(select(EvidenceView)).all()
    assert {view.evidence_id for view in views} == {one.id for one in evidence}
    assert {(view.appointment_id, view.is_download) for view in views} == {(people.clerk.id, True)}


def test_opening_a_report_is_no_view_of_evidence(clerk, issue, db):
    address = issue()

    clerk.get(f"{address}/pdf")

    assert count(db, EvidenceView) == 0


def test_the_list_takes_the_same_statements_however_many_versions_there_are(clerk, issue):
    issue()
    clerk.get(REPORTS)
    with count_queries() as once:
        clerk.get(REPORTS)
    for number in range(2):
        issue(note=f"ครั้งที่ {number}")
        issue(f"{EVIDENCE}&about=indicator:{number + 1}")

    with count_queries() as again:
        clerk.get(REPORTS)

    assert len(again) == len(once) <= 9


LINK_CHECKS = "/reports/preview?kind=link_checks&about=month:2026-01"


def test_the_check_of_a_month_is_a_report_of_its_own(clerk, issue, plan, db):
    organization = plan.organization
    link = make_link("https://town.example/9", organization=organization)
    make_item(9, organization=organization, links=(link,))
    make_link_check(link, at=at(date(2026, 1, 10)))

    page = clerk.get(LINK_CHECKS).main
    assert "รายงานผลการตรวจสอบลิงก์ · ประจำเดือนมกราคม 2569" in page
    assert "ข้อมูลถึงวันที่ ๓๑ มกราคม ๒๕๖๙" in page
    assert "https://town.example/9" in page

    issue(LINK_CHECKS)
    issued = db.session.scalars(select(Issue)).one()
    assert {file.format for file in issued.files} == {"docx", "pdf", "xlsx"}
    assert (issued.series, issued.as_of) == ("link_checks:2026-01", date(2026, 1, 31))


def test_months_that_have_begun_can_be_chosen_the_newest_first(clerk):
    page = clerk.get("/reports")
    chosen = [option.get("value") for option in page.root.all("option") if "month:" in (option.get("value") or "")]

    assert chosen == [f"month:{month}" for month in ("2026-02", "2026-01", "2025-12", "2025-11", "2025-10")]
