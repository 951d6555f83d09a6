import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING
from tests.factories import make_measure, make_plan
from tests.statements import count_queries
from tracker.models import Plan, Task
from tracker.services import schedules


@pytest.fixture
def plan(people, clock):
    plan = make_measure(1, words="ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๖๙").plan
    make_measure(2, plan=plan)
    schedules.apply(plan=plan, by=people.clerk, now=clock.moment)
    return plan


@pytest.fixture
def address(plan):
    return f"/plans/{plan.id}/next-plan"


def test_the_measures_lead_the_clerk_there(visit, people, plan, address):
    assert visit(people.clerk).get("/measures").links["เริ่มแผนปีถัดไปจากแผนนี้"] == address
    assert address not in visit(people.executive).get("/measures").links.values()


def test_the_words_are_shown_before_and_after(visit, people, address):
    assert "๒๕๖๙ → ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๗๐" in visit(people.clerk).get(address).main


def test_unfinished_tasks_lead_to_their_list(visit, people, plan, address):
    division = plan.measures[0].divisions[0]

    page = visit(people.clerk).get(address)
    (link,) = [where for words, where in page.links.items() if words.startswith(division.name)]

    assert "4 งาน" in next(words for words in page.links if words.startswith(division.name))
    assert "4 งาน" in visit(people.clerk).get(link).main


def test_beginning_makes_the_plan_with_what_was_ticked(visit, people, plan, address, db):
    visitor = visit(people.clerk)
    form = visitor.get(address).values(address)
    assert len(form["measure"]) == 2

    page = visitor.post(address, form | {"measure": form["measure"][:1]})

    assert "2570" in page.h1
    following = db.session.scalars(select(Plan).where(Plan.fiscal_year == 2570)).one()
    assert [one.indicator for one in following.measures] == [1]
    assert db.session.scalar(select(func.count()).where(Task.plan_id == following.id)) == 4


@pytest.mark.parametrize("measures", [[], ["x"], ["99999"], ["9" * 50]], ids=str)
def test_nothing_chosen_is_refused_in_words(visit, people, address, measures):
    visitor = visit(people.clerk)
    visitor.get(address)

    assert "อย่างน้อยหนึ่งมาตรการ" in "".join(visitor.post(address, {"measure": measures}, status=422).alerts)


def test_a_year_that_has_its_plan_says_so_and_offers_nothing(visit, people, plan, address):
    visitor = visit(people.clerk)
    form = visitor.get(address).values(address)
    make_plan(2570)

    assert "2570" in visitor.post(address, form, status=422).alerts[0]
    page = visitor.get(address)
    assert "มีแผนปีงบประมาณ พ.ศ. 2570 อยู่แล้ว" in page.main
    assert not page.offers(address)


def test_a_finished_plan_says_so(visit, people):
    plan = make_plan()

    assert "เสร็จครบแล้ว" in visit(people.clerk).get(f"/plans/{plan.id}/next-plan").main


def test_many_measures_take_no_more_statements(visit, people, plan, address):
    clerk = visit(people.clerk)
    clerk.get(address)
    with count_queries() as once:
        clerk.get(address)
    for indicator in (3, 4, 5, 6):
        make_measure(indicator, plan=plan)
    schedules.apply(plan=plan, by=people.clerk, now=MORNING)

    with count_queries() as again:
        clerk.get(address)

    assert len(again) == len(once) <= 12
