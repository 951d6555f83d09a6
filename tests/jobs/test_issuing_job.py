"""Making the files of a report that was asked for."""

import shutil
import threading
import zipfile
from hashlib import sha256
from io import BytesIO

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import make_closing, make_measure, make_people, make_plan, make_task
from tracker.documents.evidence.storage import Storage
from tracker.documents.writing.paper import Heading, Paper, Paragraph
from tracker.domain.history import EventKind
from tracker.domain.issues import FileFormat, IssueKind, Scope
from tracker.domain.statuses import Status
from tracker.domain.works import LEASE, WorkKind, WorkState
from tracker.extensions import db as database
from tracker.jobs import issuing, works
from tracker.models import Event, Issue, IssuedFile, Work
from tracker.queries import issues as queries
from tracker.queries import papers
from tracker.services import issues
from tracker.services import works as ledger

FOLLOW_UP = Scope(IssueKind.FOLLOW_UP)


def paper(text="ทุกส่วนราชการรายงานแล้ว ๓ รายการ"):
    return Paper("รายงานผล", ("ปีงบประมาณ พ.ศ. 2569",), "เทศบาลตำบลตัวอย่าง", (Heading("สรุป"), Paragraph(text)))


@pytest.fixture
def people(db):
    return make_people()


@pytest.fixture(autouse=True)
def _empty_folder(app):
    """Let nothing that another test issued lie about."""
    shutil.rmtree(app.config["SETTINGS"].issued, ignore_errors=True)


@pytest.fixture
def plan(people):
    plan = make_plan()
    make_task(measure=make_measure(2, plan=plan), status=Status.DONE)
    return plan


@pytest.fixture
def short(monkeypatch):
    """Let every report be a short one: only what is around it is asked for. Return what may be changed of it."""
    said = {"text": "ทุกส่วนราชการรายงานแล้ว"}
    monkeypatch.setattr(papers, "compose", lambda *_args, **_options: paper(said["text"]))
    return said


@pytest.fixture
def ask(plan, people, clock):
    """Ask for a report, as a clerk would."""

    def ask(scope=FOLLOW_UP, **wish):
        wish = {"as_of": TODAY, "after": 0} | wish
        issue = issues.ask(plan=plan, wish=issues.Wish(scope, **wish), by=people.clerk, now=MORNING, today=TODAY)
        database.session.commit()
        return issue

    return ask


def read(issue, wanted):
    file = database.session.get_one(Issue, issue.id, populate_existing=True).file(wanted)
    return issuing.storage().path_of(file.name).read_bytes()


def files_on_disk():
    return sorted(path.name for path in issuing.storage().all_files())


def count(table):
    return database.session.scalar(select(func.count()).select_from(table))


def test_a_report_is_made_in_three_formats_whose_hashes_are_kept(ask, short):
    issue = ask()

    works.run()

    made = {file.format: file for file in queries.one(issue.id).files}
    assert set(made) == {FileFormat.DOCX, FileFormat.PDF, FileFormat.XLSX}
    for wanted, file in made.items():
        content = read(issue, wanted)
        assert (file.size, file.sha256) == (len(content), sha256(content).hexdigest())
    assert read(issue, "pdf").startswith(b"%PDF")
    for wanted in ("docx", "xlsx"):
        assert zipfile.ZipFile(BytesIO(read(issue, wanted))).testzip() is None


def test_nobody_else_on_the_machine_may_read_issued_files(ask, short):
    ask()

    works.run()

    assert {path.stat().st_mode & 0o077 for path in issuing.storage().all_files()} == {0}


def test_issuing_is_told_to_the_history_after_the_head_that_is_printed(ask, short, plan):
    issue = ask()
    head = (plan.last_seq, plan.last_hash)

    works.run()

    issue = queries.one(issue.id)
    event = queries.event_of(issue)
    assert (issue.head_seq, issue.head_hash) == head
    assert (event.kind, event.seq, event.after, event.by) == (
        EventKind.REPORT_ISSUED, head[0] + 1, issue.stamp, issue.asked_by,
    )  # fmt: skip
    assert issue.is_whole(event)


@pytest.mark.parametrize(
    ("what", "value"), [("as_of", TODAY.replace(day=1)), ("note", "อื่น"), ("head_hash", "f" * 64), ("version", 7)]
)
def test_a_version_that_was_changed_is_no_longer_whole(ask, short, what, value):
    issue = ask()
    works.run()
    issue = queries.one(issue.id)
    event = queries.event_of(issue)

    with database.session.no_autoflush:
        setattr(issue, what, value)
        assert not issue.is_whole(event)
    database.session.rollback()


def test_a_file_whose_hash_was_changed_shows_in_the_stamp(ask, short):
    issue = ask()
    works.run()
    issue = queries.one(issue.id)

    issue.files[0].sha256 = "0" * 64

    assert not issue.is_whole(queries.event_of(issue))


def test_two_clicks_make_one_issue(ask, short):
    first, second = ask(), ask()

    works.run()

    assert first.id == second.id
    assert (count(Issue), count(IssuedFile), count(Work)) == (1, 3, 1)


def test_a_second_click_after_the_files_are_made_makes_none_either(ask, short):
    first = ask()
    works.run()

    assert ask().id == first.id
    assert count(Work) == 1


def test_issuing_again_is_a_new_version_that_says_why_and_leaves_the_old_one(ask, short):
    first = ask()
    works.run()
    before = read(first, "pdf")
    short["text"] = "กองคลังรายงานเพิ่ม"

    second = ask(after=1, note="กองคลังส่งผลเพิ่ม")
    works.run()

    assert (second.version, second.replaces_id) == (2, first.id)
    assert read(first, "pdf") == before
    document = zipfile.ZipFile(BytesIO(read(second, "docx"))).read("word/document.xml").decode()
    assert "ฉบับที่ 2 ออกแทนฉบับที่ 1: กองคลังส่งผลเพิ่ม" in document
    assert queries.newer_than(first).id == second.id


def test_versions_are_counted_for_each_round_and_for_the_year(ask, short, plan):
    versions = [ask(), ask(Scope(IssueKind.FOLLOW_UP, round_on=plan.round_dates[0]))]
    works.run()

    assert [issue.version for issue in versions] == [1, 1]


def test_a_closed_round_is_quoted_when_the_report_stands_as_of_the_same_day(ask, short, plan):
    closing = make_closing(plan)
    scope = Scope(IssueKind.FOLLOW_UP, round_on=closing.round_on)

    quoted, later = ask(scope, as_of=closing.as_of), None
    works.run()
    later = ask(scope, after=1, note="ณ วันหลัง")
    works.run()

    assert (queries.one(quoted.id).closing_id, queries.one(later.id).closing_id) == (closing.id, None)


def test_work_that_fails_leaves_no_file_and_can_be_tried_again(ask, short, people, monkeypatch, caplog):
    issue = ask()

    def out_of_ink(_paper):
        raise RuntimeError("out of ink")

    with monkeypatch.context() as broken:
        broken.setitem(issuing.WRITERS, FileFormat.XLSX, out_of_ink)
        works.run()
    assert (files_on_disk(), count(IssuedFile)) == ([], 0)
    assert queries.work_of(issue).state == WorkState.FAILED

    issues.ask_again(issue=queries.one(issue.id), by=people.clerk, now=MORNING)
    database.session.commit()
    works.run()

    assert queries.one(issue.id).is_issued
    assert len(files_on_disk()) == 3


def test_what_failed_can_be_asked_for_anew_with_other_wishes_and_keeps_its_number(ask, short, monkeypatch, caplog):
    with monkeypatch.context() as broken:
        broken.setitem(issuing.WRITERS, FileFormat.PDF, lambda _paper: 1 / 0)
        first = ask()
        works.run()

    second = ask(has_thai_digits=False, after=1)
    works.run()

    assert (second.id, second.version, queries.one(second.id).has_thai_digits) == (first.id, 1, False)
    assert queries.one(first.id).is_issued


def test_of_two_processes_that_made_the_same_report_the_slower_leaves_nothing(ask, short, clock):
    issue = ask()
    ledger.take(machine_now=MORNING)
    database.session.commit()
    clock.moment = MORNING + 2 * LEASE

    works.run()
    names = files_on_disk()
    slow = Storage(issuing.storage().folder)
    with issuing.kept_together(slow) as files:
        files.add(FileFormat.PDF, b"%PDF late")
        files.settle(issue.id, issues.Made((), head_seq=0, head_hash=""))

    assert files_on_disk() == names
    assert count(IssuedFile) == 3


def test_a_report_is_not_made_twice_by_work_that_was_asked_for_twice(ask, short, people):
    issue = ask()
    ledger.ask(kind=WorkKind.ISSUE, subject_id=issue.id, by=people.clerk, now=MORNING)
    database.session.commit()

    works.run()

    assert count(IssuedFile) == 3
    assert database.session.scalar(select(func.count()).where(Event.kind == EventKind.REPORT_ISSUED)) == 1


def test_a_real_follow_up_report_is_issued(ask):
    issue = ask()

    works.run()

    work = queries.work_of(issue)
    assert work.state == WorkState.DONE, work.refusal


def test_whoever_waits_for_a_long_paper_hears_that_it_is_being_written(ask, short, monkeypatch):
    ask()
    heard = threading.Event()
    told = []

    def write_until_heard(_paper):
        assert heard.wait(timeout=20)
        return b"%PDF-1.7"

    def hear(_work_id, **how_far):
        told.append((how_far["done"], how_far["total"]))
        heard.set()

    monkeypatch.setattr(issuing, "HEARTBEAT", 0.01)
    monkeypatch.setitem(issuing.WRITERS, FileFormat.DOCX, write_until_heard)
    monkeypatch.setattr(ledger, "tell", hear)

    works.run()

    assert told[0] == (1, 4)
    assert count(IssuedFile) == 3
