from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.clocks import TODAY
from tests.factories import make_measure, make_organization, make_plan, make_position, make_task
from tests.statements import count_queries
from tracker.domain.figures import Post
from tracker.domain.permissions import Role
from tracker.domain.statuses import OPEN, Placement, Status
from tracker.models import Task
from tracker.queries import task_list
from tracker.queries.task_list import PAGE, Cursor, Filter, Place

ONE_DAY = timedelta(days=1)


@pytest.fixture
def organization(db):
    return make_organization(divisions=("สำนักปลัดเทศบาล", "กองคลัง"))


def page(plan, *, cursor=None, **narrowed):
    return task_list.page(plan.id, Filter(**narrowed), today=TODAY, cursor=cursor)


def listed(plan, **narrowed):
    return [row.id for row in page(plan, **narrowed).rows]


def ids_of(*tasks):
    return [task.id for task in tasks]


def test_tasks_are_listed_by_deadline_then_in_the_order_in_which_the_plan_made_them(db, organization):
    first, second = organization.divisions
    measure = make_measure()
    later = make_task(measure=measure, division=first, due_on=TODAY + ONE_DAY)
    made_first = make_task(measure=measure, division=second)
    made_next = make_task(measure=measure, division=first)

    assert listed(later.plan) == ids_of(made_first, made_next, later)


def test_each_filter_narrows_to_what_it_says(db, organization):
    first, second = organization.divisions
    wanted = make_task(measure=make_measure(3), division=second, status=Status.IN_PROGRESS, due_on=TODAY - ONE_DAY)
    wanted.blocked_reason, wanted.placement = "รอเอกสาร", Placement.OUTSIDE
    make_task(measure=make_measure(1), division=first, status=Status.DONE, due_on=TODAY)
    position = make_position(Role.OFFICER, division=second)

    for narrowed in (
        {"measure_ids": (wanted.measure_id,)},
        {"division_ids": (second.id,)},
        {"given": Post(position.id, second.id)},
        {"status": Status.IN_PROGRESS},
        {"due_from": TODAY - ONE_DAY, "due_to": TODAY - ONE_DAY},
        {"due_to": TODAY - ONE_DAY},
        {"only_overdue": True},
        {"only_open": True},
        {"only_blocked": True},
        {"only_outside": True},
        {"measure_ids": (wanted.measure_id,), "division_ids": (second.id,), "only_overdue": True},
    ):
        assert listed(wanted.plan, **narrowed) == [wanted.id], narrowed
        assert page(wanted.plan, **narrowed).count == 1, narrowed


def test_several_divisions_and_several_measures_are_listed_together(db, organization):
    tasks = [make_task(division=division) for division in organization.divisions]

    assert listed(tasks[0].plan, division_ids=tuple(ids_of(*organization.divisions))) == ids_of(*tasks)
    assert listed(tasks[0].plan, measure_ids=tuple(task.measure_id for task in tasks)) == ids_of(*tasks)


def test_measures_of_an_indicator_that_has_none_match_nothing(db, organization):
    task = make_task()

    assert page(task.plan, measure_ids=()).rows == []
    assert task_list.ids(task.plan_id, Filter(measure_ids=()), today=TODAY, limit=9) == []


def test_a_position_has_to_do_its_own_and_what_nobody_of_its_division_was_given(db, organization):
    first, second = organization.divisions
    mine, colleague = (make_position(Role.OFFICER, division=first) for _ in range(2))
    own, shared, another, foreign = (make_task(division=division) for division in (first, first, first, second))
    own.position_id, another.position_id = mine.id, colleague.id

    assert listed(own.plan, given=Post(mine.id, first.id)) == ids_of(own, shared)
    assert foreign.division_id == second.id


def test_what_is_due_today_is_not_listed_as_overdue(db, organization):
    task = make_task(due_on=TODAY)

    assert listed(task.plan, only_overdue=True) == []


def test_a_list_behind_a_figure_leaves_out_what_does_not_apply(db, organization):
    counted = make_task()
    make_task(status=Status.NOT_APPLICABLE)

    assert listed(counted.plan, only_counted=True) == [counted.id]


def test_what_was_accepted_is_on_time_when_it_was_handed_in_by_its_day(db, organization):
    on_time = make_task(status=Status.DONE, submitted_on=TODAY)
    make_task(status=Status.DONE, submitted_on=TODAY + ONE_DAY)
    make_task(status=Status.SUBMITTED, submitted_on=TODAY)

    assert listed(on_time.plan, only_on_time=True) == [on_time.id]


def test_retired_tasks_are_not_listed_and_those_outside_the_schedule_are(db, organization):
    retired, outside = make_task(), make_task()
    retired.placement, outside.placement = Placement.RETIRED, Placement.OUTSIDE

    assert listed(outside.plan) == [outside.id]


def test_tasks_of_another_plan_are_not_listed(db, organization):
    task = make_task()
    make_task(measure=make_measure(plan=make_plan(2570)))

    assert listed(task.plan) == [task.id]


def test_counting_stops_where_nobody_reads_on(db, organization, monkeypatch):
    monkeypatch.setattr(task_list, "MOST_COUNTED", 2)
    task_list._page_statement.cache_clear()
    tasks = [make_task() for _ in range(5)]

    assert page(tasks[0].plan).count == 3
    task_list._page_statement.cache_clear()


def test_one_page_is_one_statement(db, organization):
    task = make_task()

    with count_queries() as statements:
        page(task.plan)

    assert len(statements) == 1


def test_turning_back_from_what_was_the_second_page_shows_a_full_first_one(db, organization):
    measure = make_measure()
    tasks = [make_task(measure=measure, due_on=TODAY + timedelta(days=days)) for days in range(PAGE + 10)]
    third = tasks[2]

    before = page(measure.plan, cursor=Cursor(Place(third.due_on, third.id), is_backward=True))

    assert [row.id for row in before.rows] == ids_of(*tasks[:PAGE])
    assert (before.has_previous, before.has_next) == (False, True)


def all_pages(plan, chosen, *, between=lambda: None):
    """Return the ids on every page, turning forward, and what the pages backward say of them."""
    seen, cursor, pages = [], None, []
    while True:
        shown = task_list.page(plan.id, chosen, today=TODAY, cursor=cursor)
        pages.append([row.id for row in shown.rows])
        seen += pages[-1]
        if not shown.has_next:
            return seen, pages
        cursor = Cursor(shown.rows[-1].place)
        between()


@pytest.fixture
def crowd(db, organization, monkeypatch):
    """Thirty tasks of every kind on few days, and pages of four."""
    monkeypatch.setattr(task_list, "PAGE", 4)
    task_list._page_statement.cache_clear()
    chance, measures = Random(7), [make_measure(number) for number in (1, 2, 2)]
    for number in range(30):
        task = make_task(
            measure=chance.choice(measures),
            division=chance.choice(organization.divisions),
            due_on=TODAY + timedelta(days=chance.randrange(-2, 3)),
            status=chance.choice([*Status]),
        )
        task.slot = f"date:{number}"
        task.blocked_reason = chance.choice(["", "", "รอเอกสาร"])
        task.placement = chance.choice([Placement.SCHEDULED, Placement.SCHEDULED, Placement.OUTSIDE, Placement.RETIRED])
    db.session.flush()
    yield measures
    task_list._page_statement.cache_clear()


flags = st.booleans()
days = st.none() | st.integers(-3, 3).map(lambda number: TODAY + timedelta(days=number))
filters = st.builds(
    dict,
    status=st.none() | st.sampled_from([*Status]),
    due_from=days, due_to=days,
    only_overdue=flags, only_open=flags, only_blocked=flags, only_outside=flags, only_counted=flags,
    only_on_time=flags,
    measures=st.none() | st.sets(st.integers(0, 2)), divisions=st.sets(st.integers(0, 1)),
)  # fmt: skip
anyhow = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(wanted, measures):
    """Return the filter of what Hypothesis drew, with the ids of this database."""
    chosen, divisions = wanted.pop("measures"), wanted.pop("divisions")
    organization = measures[0].plan.organization
    return Filter(
        **wanted,
        measure_ids=None if chosen is None else tuple(measures[n].id for n in sorted(chosen)),
        division_ids=tuple(organization.divisions[n].id for n in sorted(divisions)),
    )


def matches(task, chosen):
    """Say by hand what a filter means."""
    return all(
        [
            task.placement == Placement.OUTSIDE if chosen.only_outside else task.placement != Placement.RETIRED,
            chosen.measure_ids is None or task.measure_id in chosen.measure_ids,
            not chosen.division_ids or task.division_id in chosen.division_ids,
            chosen.status in (None, task.status),
            chosen.due_from is None or task.due_on >= chosen.due_from,
            chosen.due_to is None or task.due_on <= chosen.due_to,
            not chosen.only_overdue or task.is_overdue(TODAY),
            not chosen.only_open or task.status in OPEN,
            not chosen.only_blocked or task.blocked_reason,
            not chosen.only_counted or task.status != Status.NOT_APPLICABLE,
            not chosen.only_on_time or (task.status == Status.DONE and task.submitted_on <= task.due_on),
        ]
    )


@anyhow
@given(wanted=filters)
def test_turning_pages_shows_every_matching_task_once_and_in_order(crowd, db, wanted):
    chosen = made(wanted, crowd)
    tasks = sorted(db.session.query(Task).all(), key=lambda task: (task.due_on, task.id))

    seen, pages = all_pages(crowd[0].plan, chosen)

    assert seen == [task.id for task in tasks if matches(task, chosen)]
    assert all(len(shown) == 4 for shown in pages[:-1])
    assert list(task_list.ids(crowd[0].plan_id, chosen, today=TODAY, limit=99)) == seen


@anyhow
@given(wanted=filters)
def test_turning_back_shows_the_same_pages(crowd, wanted):
    chosen = made(wanted, crowd)
    _, pages = all_pages(crowd[0].plan, chosen)
    places = {row.id: row.place for row in task_list.every(crowd[0].plan_id, chosen, today=TODAY, limit=99)}

    for earlier, later in zip(pages, pages[1:], strict=False):
        back = Cursor(places[later[0]], is_backward=True)
        shown = task_list.page(crowd[0].plan_id, chosen, today=TODAY, cursor=back)
        assert [row.id for row in shown.rows] == earlier


@anyhow
@given(moves=st.lists(st.tuples(st.integers(0, 29), st.integers(-3, 3)), max_size=8))
def test_while_tasks_are_moved_between_pages_those_that_stay_are_each_seen_once(crowd, db, moves):
    savepoint = db.session.begin_nested()
    tasks = db.session.query(Task).order_by(Task.id).all()
    left, moved = list(moves), set()

    def move():
        if left:
            number, offset = left.pop()
            tasks[number].due_on = TODAY + timedelta(days=offset)
            moved.add(tasks[number].id)
            db.session.flush()

    seen, _ = all_pages(crowd[0].plan, Filter(), between=move)

    still = [task.id for task in sorted(tasks, key=lambda t: (t.due_on, t.id)) if task.id not in moved]
    shown = [id for id in still if db.session.get(Task, id).placement != Placement.RETIRED]
    assert [id for id in seen if id not in moved] == shown
    savepoint.rollback()


FILTERS = {
    "nothing": {},
    "measure": {"measure_ids": (1,)},
    "measures": {"measure_ids": (1, 2)},
    "division": {"division_ids": (1,)},
    "divisions": {"division_ids": (1, 2)},
    "position": {"given": Post(1, 1)},
    "status": {"status": Status.SUBMITTED},
    "open": {"only_open": True},
    "overdue": {"only_overdue": True},
    "blocked": {"only_blocked": True},
    "outside": {"only_outside": True},
    "counted": {"only_counted": True},
    "on time": {"only_on_time": True},
    "days": {"due_from": date(2026, 1, 1), "due_to": date(2026, 1, 31)},
    "status and division": {"status": Status.DONE, "division_ids": (1,)},
    "overdue and division": {"only_overdue": True, "division_ids": (1,)},
}


@pytest.fixture
def plans_of_queries(db):
    """Say how SQLite would go about a page: which index it reads, and whether it sorts."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the plans are SQLite's")
    heard = []

    def listen(_connection, _cursor, statement, parameters, *_):
        heard.append((statement, parameters))

    def explain(chosen, cursor):
        event.listen(Engine, "before_cursor_execute", listen)
        try:
            task_list.page(1, chosen, today=TODAY, cursor=cursor)
        finally:
            event.remove(Engine, "before_cursor_execute", listen)
        statement, parameters = heard[-1]
        rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row[3] for row in rows]

    return explain


CURSORS = [None, Cursor(Place(TODAY, 5)), Cursor(Place(TODAY, 5), is_backward=True)]


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("name", FILTERS)
def test_a_page_is_read_off_an_index_and_never_sorted(plans_of_queries, name, cursor):
    steps = plans_of_queries(Filter(**FILTERS[name]), cursor)

    about_tasks = [step for step in steps if " task" in step]
    assert about_tasks
    assert [step for step in about_tasks if not step.startswith("SEARCH task USING")] == []
    assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_an_index_is_read_in_the_order_of_the_list(plans_of_queries):
    assert plans_of_queries(Filter(), None)[0] == "SEARCH task USING INDEX ix_task_plan_due (plan_id=?)"
    assert plans_of_queries(Filter(only_blocked=True), None)[0].startswith("SEARCH task USING INDEX ix_task_blocked")


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("name", [name for name in FILTERS if name != "outside"])
def test_a_page_as_of_a_day_is_read_off_an_index_and_never_sorted(plans_of_queries, name, cursor):
    steps = plans_of_queries(Filter(**FILTERS[name], as_of=TODAY), cursor)

    about_states = [step for step in steps if " task_state" in step]
    assert about_states
    assert [step for step in about_states if not step.startswith("SEARCH task_state USING")] == []
    assert "ix_task_state_due" in about_states[0]
    assert [step for step in steps if "TEMP B-TREE" in step] == []
