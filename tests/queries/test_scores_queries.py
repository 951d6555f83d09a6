from datetime import date, timedelta
from decimal import Decimal

from tests.clocks import TODAY
from tests.factories import make_assessment, make_measure, make_organization, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.results import Taken
from tracker.domain.statuses import Status
from tracker.queries import measures, progress, scores

END_OF_2568 = date(2025, 9, 30)


def test_the_history_holds_every_year_as_printed_items_left_out(db):
    old = make_assessment(2566, {"overall": "92.4", "IIT": "99.03", "IIT:i1": "1", "EIT2:e1": "2", "OIT:o6": "3"})
    make_assessment(2568, {"indicator:10": "90.00"}, level="ผ่านดี")
    make_assessment(2567, {"overall": "1"}, organization=make_organization("เทศบาลตำบลข้างเคียง"))

    with count_queries() as heard:
        history = scores.history(old.organization_id)

    assert len(heard) == 1
    assert history.results.keys() == {2566, 2568}
    assert history.of(2566).scores == {"overall": Decimal("92.4"), "IIT": Decimal("99.03")}
    assert str(history.score("indicator:10", 2568)) == "90.00"
    assert [history.of(year).printed_level for year in history.years] == ["", "", "ผ่านดี"]


def test_a_year_of_which_only_the_level_is_known_has_its_result(db):
    kept = make_assessment(2560, {}, level="สูงมาก")

    history = scores.history(kept.organization_id)

    assert history.years == (2560,)
    assert history.of(2560).scores == {}


def test_measures_are_found_by_plan_and_indicator(db):
    now, before = make_plan(2569), make_plan(2568, rounds=())
    second, first = make_measure(6, plan=now), make_measure(2, plan=now)
    third, old = make_measure(6, plan=now), make_measure(6, plan=before)
    make_measure(6, plan=make_plan(organization=make_organization("เทศบาลตำบลข้างเคียง")))

    assert measures.taken(now.organization_id) == {
        now.id: {2: [named(first)], 6: [named(second), named(third)]},
        before.id: {6: [named(old)]},
    }


def named(measure):
    return Taken(measure.id, measure.title)


def test_several_plans_are_counted_each_on_its_own_day_as_one_alone_would_be(db):
    divisions = ("กองช่าง", "กองคลัง", "สำนักปลัด")
    organization = make_organization(divisions=divisions)
    now, before, empty = (make_plan(year, rounds=(), organization=organization) for year in (2569, 2568, 2567))
    for plan, day in ((now, TODAY), (before, END_OF_2568)):
        for indicator in (9, 2):
            measure = make_measure(indicator, plan=plan)
            for number, division in enumerate(reversed(organization.divisions)):
                status = list(Status)[number]
                due_on = day - timedelta(days=1 - number)
                make_task(measure=measure, division=division, status=status, due_on=due_on)
    days = {now.id: TODAY, before.id: END_OF_2568, empty.id: date(2024, 9, 30)}

    with count_queries() as heard:
        found = progress.at_days(days)

    assert len(heard) == 1
    assert found == {plan_id: progress.as_of(plan_id, day=day) for plan_id, day in days.items()}
    assert found[before.id].total.overdue == 2
    assert found[empty.id].cells == ()


def test_of_no_plan_nothing_is_asked(db):
    with count_queries() as heard:
        assert progress.at_days({}) == {}

    assert len(heard) == 0
