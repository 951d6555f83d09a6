from datetime import date, timedelta

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import (
    make_measure,
    make_organization,
    make_people,
    make_person,
    make_plan,
    make_position,
    make_task,
)
from tests.statements import count_queries
from tracker.domain.changes import ChangeKind
from tracker.domain.permissions import Role
from tracker.domain.statuses import Placement, Status
from tracker.queries import administration, changes, divisions, people, positions
from tracker.queries.appointments import filling, of_position
from tracker.services import appointments
from tracker.services.changes import record

DAY = timedelta(days=1)


@pytest.fixture
def organization(db):
    return make_organization()


def test_people_are_listed_by_the_thai_alphabet_closed_accounts_last(organization):
    for name, active in (("เกษม", True), ("ขจร", True), ("กมล", True), ("กก", False)):
        user = make_person(Role.CLERK).user
        user.name, user.active = name, active
    make_person(organization=make_organization("เทศบาลตำบลข้างเคียง"))

    listed, count = people.listed(organization.id)

    assert [user.name for user in listed] == ["กมล", "เกษม", "ขจร", "กก"]
    assert count == 4


def test_a_page_beyond_the_last_is_empty(organization):
    make_person(Role.CLERK)

    assert people.listed(organization.id, page=2) == ([], 1)


def test_only_open_accounts_of_the_organization_can_be_appointed(organization):
    usable = make_person(Role.CLERK).user
    make_person(Role.CLERK).user.active = False
    make_person(organization=make_organization("เทศบาลตำบลข้างเคียง"))

    assert people.choices(organization.id) == [usable]


@pytest.fixture
def position(organization):
    return make_position(Role.HEAD, division=organization.divisions[0])


@pytest.fixture
def fill(position):
    def fill(starts_on=date(2024, 10, 1), ends_on=None, is_acting=False, active=True):
        user = make_person(Role.CLERK).user
        user.active = active
        return appointments.appoint(
            user=user, position=position, starts_on=starts_on, ends_on=ends_on, is_acting=is_acting
        )

    return fill


def now_filled(position):
    return filling(of_position(position.id), TODAY)


def test_a_position_that_nobody_fills_is_unattended(position):
    assert now_filled(position).is_unattended


def test_a_holder_whose_account_is_closed_fills_nothing(position, fill):
    fill(active=False)

    assert now_filled(position).is_unattended


def test_a_vacant_position_with_acting_cover_is_attended(position, fill):
    acting = fill(is_acting=True, ends_on=TODAY)

    found = now_filled(position)

    assert (found.is_vacant, found.is_unattended, found.acting) == (True, False, acting)


def test_who_is_to_come_is_told_and_who_was_taken_back_is_not(db, position, fill):
    coming = fill(starts_on=TODAY + DAY)
    taken_back = fill(starts_on=TODAY + DAY, ends_on=TODAY + DAY)
    taken_back.ended_at = MORNING
    db.session.flush()

    assert now_filled(position).coming == [coming]


def test_positions_are_listed_leaders_first_then_by_division(db):
    world = make_people()
    leaders = [world.administrator, world.executive, world.auditor]

    rows = positions.listed(world.member.user.organization_id, today=TODAY)

    assert [row.filling.holder for row in rows] == [*leaders, world.member, world.clerk, world.neighbour]


def test_unfinished_work_of_a_division_is_counted_by_year_and_by_whose_turn_it_is(organization):
    division, clerk = organization.divisions[0], make_person(Role.CLERK)
    for year, statuses in ((2569, [Status.NOT_STARTED, Status.IN_PROGRESS, Status.SUBMITTED, Status.DONE]),
                           (2568, [Status.NOT_STARTED, Status.NOT_APPLICABLE])):  # fmt: skip
        measure = make_measure(plan=make_plan(year, organization=organization))
        for day, status in enumerate(statuses):
            make_task(measure=measure, division=division, status=status, submitted_by=clerk, due_on=TODAY + day * DAY)
    make_task(division=division).placement = Placement.RETIRED

    found = divisions.unfinished(division.id)

    assert [(row.fiscal_year, row.is_submitted, row.count) for row in found] == [
        (2569, False, 2), (2569, True, 1), (2568, False, 1),
    ]  # fmt: skip
    assert [row.unfinished for row in divisions.listed(organization.id)] == [4, 0]


def test_the_administrators_numbers_are_of_today_and_of_the_organization(db, organization, fill, position):
    make_people(organization)
    acting = fill(is_acting=True, ends_on=TODAY)
    make_position(Role.CLERK).abolished_on = TODAY
    make_position(Role.CLERK)
    db.session.flush()
    record(organization_id=organization.id, kind=ChangeKind.APPOINTED, by=None, now=MORNING, person=acting.user)

    with count_queries() as heard:
        numbers = administration.standing(organization.id, today=TODAY)

    assert numbers == administration.Standing(people=7, divisions=2, positions=9, vacant=1, acting=1, changes=1)
    assert len(heard) == 1


def test_the_record_is_read_page_by_page_newest_first(organization):
    for _ in range(changes.PAGE + 3):
        record(organization_id=organization.id, kind=ChangeKind.DIVISION_MOVED, by=None, now=MORNING)

    newest, older = changes.listed(organization.id)
    oldest, end = changes.listed(organization.id, before=older)

    assert [change.seq for change in newest] == list(range(53, 3, -1))
    assert [change.seq for change in oldest] == [3, 2, 1]
    assert end is None


def test_a_record_that_fills_its_page_exactly_has_nothing_before_it(organization):
    for _ in range(changes.PAGE):
        record(organization_id=organization.id, kind=ChangeKind.DIVISION_MOVED, by=None, now=MORNING)

    assert changes.listed(organization.id)[1] is None


def test_the_open_work_of_a_head_is_the_divisions_as_a_whole_and_what_is_given_to_the_head(organization, position):
    officer = make_position(Role.OFFICER, division=organization.divisions[0])
    measure = make_measure(plan=make_plan())
    for given_to in (None, position, officer):
        make_task(measure=make_measure(plan=measure.plan)).position_id = given_to.id if given_to else None
    make_task(measure=measure, division=organization.divisions[1])

    assert (positions.open_work(position), positions.open_work(officer)) == (2, 2)


def test_only_what_is_given_to_it_is_the_open_work_of_a_position_that_does_not_report(organization):
    make_task()

    assert positions.open_work(make_position(Role.CLERK, division=organization.divisions[0])) == 0


@pytest.mark.parametrize(
    ("status", "count"), [(Status.IN_PROGRESS, 1), (Status.SUBMITTED, 1), (Status.DONE, 0), (Status.NOT_APPLICABLE, 0)]
)
def test_what_is_finished_is_no_open_work(position, status, count):
    make_task(status=status)

    assert positions.open_work(position) == count
