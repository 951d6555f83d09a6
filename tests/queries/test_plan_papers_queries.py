from datetime import date

import pytest
from sqlalchemy.exc import NoResultFound

from tests.clocks import MORNING
from tests.factories import make_assessment, make_measure, make_organization, make_plan, make_position
from tests.statements import count_queries
from tracker.documents.composing.signers import Signers
from tracker.domain.history import EventKind
from tracker.domain.indicators import Instrument
from tracker.domain.permissions import Role
from tracker.domain.publication import Element
from tracker.domain.statuses import Review
from tracker.extensions import db
from tracker.models import Finding
from tracker.queries import plan_papers, publication, signers
from tracker.services import events

STATEMENTS = 9  # plan, findings, scores, measures, steps, divisions, signers, head – and the steps' own measures


def make_finding(assessment, indicator=1, *, is_answered=True, text="ช้า"):
    finding = Finding(
        indicator=indicator,
        instrument=Instrument.IIT,
        items=["i1"],
        text=text,
        recommendation="เร็ว",
        is_answered=is_answered,
    )
    assessment.findings.append(finding)
    db.session.flush()


def test_the_facts_are_those_of_the_plan_and_of_the_assessments_before_it(db):
    plan = make_plan(2569)
    assessment = make_assessment(2568, {"overall": "96.04"}, level="ผ่านดี")
    make_assessment(2567, {"overall": "97.02"})
    make_finding(assessment)
    make_finding(assessment, 10, is_answered=False, text="ขาด")
    make_measure(2)
    make_measure(1, steps=["ทำ", ("ทบทวน", "ทุกเดือน")])

    facts = plan_papers.facts(plan.id)

    assert (facts.organization, facts.fiscal_year, facts.review) == ("เทศบาลตำบลตัวอย่าง", 2569, Review.REQUIRED)
    assert facts.history.of(2568).printed_level == "ผ่านดี"
    assert [finding.text for finding in facts.findings] == ["ช้า", "ขาด"]
    assert [finding.text for finding in facts.unanswered] == ["ขาด"]
    assert [measure.indicator for measure in facts.measures] == [1, 2]
    assert facts.measures[0].steps == ["ทำ", "ทบทวน (ทุกเดือน)"]
    assert facts.rounds == (date(2026, 3, 31), date(2026, 9, 30))
    assert facts.head is None


def test_the_words_of_a_person_stand_for_the_time_frame_that_was_corrected(db):
    measure = make_measure(1, words="ตลอดปีการศึกษา")
    measure.schedule_words = "ตลอดปีงบประมาณ พ.ศ. 2569"

    assert plan_papers.facts(measure.plan_id).measures[0].time_frame == "ตลอดปีงบประมาณ พ.ศ. 2569"


def test_a_measure_names_its_divisions_where_the_report_named_nobody(db):
    measure = make_measure(1)
    named = make_measure(2)
    named.responsible_text = "ทุกส่วนราชการ"

    facts = plan_papers.facts(measure.plan_id)
    assert [one.responsible for one in facts.measures] == ["สำนักปลัดเทศบาล\nกองคลัง", "ทุกส่วนราชการ"]


def test_a_step_that_was_taken_out_is_not_printed(db):
    measure = make_measure(1, steps=["ทำ", "ไม่ทำแล้ว"])
    measure.steps[1].is_retired = True
    db.session.flush()

    assert plan_papers.facts(measure.plan_id).measures[0].steps == ["ทำ"]


def test_the_head_says_which_entry_of_the_history_it_is_and_when_it_was_written(db):
    plan = make_plan()
    events.record(plan=plan, kind=EventKind.PLAN_CREATED, by=None, now=MORNING)

    head = plan_papers.facts(plan.id).head

    assert (head.number, head.at, head.hash) == (plan.last_seq, MORNING, plan.last_hash)


def test_another_organization_s_results_and_measures_are_not_ours(db):
    plan = make_plan()
    other = make_organization("เทศบาลตำบลข้างเคียง")
    make_finding(make_assessment(2568, {"overall": "1"}, organization=other))
    make_measure(1, plan=make_plan(organization=other))

    facts = plan_papers.facts(plan.id)

    assert (facts.history.results, facts.findings, facts.measures) == ({}, [], [])


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_statements_does_not_grow_with_the_plan(db, count):
    plan = make_plan()
    for number in range(count):
        make_measure(1 + number % 10, steps=["ก", "ข"])
    db.session.flush()
    db.session.expunge_all()

    with count_queries() as heard:
        plan_papers.facts(plan.id)

    assert len(heard) <= STATEMENTS


def test_there_are_no_facts_of_a_plan_that_is_not_there(db):
    with pytest.raises(NoResultFound):
        plan_papers.facts(1)


def make_titled(title, role=Role.EXECUTIVE, *, leads_at=None, abolished_on=None):
    position = make_position(role)
    position.title, position.leads_at, position.abolished_on = title, leads_at, abolished_on
    db.session.flush()
    return position


def test_a_deputy_signs_only_where_there_is_nobody_above(db):
    make_titled("รองปลัดเทศบาล", leads_at=1)
    make_titled("รองนายกเทศมนตรี", leads_at=2)
    organization_id = make_titled("นายกเทศมนตรี", leads_at=2).organization_id

    assert signers.of(organization_id) == Signers("", "รองปลัดเทศบาล", "นายกเทศมนตรี")


def test_the_clerk_makes_the_paper_and_an_abolished_position_signs_nothing(db):
    make_titled("ธุรการเดิม", Role.CLERK, abolished_on=date(2025, 1, 1))
    organization_id = make_titled("เจ้าพนักงานธุรการ", Role.CLERK).organization_id

    assert signers.of(organization_id).maker == "เจ้าพนักงานธุรการ"


# Whether it may be published


def test_a_plan_is_checked_with_its_words_its_days_and_its_divisions(db):
    plan = make_plan()
    clear, unclear = make_measure(1, steps=["ทำ"]), make_measure(2, words="ตลอดปีการศึกษา 2570")
    clear.responsible_text, unclear.responsible_text = "ทุกส่วนราชการ", "กองคลัง / คณะทำงาน ITA"
    clear.analysis = ["รอนาน"]
    make_finding(make_assessment(2568, {"indicator:1": "99"}), 10, is_answered=False, text="ขาด")

    found = publication.check(plan)

    lacking = [gap.element for gap in found.missing if gap.measure_id == unclear.id]
    assert lacking == [Element.ANALYSIS, Element.STEPS]
    assert [gap.measure_id for gap in found.doubtful] == [unclear.id, unclear.id, None]
    assert not [gap for gap in found.missing if gap.measure_id == clear.id]
    assert found.missing[0].element == Element.RESULT


def test_a_measure_whose_steps_have_days_of_their_own_falls_due(db):
    measure = make_measure(1, words="ตลอดปีการศึกษา 2570", steps=[("ตรวจ", "ทุกเดือน")])

    assert not [gap for gap in publication.check(measure.plan).doubtful if gap.measure_id == measure.id]
