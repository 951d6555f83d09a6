"""An uploaded document is read by a job, once, and whoever sent it is told how it went."""

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING
from tests.factories import make_people
from tests.hostile.reports import word
from tracker.documents.reading import apart
from tracker.documents.reading.refusals import NoMeasures
from tracker.documents.reading.text import read_text_report
from tracker.domain.works import WorkKind
from tracker.extensions import db as database
from tracker.jobs import works as job
from tracker.models import Draft
from tracker.queries import works as queries
from tracker.sample import report_bytes
from tracker.services import drafts

EMPTY = word("")


@pytest.fixture
def keep(db):
    """Keep an uploaded document that waits to be read."""
    by = make_people().clerk

    def keep(content=EMPTY):
        draft = drafts.keep(content=content, file_name="แผน.docx", by=by, now=MORNING)
        database.session.commit()
        return draft.id

    return keep


def draft_of(draft_id):
    return database.session.get_one(Draft, draft_id, populate_existing=True)


def why_failed(draft_id):
    return queries.latest(kind=WorkKind.READ, subject_id=draft_id).why_failed


def test_what_was_read_is_kept(keep, monkeypatch):
    report = read_text_report(report_bytes())
    monkeypatch.setattr(apart, "read", lambda content, name, *, tell: report)
    draft_id = keep()
    assert draft_of(draft_id).report is None

    job.run()

    assert drafts.report_of(draft_of(draft_id)) == report
    assert why_failed(draft_id) is None


def test_a_document_that_is_no_report_keeps_its_reason_and_the_file(keep):
    draft_id = keep()

    job.run()

    assert why_failed(draft_id) == NoMeasures().sentence
    assert draft_of(draft_id).report is None


def test_the_file_and_its_name_reach_the_reader(keep, monkeypatch):
    seen = []
    monkeypatch.setattr(apart, "read", lambda content, name, *, tell: seen.append((content, name)) or _refuse())
    content = word("<w:p/>")

    keep(content)
    job.run()

    assert seen == [(content, "แผน.docx")]


def _refuse():
    raise NoMeasures()


def test_nobody_waits_for_the_database_while_a_file_is_read(keep, monkeypatch):
    states = []
    monkeypatch.setattr(
        apart, "read", lambda content, name, *, tell: states.append(database.session().in_transaction()) or _refuse()
    )
    keep()

    job.run()

    assert states == [False]


def test_a_second_run_reads_nothing_again(keep, db):
    keep()
    job.run()

    assert job.run() == 0
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 1
