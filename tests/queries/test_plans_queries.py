from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_organization, make_person, make_plan
from tracker.domain.indicators import Instrument
from tracker.models import Assessment, Finding, Lease, Message, Score
from tracker.queries import measures, messages, plans, scores


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2025, 10, 1), 2569), (date(2026, 9, 30), 2569), (date(2026, 10, 1), 2570), (date(2030, 1, 1), 2570)],
)
def test_people_work_on_this_fiscal_years_plan_or_the_newest(db, today, year):
    organization = make_organization()
    for of_year in (2569, 2570):
        make_plan(of_year, organization=organization)

    assert plans.current(plans.of(organization.id), today=today).fiscal_year == year


def test_an_organization_without_a_plan_has_no_current_one(db):
    assert plans.current(plans.of(make_organization().id), today=TODAY) is None


def test_plans_of_another_organization_are_not_ours(db):
    ours = make_plan()
    make_plan(2570, organization=make_organization("เทศบาลตำบลข้างเคียง"))

    assert plans.of(ours.organization_id) == [ours]
    assert plans.of_year(ours.organization_id, fiscal_year=2570) is None


def test_measures_come_by_indicator(db):
    third, first = make_measure(3), make_measure(1)

    assert [listed.measure for listed in measures.of_plan(first.plan_id)] == [first, third]


def test_a_listed_measure_counts_its_divisions_and_the_steps_still_in_it(db):
    measure = make_measure(steps=("ประชุม", "ประกาศ", "รายงาน"))
    measure.steps[1].is_retired = True

    (listed,) = measures.of_plan(measure.plan_id)

    assert (listed.division_count, listed.step_count) == (len(measure.divisions), 2)


@pytest.fixture
def assessment(db):
    organization = make_organization()
    assessment = Assessment(organization_id=organization.id, fiscal_year=2568)
    for key, value in {"overall": "92.40", "IIT": "99.03", "EIT2:e1": "85.00", "OIT:o6": "0.00", "IIT:i1": "1"}.items():
        assessment.scores.append(Score(key=key, value=Decimal(value)))
    assessment.scores.append(Score(key="indicator:10", value=Decimal("90.00")))
    for text, is_answered in (("ไม่มีมาตรการ", False), ("มีมาตรการ", True)):
        assessment.findings.append(
            Finding(indicator=9, instrument=Instrument.OIT, items=["o6"], text=text, is_answered=is_answered)
        )
    db.session.add(assessment)
    db.session.flush()
    db.session.expire_all()
    return assessment


def test_scores_are_kept_exactly_as_printed_and_items_are_left_out(assessment):
    found = scores.history(assessment.organization_id)

    assert found.of(2567).scores == {}
    assert found.of(2568).scores == {
        "overall": Decimal("92.40"),
        "IIT": Decimal("99.03"),
        "indicator:10": Decimal("90.00"),
    }
    assert str(found.score("overall", 2568)) == "92.40"


def test_findings_that_no_measure_answers_are_listed(assessment):
    found = scores.unanswered_findings(assessment.organization_id, fiscal_year=2568)

    assert [finding.text for finding in found] == ["ไม่มีมาตรการ"]


def test_every_page_knows_of_unread_digests_and_the_last_tick(db):
    person = make_person()
    for days, read_at in ((0, None), (1, MORNING)):
        db.session.add(
            Message(
                organization_id=person.user.organization_id,
                user_id=person.user_id,
                digest_on=TODAY - timedelta(days=days),
                created_at=MORNING,
                read_at=read_at,
            )
        )
    db.session.add(Lease(name="scheduler", holder="one", until_at=MORNING, last_tick_at=MORNING))

    standing = messages.standing(user_id=person.user_id)

    assert standing == messages.Standing(unread=1, last_tick_at=MORNING)


@pytest.mark.parametrize(("minutes", "is_silent"), [(0, False), (10, False), (11, True)])
def test_the_scheduler_is_silent_once_ticks_have_stopped_for_ten_minutes(minutes, is_silent):
    standing = messages.Standing(unread=0, last_tick_at=MORNING - timedelta(minutes=minutes))

    assert standing.is_silent(MORNING) is is_silent


def test_before_the_first_tick_nothing_is_wrong_yet():
    assert not messages.Standing(unread=0, last_tick_at=None).is_silent(MORNING)
