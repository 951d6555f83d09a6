from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.clocks import TODAY
from tests.factories import ROUNDS, make_measure, make_person, make_task
from tests.factories_public import make_item, make_link
from tests.statements import count_queries
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.links import Cause, Failure, Judgement, Observation, Verdict
from tracker.domain.permissions import Role
from tracker.domain.responsibles import Division
from tracker.domain.statuses import Review
from tracker.extensions import db as database
from tracker.sample import report_bytes
from tracker.services import (
    appointments,
    assignments,
    calendars,
    divisions,
    imports,
    links,
    measures,
    plans,
    positions,
    reviews,
    schedules,
    tasks,
)
from tracker.services import (
    people as accounts,
)

ADDRESS = "/dashboard"
KEPT = 3  # who is signed in with every appointment, the plans with their heads, unread notices and last tick


@pytest.fixture(autouse=True)
def _pages_are_kept(app, monkeypatch):
    monkeypatch.setitem(app.config, "PAGES_KEPT", 8)
    monkeypatch.setitem(app.extensions, "pages_drawn", type(app.extensions["pages_drawn"])())


@pytest.fixture
def world(db, people, clock):
    """A measure of two tasks in the first division, and who changes what."""
    measure = make_measure(2)
    first, _ = (make_task(measure=measure, due_on=TODAY + timedelta(days=days)) for days in (0, 1))
    organization = people.clerk.user.organization
    link = make_link(organization=organization)
    item = make_item(9, organization=organization, links=(link,))
    return SimpleNamespace(
        plan=measure.plan, measure=measure, task=first, people=people, now=clock.moment, organization=organization,
        link=link, item=item,
    )  # fmt: skip


@pytest.fixture
def statements(visit, people):
    """Open the page once more and return how many statements it took."""
    visitor = visit(people.executive)

    def statements(address=ADDRESS):
        database.session.commit()
        with count_queries() as heard:
            visitor.get(address)
        return len(heard)

    return statements


def test_an_unchanged_page_asks_only_who_is_there_and_whether_anything_has_changed(statements, world):
    statements()

    assert statements() == KEPT


def test_a_kept_page_reads_like_the_one_that_was_drawn(visit, world, people):
    drawn, kept = (visit(people.executive).get(ADDRESS) for _ in range(2))

    assert (kept.title, kept.main) == (drawn.title, drawn.main)
    assert kept.links == drawn.links


def _change_measure(world, **changes):
    change = {
        "title": world.measure.title,
        "schedule_words": world.measure.time_frame_text,
        "weight": 1,
        "division_ids": frozenset(division.id for division in world.measure.divisions),
        "steps": (),
        "basis": measures.basis_of(world.measure),
    } | changes
    change = measures.MeasureChange(**change)
    measures.change(measure=world.measure, change=change, by=world.people.clerk, now=world.now)


def _import_another_year(world):
    reading = read_draft(read_text_report(report_bytes()), divisions=[], plan_year=2571)
    imports.create_plan(
        organization=world.organization, reading=reading, by=world.people.clerk, now=world.now, today=TODAY
    )


def _rename_division(world):
    named, division = Division("กองใหม่"), world.task.division
    divisions.change(division=division, named=named, by=world.people.administrator, now=world.now)


def _rename_person(world):
    details = accounts.Details(name="ชื่อใหม่", username="new", email="")
    user = world.people.member.user
    accounts.change(user=user, details=details, by=world.people.administrator, now=world.now)


def _rename_position(world):
    position = world.people.member.position
    details = positions.Details(title="ชื่อตำแหน่งใหม่", role=position.role, division=position.division)
    by = {"by": world.people.administrator, "now": world.now, "today": TODAY}
    positions.change(position=position, details=details, **by)


def _add_day_off(world):
    calendars.add_days(
        organization_id=world.organization.id, first=TODAY, last=TODAY, name="วันหยุด", by=world.people.administrator,
        now=world.now, today=TODAY,
    )  # fmt: skip


def _look(world, verdict):
    judgement, seen = Judgement(verdict, Cause.GONE), Observation(world.link.url, failure=Failure.REFUSED)
    links.record(link_id=world.link.id, observation=seen, judgement=judgement, now=world.now)


def _retire(world):
    world.item.is_retired = True


def _acted(service, who, **more):
    return lambda world: service(by=getattr(world.people, who), now=world.now, **{k: v(world) for k, v in more.items()})


def _plan(world):
    return world.plan


def _task(world):
    return world.task


def _ids(world):
    return [world.task.id]


CHANGES = {
    "a move": _acted(tasks.start, "member", task=_task),
    "an obstacle": _acted(tasks.block, "member", task=_task, note=lambda _: "รอเอกสาร"),
    "another deadline": _acted(
        assignments.move_deadlines, "clerk", plan=_plan, ids=_ids, due_on=lambda _: TODAY + timedelta(days=9)
    ),
    "another division": _acted(
        assignments.assign,
        "clerk",
        plan=_plan,
        ids=_ids,
        division=lambda world: world.people.neighbour.position.division,
    ),
    "what does not apply": _acted(
        assignments.set_not_applicable_many, "clerk", plan=_plan, ids=_ids, note=lambda _: "ไม่มีภารกิจ"
    ),
    "the measure's weight": lambda world: _change_measure(world, weight=3),
    "the measure's title": lambda world: _change_measure(world, title="ชื่อใหม่"),
    "new tasks": _acted(schedules.apply, "clerk", plan=_plan),
    "the rounds": _acted(plans.set_rounds, "clerk", plan=_plan, days=lambda _: ROUNDS[:1]),
    "who reviews": _acted(
        reviews.set_review, "clerk", plan=_plan, review=lambda _: Review.OFF, note=lambda _: "เทศบาลขนาดเล็ก"
    ),
    "another year's plan and the scores of its report": _import_another_year,
    "the division's name": _rename_division,
    "the order of divisions": _acted(
        divisions.move, "administrator", division=lambda world: world.task.division, up=lambda _: False
    ),
    "a new division": _acted(
        divisions.add,
        "administrator",
        organization_id=lambda world: world.organization.id,
        named=lambda _: Division("กองช่าง"),
    ),
    "a person's name": _rename_person,
    "a position's title": _rename_position,
    "a vacant position": _acted(
        appointments.vacate,
        "administrator",
        position=lambda world: world.people.neighbour.position,
        today=lambda _: TODAY,
    ),
    "the calendar": _add_day_off,
    "an address that breaks": lambda world: _look(world, Verdict.BROKEN),
    "an item's new address": lambda world: make_item(10, organization=world.organization, links=(world.link,)),
    "an item that is asked for no more": lambda world: _retire(world),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_page_is_drawn_anew_when_something_changes(statements, world, what):
    statements()

    CHANGES[what](world)

    assert statements() > KEPT


def test_a_look_that_finds_an_address_as_it_was_leaves_the_page_as_it_is(statements, world):
    _look(world, Verdict.OK)
    statements()
    world.now += timedelta(days=1)

    _look(world, Verdict.OK)

    assert statements() == KEPT


def test_what_happens_to_addresses_elsewhere_leaves_the_page_as_it_is(statements, world):
    statements()

    make_item(9, organization=world.people.stranger.user.organization)

    assert statements() == KEPT


def test_a_move_is_on_the_page_at_once(visit, world, people):
    visitor = visit(people.executive)
    assert "0/2" in visitor.get(ADDRESS).main

    tasks.set_not_applicable(task=world.task, by=people.clerk, now=world.now, note="ไม่มีภารกิจ")
    database.session.commit()

    page = visitor.get(ADDRESS).main
    assert "0/1" in page
    assert "0/2" not in page


def test_a_change_that_was_taken_back_leaves_no_trace(statements, world, db):
    statements()
    with db.session.begin_nested() as begun:
        tasks.start(task=world.task, by=world.people.member, now=world.now)
        begun.rollback()

    assert statements() == KEPT


def test_another_day_language_or_address_is_another_page(visit, statements, world, clock, people):
    statements()
    assert statements(f"{ADDRESS}?on=2026-01-31") > KEPT
    clock.moment += timedelta(days=1)
    assert statements() > KEPT

    english = visit(people.executive)
    english.get(ADDRESS)
    english.post("/locale/en", status=302)
    assert english.get(ADDRESS).h1.startswith("Overview")


def test_people_of_the_same_roles_and_divisions_share_a_page_and_others_do_not(visit, world, people):
    visit(people.executive).get(ADDRESS)
    alike, other = (visit(make_person(role)) for role in (Role.EXECUTIVE, Role.AUDITOR))

    with count_queries() as heard:
        alike.get(ADDRESS)
    assert len(heard) == KEPT
    with count_queries() as heard:
        other.get(ADDRESS)
    assert len(heard) > KEPT


def test_people_of_the_same_role_would_be_drawn_the_same(app, visit, world, people, monkeypatch):
    monkeypatch.setitem(app.config, "PAGES_KEPT", 0)

    one, another = (visit(person).get(ADDRESS).main for person in (people.executive, make_person(Role.EXECUTIVE)))

    assert one == another


def test_another_municipality_is_never_shown_a_page_of_this_one(visit, world, people):
    visit(people.clerk).get(ADDRESS)

    assert "ยังไม่มีแผน" in visit(people.stranger).get(ADDRESS).main


def test_no_more_pages_are_kept_than_the_setting_says(app, statements, world):
    for day in range(1, 12):
        statements(f"{ADDRESS}?on=2026-01-{day:02}")

    assert statements(f"{ADDRESS}?on=2026-01-01") > KEPT
    assert statements(f"{ADDRESS}?on=2026-01-11") == KEPT


def test_a_page_whose_links_would_repeat_a_long_address_is_not_kept(statements, world):
    for _ in range(2):
        assert statements(f"{ADDRESS}?x={'x' * 300}") > KEPT


def test_a_year_without_a_plan_is_not_kept(visit, world, people):
    for _ in range(2):
        visit(people.executive).get(f"{ADDRESS}?year=2599", status=404)
