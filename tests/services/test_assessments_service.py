from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import make_assessment, make_measure, make_organization, make_plan
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.preview import read_draft
from tracker.domain.changes import ChangeKind
from tracker.domain.consistency import Figure, Subject
from tracker.domain.findings import Finding
from tracker.domain.indicators import Instrument
from tracker.models import Assessment, Change
from tracker.queries import scores
from tracker.services import assessments
from tracker.services.assessments import Differing

FOUND = Finding(10, Instrument.OIT, ("o27",), "ไม่พบรายงานผลการดำเนินการตามนโยบายไม่รับของขวัญ")


def reading(*printed, findings=(), level="", year=2569):
    """Return what was read of a result of these scores by indicator."""
    figures = tuple(Figure(Subject(indicator=number), year, Decimal(score)) for number, score in printed)
    report = ReportDraft("", year, year + 1, level, figures, (), tuple(findings), ())
    return read_draft(report, divisions=[])


@pytest.fixture
def organization(db):
    return make_organization()


@pytest.fixture
def keep(organization):
    return lambda read, *years: assessments.keep(
        organization=organization, reading=read, replaced=years, by=None, now=MORNING
    )


@pytest.fixture
def kept(organization):
    """Return an indicator's score of 2569 as it is kept."""
    return lambda number: scores.history(organization.id).score(f"indicator:{number}", 2569)


@pytest.fixture
def record(db):
    def record():
        return [(one.before, one.after) for one in db.session.scalars(select(Change).order_by(Change.seq))]

    return record


def test_the_result_of_a_new_year_is_kept_with_its_level_and_findings(db, keep, kept):
    assert keep(reading((1, "91.25"), (2, "88"), findings=[FOUND], level="ผ่านดี"))

    assert (kept(1), kept(2)) == (Decimal("91.25"), Decimal(88))
    assessment = db.session.scalars(select(Assessment)).one()
    assert (assessment.level, [one.text for one in assessment.findings]) == ("ผ่านดี", [FOUND.text])


def test_keeping_the_same_result_again_changes_and_tells_nothing(keep, record):
    result = reading((1, "91.25"), findings=[FOUND], level="ผ่านดี")
    keep(result)
    before = record()

    assert not keep(result, 2569)
    assert record() == before


def test_what_is_missing_of_a_known_year_is_added(keep, kept):
    make_assessment(2569, {"indicator:1": "91.25"})

    assert keep(reading((1, "91.25"), (2, "88")))
    assert kept(2) == Decimal(88)


def test_figures_that_differ_are_written_with_the_decimals_that_reports_print(organization):
    make_assessment(2569, {"indicator:1": "90", "indicator:2": "97.015"})

    (difference,) = assessments.differences(organization_id=organization.id, reading=reading((1, "91.5"), (2, "97.02")))
    assert difference.differing == (
        Differing("indicator:1", "90.00", "91.50"),
        Differing("indicator:2", "97.015", "97.02"),
    )


def test_a_figure_that_is_printed_otherwise_is_shown_and_stays(organization, keep, kept):
    make_assessment(2569, {"indicator:1": "91.25"}, level="ผ่านดี")
    result = reading((1, "91.52"), level="ผ่าน")

    (difference,) = assessments.differences(organization_id=organization.id, reading=result)
    assert difference.differing == (
        Differing("indicator:1", "91.25", "91.52"),
        Differing("level", "ผ่านดี", "ผ่าน"),
    )
    assert not keep(result)
    assert kept(1) == Decimal("91.25")


def test_a_figure_is_replaced_where_a_person_says_so_and_the_record_tells_both(keep, kept, record):
    make_assessment(2569, {"indicator:1": "91.25"}, level="ผ่านดี")

    assert keep(reading((1, "91.52")), 2569)

    assert kept(1) == Decimal("91.52")
    assert record() == [("2569 indicator:1 91.25", "2569 indicator:1 91.52")]


def test_only_the_year_that_a_person_named_is_replaced(keep, kept):
    make_assessment(2569, {"indicator:1": "91.25"})

    assert not keep(reading((1, "91.52")), 2568)
    assert kept(1) == Decimal("91.25")


def test_other_findings_of_a_known_year_are_a_difference(organization, keep):
    keep(reading((1, "91"), findings=[FOUND]))
    other = reading((1, "91"), findings=[replace(FOUND, items=("o6",), text="ไม่พบแผนยุทธศาสตร์")])

    (difference,) = assessments.differences(organization_id=organization.id, reading=other)

    assert [one.key for one in difference.differing] == ["findings"]


def test_a_finding_is_answered_as_soon_as_a_measure_of_the_plan_takes_it_up(organization, keep):
    plan = make_plan(2570)
    keep(reading((1, "91"), findings=[FOUND]))
    assert len(scores.unanswered_findings(organization.id, fiscal_year=2569)) == 1

    measure = make_measure(10, plan=plan, steps=("เผยแพร่รายงานผลตามข้อ O27",))
    assessments.answer(plan)
    assert scores.unanswered_findings(organization.id, fiscal_year=2569) == []

    measure.is_retired = True
    assessments.answer(plan)
    assert len(scores.unanswered_findings(organization.id, fiscal_year=2569)) == 1


def test_the_record_says_what_was_done(db, keep):
    keep(reading((1, "91")))

    assert db.session.scalars(select(Change.kind)).all() == [ChangeKind.SCORES_KEPT]
