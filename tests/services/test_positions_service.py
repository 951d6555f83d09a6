import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_organization, make_person, make_position, make_task
from tracker.domain.appointments import LastAdministrator
from tracker.domain.changes import ChangeKind
from tracker.domain.permissions import Role
from tracker.domain.positions import Abolished, DivisionClosed, DivisionNeeded, TasksGiven, TitleAbolished, TitleTaken
from tracker.models import Change
from tracker.services import appointments, positions
from tracker.services.positions import Details


@pytest.fixture
def organization(db):
    return make_organization()


@pytest.fixture
def admin(organization):
    return make_person(Role.ADMINISTRATOR, organization=organization)


@pytest.fixture
def acts(admin):
    """Who does it, when, and on which day."""
    return {"by": admin, "now": MORNING, "today": TODAY}


@pytest.fixture
def add(organization, admin):
    def add(title="นายช่างโยธา", role=Role.OFFICER, division=organization.divisions[0]):
        details = Details(title, role, division)
        return positions.add(organization_id=organization.id, details=details, by=admin, now=MORNING)

    return add


def recorded(db):
    return [(c.kind, c.before, c.after) for c in db.session.scalars(select(Change).order_by(Change.seq))]


def test_a_new_position_is_vacant_and_recorded(db, add):
    add()

    assert recorded(db) == [(ChangeKind.POSITION_ADDED, "", "นายช่างโยธา · officer · สำนักปลัดเทศบาล")]


@pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER])
def test_heads_and_officers_belong_to_a_division(add, role):
    with pytest.raises(DivisionNeeded):
        add(role=role, division=None)


def test_a_title_is_one_positions(add):
    add()

    with pytest.raises(TitleTaken):
        add()


def test_the_title_of_an_abolished_position_is_restored_not_added(add, acts):
    positions.abolish(position=add(), **acts)

    with pytest.raises(TitleAbolished):
        add()


def test_a_position_is_not_put_into_a_closed_division(db, organization, add):
    organization.divisions[0].closed_on = TODAY
    db.session.flush()

    with pytest.raises(DivisionClosed):
        add()


def test_a_position_may_move_to_another_division_and_its_history_comes_along(db, organization, add, acts):
    position = add()

    positions.change(position=position, details=Details("หัวหน้า", Role.HEAD, organization.divisions[1]), **acts)

    assert position.division == organization.divisions[1]
    assert recorded(db)[1] == (
        ChangeKind.POSITION_CHANGED,
        "นายช่างโยธา · officer · สำนักปลัดเทศบาล",
        "หัวหน้า · head · กองคลัง",
    )


def test_the_position_of_the_last_administrator_keeps_its_role(admin, acts):
    with pytest.raises(LastAdministrator):
        positions.change(position=admin.position, details=Details("ผู้ดูแล", Role.CLERK), **acts)


def test_the_position_of_the_last_administrator_is_not_abolished(admin, acts):
    with pytest.raises(LastAdministrator):
        positions.abolish(position=admin.position, **acts)


def test_a_vacant_administrators_position_is_no_substitute(admin, acts):
    make_position(Role.ADMINISTRATOR)

    with pytest.raises(LastAdministrator):
        positions.abolish(position=admin.position, **acts)


def test_abolishing_ends_access_at_once_and_keeps_the_history(db, acts):
    holder = make_person()
    cover = appointments.appoint(
        user=make_person(Role.CLERK).user, position=holder.position, starts_on=TODAY, ends_on=TODAY, is_acting=True
    )

    positions.abolish(position=holder.position, **acts)

    assert not holder.is_in_force(TODAY)
    assert not cover.is_in_force(TODAY)
    assert holder.starts_on < TODAY
    assert [kind for kind, _, _ in recorded(db)] == [
        ChangeKind.APPOINTMENT_ENDED, ChangeKind.COVER_ENDED, ChangeKind.POSITION_ABOLISHED,
    ]  # fmt: skip


def test_abolishing_twice_is_abolishing_once(db, acts):
    position = make_position()

    for _ in range(2):
        positions.abolish(position=position, **acts)

    assert len(recorded(db)) == 1


def test_an_abolished_position_is_not_changed(acts):
    position = make_position(Role.CLERK)
    positions.abolish(position=position, **acts)

    with pytest.raises(Abolished):
        positions.change(position=position, details=Details("อื่น", Role.CLERK), **acts)


def test_a_restored_position_is_vacant(db, admin, acts):
    holder = make_person()
    positions.abolish(position=holder.position, **acts)

    for _ in range(2):
        positions.restore(position=holder.position, by=admin, now=MORNING)

    assert holder.position.abolished_on is None
    assert not holder.is_in_force(TODAY)
    assert [kind for kind, _, _ in recorded(db)][-1] == ChangeKind.POSITION_RESTORED


def test_a_position_is_not_restored_into_a_closed_division(db, organization, admin, acts):
    position = make_position(division=organization.divisions[1])
    positions.abolish(position=position, **acts)
    organization.divisions[1].closed_on = TODAY
    db.session.flush()

    with pytest.raises(DivisionClosed):
        positions.restore(position=position, by=admin, now=MORNING)


def test_tasks_stay_with_the_division_whatever_becomes_of_the_position(organization, acts):
    holder = make_person(division=organization.divisions[0])
    task = make_task(division=organization.divisions[0])

    positions.abolish(position=holder.position, **acts)

    assert task.division == organization.divisions[0]


def test_a_position_with_unfinished_tasks_is_neither_abolished_nor_moved(organization, acts):
    first, second = organization.divisions[:2]
    position = make_position(Role.OFFICER, division=first)
    make_task(division=first).position_id = position.id

    with pytest.raises(TasksGiven):
        positions.abolish(position=position, **acts)
    with pytest.raises(TasksGiven):
        positions.change(position=position, details=Details(position.title, Role.OFFICER, second), **acts)

    assert (position.abolished_on, position.division) == (None, first)
