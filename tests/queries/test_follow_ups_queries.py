"""The facts of the follow-up report: as of the end of a day, equal to every other figure of that day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from tests.clocks import MORNING, TODAY, at
from tests.factories import (
    make_assessment,
    make_closing,
    make_evidence,
    make_measure,
    make_organization,
    make_people,
    make_person,
    make_plan,
    make_task,
)
from tests.histories import DAYS, Story, deeds, planned
from tests.statements import count_queries
from tracker.documents.composing.follow_up import Proof
from tracker.documents.composing.follow_up.facts import Standing
from tracker.domain.closings import NoSuchRound
from tracker.domain.figures import Named
from tracker.domain.permissions import Role
from tracker.domain.results import Outcome
from tracker.domain.statuses import Placement, Review, Status
from tracker.extensions import db as database
from tracker.queries import follow_ups, progress
from tracker.queries.follow_ups import BrokenSeal, RoundNotCome
from tracker.services import assignments, evidence, task_reports, tasks
from tracker.services.task_reports import ReportText

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ROUND = date(2026, 1, 31)


@pytest.fixture
def people(db):
    return make_people()


@pytest.fixture
def task(people):
    return make_task(measure=make_measure(steps=("แจ้งเวียน", "เผยแพร่"), plan=make_plan(rounds=(ROUND,))))


def year(plan, *, on=TODAY):
    return follow_ups.facts(plan.id, on=on, round_on=None)


def work(task, *, on=TODAY):
    [only] = year(task.plan, on=on).works
    return only


def report(task, by, *, on=TODAY, basis=0, **text):
    task_reports.save(task=task, text=ReportText(**text), basis=basis, by=by, now=at(on))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planned=planned, deeds=deeds)
def test_the_figures_are_those_of_the_overview_and_the_tasks_listed_are_what_they_count(story, planned, deeds):
    with database.session.begin_nested() as example:
        story.begin(planned)
        for deed in deeds:
            story.happen(*deed)
        database.session.flush()
        for day in DAYS:
            facts = year(story.plan, on=day)
            assert facts.figures == progress.as_of(story.plan.id, day=day)
            check_tasks(facts)
        example.rollback()
        database.session.expire_all()


@pytest.fixture
def story(db):  # the test takes no `db`: Hypothesis could not print it when it fails
    return Story()


def check_tasks(facts):
    """Hold the listed tasks against the figures of their measures."""
    for measure_id, done in facts.figures.measures.items():
        of_measure = facts.works_of[measure_id]
        standings = [work.standing(facts.day) for work in of_measure]
        assert len(of_measure) == done.countable + done.not_applicable
        assert standings.count(Standing.DONE) == done.done
        assert standings.count(Standing.OVERDUE) == done.overdue
        assert standings.count(Standing.SUBMITTED) == done.submitted
        on_time = [work for work in of_measure if work.status == Status.DONE and not work.days_late]
        assert len(on_time) == done.done_on_time
    assert set(facts.works_of) == set(facts.figures.measures)


def test_a_report_is_told_with_its_words_money_and_ticks(task, people):
    report(task, people.member, result="แจ้งเวียนแล้ว", obstacles="คนน้อย", suggestions="เพิ่มคน", budget=Decimal("850.50"))
    tasks.tick_steps(task=task, ticked=task.measure.steps[:1], unticked=(), by=people.member, now=MORNING)

    told = work(task)

    assert (told.result, told.obstacles, told.suggestions) == ("แจ้งเวียนแล้ว", "คนน้อย", "เพิ่มคน")
    assert (told.budget, told.ticked, told.steps) == (Decimal("850.50"), 1, 2)
    assert told.division == Named(task.division_id, task.division.name)


def test_what_was_written_later_is_not_told_of_a_day_before(task, people):
    report(task, people.member, on=YESTERDAY, result="ร่างแรก", budget=Decimal(0))
    report(task, people.member, on=TODAY, basis=1, result="ฉบับจริง", budget=Decimal(100), obstacles="มีอุปสรรค")

    then, now = work(task, on=YESTERDAY), work(task, on=TODAY)

    assert (then.result, then.budget, then.obstacles) == ("ร่างแรก", Decimal(0), "")
    assert (now.result, now.budget, now.obstacles) == ("ฉบับจริง", Decimal(100), "มีอุปสรรค")


def test_words_and_money_that_were_taken_out_again_are_gone(task, people):
    report(task, people.member, on=YESTERDAY, result="ร่างแรก", budget=Decimal(100))
    report(task, people.member, on=TODAY, basis=1)

    assert (work(task).result, work(task).budget) == ("", None)


def test_a_tick_counts_from_when_it_was_set_until_it_was_taken_back(task, people):
    step = task.measure.steps[0]
    tasks.tick_steps(task=task, ticked=[step], unticked=(), by=people.member, now=at(YESTERDAY))
    tasks.tick_steps(task=task, ticked=(), unticked=[step], by=people.member, now=at(TODAY))

    assert (work(task, on=YESTERDAY).ticked, work(task, on=TODAY).ticked) == (1, 0)


def test_where_a_task_stood_and_whose_it_was_is_told_as_it_was(task, people):
    first, second = task.plan.organization.divisions
    due_on = task.due_on
    assignments.assign(plan=task.plan, ids=[task.id], division=second, by=people.clerk, now=at(TODAY))
    assignments.move_deadlines(plan=task.plan, ids=[task.id], due_on=TOMORROW, by=people.clerk, now=at(TODAY, 10))

    then, now = work(task, on=YESTERDAY), work(task, on=TODAY)

    assert (then.division.name, then.due_on) == (first.name, due_on)
    assert (now.division.name, now.due_on) == (second.name, TOMORROW)


def test_it_says_when_a_result_was_handed_in_and_when_it_was_accepted(task, people):
    tasks.submit(task=task, by=people.member, now=at(YESTERDAY), today=YESTERDAY)
    tasks.accept(task=task, by=people.clerk, now=at(TODAY), note="เรียบร้อย")

    assert (work(task).submitted_on, work(task).accepted_on, work(task).own_acceptance) == (YESTERDAY, TODAY, "")
    assert work(task, on=YESTERDAY).accepted_on is None


def test_whoever_accepted_what_they_handed_in_is_told_with_the_reason(task, people):
    task.plan.review = Review.SELF
    tasks.submit(task=task, by=people.clerk, now=MORNING, today=TODAY)
    tasks.accept(task=task, by=people.clerk, now=MORNING, note="มีผู้ปฏิบัติงานคนเดียว")

    assert work(task).own_acceptance == "มีผู้ปฏิบัติงานคนเดียว"


def test_what_the_programs_own_check_did_is_nobodys_own_acceptance(task):
    tasks.complete_by_check(task=task, now=MORNING, today=TODAY, note="ผลการตรวจสอบลิงก์")

    assert (work(task).accepted_on, work(task).own_acceptance) == (TODAY, "")


def test_an_earlier_acceptance_says_nothing_of_what_was_handed_in_again(task, people):
    tasks.submit(task=task, by=people.member, now=at(YESTERDAY), today=YESTERDAY)
    tasks.accept(task=task, by=people.clerk, now=at(YESTERDAY, 10))
    tasks.reopen(task=task, by=people.clerk, now=at(YESTERDAY, 11), note="ขาดเอกสาร")
    task.plan.review = Review.OFF
    tasks.submit(task=task, by=people.member, now=at(TODAY), today=TODAY)

    assert (work(task).status, work(task).accepted_on) == (Status.DONE, None)


def test_evidence_is_told_while_it_stood(task, people):
    def add(title, day):
        address = f"https://example.org/{title}"
        return evidence.add_link(task=task, title=title, url=address, by=people.member, now=at(day))

    replaced, withdrawn = add("replaced", YESTERDAY), add("withdrawn", YESTERDAY)
    evidence.replace_link(
        evidence=replaced, title="new", url="https://example.org/new", by=people.member, now=at(TODAY)
    )
    evidence.withdraw(evidence=withdrawn, reason="ผิดงาน", by=people.member, now=at(TODAY))

    then, now = work(task, on=YESTERDAY), work(task, on=TODAY)

    assert [proof.title for proof in then.evidence] == ["replaced", "withdrawn"]
    assert now.evidence == (Proof("new", "https://example.org/new"),)


def test_a_file_is_told_by_its_title(task):
    make_evidence(task, title="ภาพกิจกรรม.jpg")

    assert work(task).evidence == (Proof("ภาพกิจกรรม.jpg"),)


def test_a_task_that_the_schedule_no_longer_asks_for_is_marked(task):
    task.placement = Placement.OUTSIDE
    database.session.flush()

    assert work(task).is_outside


def test_an_open_round_is_told_as_of_the_day(task):
    facts = follow_ups.facts(task.plan_id, on=TODAY, round_on=ROUND)

    assert (facts.round_on, facts.closed, facts.day) == (ROUND, None, TODAY)


def test_a_closed_round_is_told_by_what_its_last_closing_by_then_froze(task, people):
    make_closing(task.plan, round_on=ROUND, by=people.clerk)
    closing = make_closing(task.plan, round_on=ROUND, by=people.clerk, note="นับใหม่")
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)

    facts = follow_ups.facts(task.plan_id, on=TODAY, round_on=ROUND)

    assert (facts.day, facts.closed.revision, facts.closed.seal) == (ROUND, 2, closing.seal)
    assert facts.figures == closing.snapshot.figures
    assert facts.differs == 0
    assert facts.works[0].status == Status.NOT_STARTED  # as it stood then
    assert [one.revision for one in facts.closings] == [1, 2]


def test_before_it_was_closed_a_round_is_open(task, people):
    make_closing(task.plan, round_on=ROUND, by=people.clerk)

    facts = follow_ups.facts(task.plan_id, on=YESTERDAY, round_on=ROUND)

    assert (facts.closed, facts.closings, facts.day) == (None, [], YESTERDAY)


def test_a_closing_that_somebody_changed_is_not_quoted(task, people):
    closing = make_closing(task.plan, round_on=ROUND, by=people.clerk)
    closing.figures = closing.figures.replace('"numbers":[1,', '"numbers":[0,')
    database.session.flush()

    with pytest.raises(BrokenSeal):
        follow_ups.facts(task.plan_id, on=TODAY, round_on=ROUND)


def test_a_round_ahead_is_refused(people):
    plan = make_plan(rounds=(TOMORROW,))

    with pytest.raises(RoundNotCome):
        follow_ups.facts(plan.id, on=TODAY, round_on=TOMORROW)


def test_a_round_is_told_from_its_own_day_on(people):
    plan = make_plan(rounds=(TODAY,))

    assert follow_ups.facts(plan.id, on=TODAY, round_on=TODAY).day == TODAY


def test_a_day_that_is_no_round_is_refused(task):
    with pytest.raises(NoSuchRound):
        follow_ups.facts(task.plan_id, on=TODAY, round_on=YESTERDAY)


def test_a_plan_without_rounds_and_tasks_has_its_year(people):
    plan = make_plan(rounds=())

    facts = year(plan)

    assert (facts.works, facts.earlier, facts.rounds, facts.figures.total.countable) == ((), None, (), 0)


def test_the_round_before_is_compared_with_as_it_was_frozen(task, people):
    make_closing(task.plan, round_on=ROUND, by=people.clerk)
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)
    tasks.accept(task=task, by=people.clerk, now=MORNING)

    facts = year(task.plan)

    assert facts.earlier.closed.round_on == ROUND
    assert facts.figures.change_since(facts.earlier.figures).total.done == 1


def test_a_round_before_that_nobody_closed_is_counted_again(task):
    facts = year(task.plan)

    assert (facts.earlier.round_on, facts.earlier.closed) == (ROUND, None)
    assert facts.earlier.figures == progress.as_of(task.plan_id, day=ROUND)


def test_the_result_of_the_plans_own_year_is_known_once_the_year_is_over(task):
    make_assessment(2568, {"indicator:1": "90"})
    make_assessment(2569, {"indicator:1": "95"})

    running, over = year(task.plan).cycle, year(task.plan, on=date(2026, 9, 30)).cycle

    assert running.followed("indicator:1").outcome == Outcome.TOO_EARLY
    assert over.followed("indicator:1").change == 5


def test_a_round_is_not_held_against_the_scores(task):
    assert follow_ups.facts(task.plan_id, on=TODAY, round_on=ROUND).cycle is None


def test_the_clerk_the_permanent_secretary_and_the_mayor_sign(task, people):
    for title, level in (("รองปลัดเทศบาล", 1), ("ปลัดเทศบาล", 1), ("นายกเทศมนตรี", 2)):
        position = make_person(Role.EXECUTIVE).position
        position.title, position.leads_at = title, level
    database.session.flush()

    signers = year(task.plan).signers

    assert (signers.maker, signers.checker, signers.approver) == (
        people.clerk.position.title,
        "ปลัดเทศบาล",
        "นายกเทศมนตรี",
    )


def test_the_head_of_the_history_is_told(task, people):
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)

    assert (year(task.plan).head_seq, year(task.plan).head_hash) == (task.plan.last_seq, task.plan.last_hash)


def test_another_plan_is_not_told(task, people):
    other = make_plan(organization=make_organization("เทศบาลตำบลอีกแห่ง"))
    measure = make_measure(plan=other)
    make_evidence(make_task(measure=measure))

    facts = year(task.plan)

    assert [one.id for one in facts.measures] == [task.measure_id]
    assert len(facts.works) == 1


@pytest.mark.parametrize("round_on", [ROUND, None])
def test_it_takes_as_many_statements_for_many_tasks_as_for_one(task, people, round_on):
    make_closing(task.plan, round_on=ROUND, by=people.clerk)

    def statements():
        database.session.expunge_all()
        with count_queries() as heard:
            follow_ups.facts(task.plan_id, on=TODAY, round_on=round_on)
        return len(heard)

    few = statements()
    for number in range(1, 6):
        more = make_task(measure=make_measure(number, steps=("ก", "ข"), plan=task.plan))
        report(more, people.member, result="ทำแล้ว")
        make_evidence(more)
    many = statements()

    assert few == many <= 16
