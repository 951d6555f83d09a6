from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import make_people
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.history import EventKind
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.models import Assessment, Event, Measure, Plan, Task
from tracker.queries import scores
from tracker.sample import report_bytes
from tracker.services import imports, organizations, schedules
from tracker.services.imports import NoIndicator, PlanExists


@pytest.fixture(scope="module")
def reading():
    return read_draft(read_text_report(report_bytes()), divisions=USUAL_DIVISIONS, plan_year=None)


@pytest.fixture
def organization(db):
    return organizations.create(name="เทศบาลตำบลตัวอย่าง", divisions=USUAL_DIVISIONS[:6])


@pytest.fixture
def create(organization, reading):
    def create(report=reading, **values):
        made = {"by": None, "now": MORNING, "today": TODAY} | values
        return imports.create_plan(organization=organization, reading=report, **made)

    return create


def test_the_sample_becomes_33_tasks_for_each_of_six_divisions(db, create):
    create()

    by_division = Counter(db.session.scalars(select(Task.division_id)))
    assert set(by_division.values()) == {33}
    assert len(by_division) == 6


def test_the_ninth_measure_is_checked_every_month_and_reported_in_two_rounds(db, create, organization):
    create()

    slots = db.session.scalars(
        select(Task.slot).join(Measure).where(Measure.indicator == 9, Task.division_id == organization.divisions[0].id)
    )
    assert Counter(slot.partition(":")[0] for slot in slots) == {"month": 12, "round": 2}


def test_every_measure_keeps_the_reports_words(db, create, reading):
    plan = create()

    assert [(m.title, m.time_frame_text, m.responsible_text) for m in plan.measures] == [
        (one.measure.title, one.measure.time_frame, one.measure.responsible) for one in reading.measures
    ]


def test_scores_are_kept_as_printed_misprints_included(db, create, organization):
    create()

    kept = scores.history(organization.id)
    assert kept.score("indicator:9", 2568) == Decimal("95.00")
    assert kept.score("indicator:10", 2568) == Decimal("90.00")
    assert len(kept.of(2567).scores) == len(kept.of(2568).scores) == 15


def test_an_assessment_that_is_known_keeps_what_it_has(db, create, organization):
    known = Assessment(organization_id=organization.id, fiscal_year=2567, level="ผ่าน")
    db.session.add(known)
    db.session.flush()

    create()

    assert known.scores == []


def test_o6_and_o27_are_answered_by_no_measure(db, create, organization):
    create()

    unanswered = scores.unanswered_findings(organization.id, fiscal_year=2568)
    assert sorted(code for finding in unanswered for code in finding.items) == ["o27", "o6"]


def test_the_history_begins_with_the_plan(db, create):
    people = make_people()

    create(by=people.clerk)

    first, second = db.session.scalars(select(Event).order_by(Event.seq)).all()
    assert (first.kind, first.by, first.at) == (EventKind.PLAN_CREATED, people.clerk, MORNING)
    assert second.kind == EventKind.TASKS_CHANGED


def test_nothing_is_owed_of_what_came_before_the_import(create):
    assert create(today=TODAY).reminders_from == TODAY


def test_a_new_plan_has_nothing_left_to_change(create):
    assert not schedules.apply(plan=create(), by=None, now=MORNING + timedelta(hours=1))


def test_a_year_that_has_its_plan_is_refused_and_stays_as_it_is(db, create):
    create()

    with pytest.raises(PlanExists, match="2569"):
        create()
    assert db.session.scalar(select(func.count()).select_from(Plan)) == 1


def test_a_measure_without_an_indicator_is_refused(create, reading):
    first = replace(reading.measures[0], measure=replace(reading.measures[0].measure, indicator=None))
    doubtful = replace(reading, measures=(first, *reading.measures[1:]))

    with pytest.raises(NoIndicator):
        create(doubtful)
