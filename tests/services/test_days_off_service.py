from datetime import date

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import YEAR, make_festival, make_holiday, make_measure, make_organization
from tracker.domain.changes import ChangeKind
from tracker.domain.days_off import DayGone, DayTaken, FestivalOutside, TooFar
from tracker.domain.history import EventKind
from tracker.models import Change, Event, Festival, Holiday, Task
from tracker.services import calendars, changes, schedules

SONGKRAN = date(2026, 4, 13)  # a Monday
FRIDAY_BEFORE, THURSDAY_BEFORE = date(2026, 4, 10), date(2026, 4, 9)


@pytest.fixture
def acts(people):
    return {"by": people.administrator, "now": MORNING}


@pytest.fixture
def organization(people):
    return people.administrator.user.organization


@pytest.fixture
def add(organization, acts):
    def add(first, last=None, name="วันหยุดตามมติคณะรัฐมนตรี"):
        return calendars.add_days(
            organization_id=organization.id, first=first, last=last or first, name=name, today=TODAY, **acts
        )

    return add


@pytest.fixture
def fill(organization, acts):
    return lambda year=YEAR: calendars.fill(organization_id=organization.id, fiscal_year=year, today=TODAY, **acts)


@pytest.fixture
def recorded(db, organization):
    def recorded():
        rows = db.session.scalars(select(Change).where(Change.organization_id == organization.id).order_by(Change.seq))
        return [(row.kind, row.before, row.after) for row in rows]

    return recorded


@pytest.fixture
def task(people, acts):
    """The one task that a division has before Songkran."""
    make_festival(SONGKRAN)
    measure = make_measure(words="ก่อนเทศกาลสงกรานต์", divisions=[people.member.position.division])
    schedules.apply(plan=measure.plan, by=people.clerk, now=MORNING)
    return measure.plan


def due_days(db):
    return set(db.session.scalars(select(Task.due_on)))


def days(db):
    return list(db.session.scalars(select(Holiday.on_day).order_by(Holiday.on_day)))


def test_several_days_are_added_at_once_and_recorded_as_one_change(db, add, recorded):
    add(date(2026, 4, 16), date(2026, 4, 17))

    assert days(db) == [date(2026, 4, 16), date(2026, 4, 17)]
    assert recorded() == [
        (ChangeKind.DAYS_OFF_ADDED, "", "2026-04-16/2026-04-17 · วันหยุดตามมติคณะรัฐมนตรี"),
    ]


def test_a_day_that_is_off_already_is_refused_and_none_of_its_span_is_added(db, add, recorded):
    make_holiday(date(2026, 4, 17), name="วันหยุดเดิม")

    with pytest.raises(DayTaken, match="วันหยุดเดิม"):
        add(date(2026, 4, 16), date(2026, 4, 18))

    assert days(db) == [date(2026, 4, 17)]
    assert recorded() == []


def test_a_day_that_another_organization_has_off_is_not_taken(db, add):
    make_holiday(date(2026, 4, 16), organization=make_organization("เทศบาลตำบลอื่น"))

    add(date(2026, 4, 16))

    assert len(days(db)) == 2


def test_a_day_far_away_is_refused(db, add):
    with pytest.raises(TooFar):
        add(date(2036, 4, 16))

    assert days(db) == []


def test_a_day_is_renamed_once(acts, recorded):
    holiday = make_holiday(name="วันหยุด")

    for _ in range(2):
        calendars.rename_day(holiday=holiday, name="วันหยุดพิเศษ", **acts)

    assert holiday.name == "วันหยุดพิเศษ"
    assert recorded() == [(ChangeKind.DAY_OFF_CHANGED, "2026-04-16 · วันหยุด", "2026-04-16 · วันหยุดพิเศษ")]


def test_a_removed_day_is_a_working_day_and_stays_in_the_record(db, acts, recorded):
    calendars.remove_day(holiday=make_holiday(name="วันหยุด"), **acts)

    assert days(db) == []
    assert recorded() == [(ChangeKind.DAY_OFF_REMOVED, "2026-04-16 · วันหยุด", "")]


def test_a_day_that_somebody_else_removed_is_said_to_be_gone(db, acts, recorded):
    holiday = make_holiday()
    db.session.execute(Holiday.__table__.delete())

    with pytest.raises(DayGone):
        calendars.remove_day(holiday=holiday, **acts)

    assert recorded() == []


def test_filling_in_tells_how_many_were_added_and_is_recorded(db, fill, recorded):
    filled, _ = fill()

    assert (filled.days, filled.festivals) == (
        db.session.scalar(select(func.count()).select_from(Holiday)),
        db.session.scalar(select(func.count()).select_from(Festival)),
    )
    assert recorded() == [(ChangeKind.USUAL_DAYS_ADDED, "", f"2569/{filled.days}/{filled.festivals}")]


def test_filling_in_again_adds_and_records_nothing(fill, recorded):
    fill()
    filled, _ = fill()

    assert (filled.days, filled.festivals) == (0, 0)
    assert len(recorded()) == 1


def test_filling_in_keeps_the_names_people_gave(db, fill):
    make_holiday(date(2026, 4, 13), name="ชื่อที่แก้ไขแล้ว")

    fill()

    assert db.session.scalar(select(Holiday.name).where(Holiday.on_day == date(2026, 4, 13))) == "ชื่อที่แก้ไขแล้ว"


def test_filling_in_does_not_bring_back_a_day_that_was_removed(db, acts, fill):
    fill()
    calendars.remove_day(holiday=db.session.scalar(select(Holiday).where(Holiday.on_day == SONGKRAN)), **acts)

    filled, _ = fill()

    assert filled.days == 0
    assert SONGKRAN not in days(db)


def test_the_plan_of_the_next_year_does_not_bring_back_a_day_that_was_removed(db, acts, fill, organization):
    fill()
    october = date(2026, 10, 13)
    calendars.remove_day(holiday=db.session.scalar(select(Holiday).where(Holiday.on_day == october)), **acts)

    calendars.seed(organization=organization, fiscal_year=YEAR + 1)

    assert october not in days(db)


def test_a_year_far_away_is_not_filled_in(fill):
    with pytest.raises(TooFar):
        fill(YEAR + 3)


def test_tasks_follow_a_festival_to_its_new_day(db, task, acts, recorded):
    followed = calendars.change_festival(
        festival=db.session.scalar(select(Festival)), name="สงกรานต์", on_day=date(2026, 4, 14), **acts
    )

    assert due_days(db) == {SONGKRAN}
    assert followed.moved == 1
    assert recorded() == [(ChangeKind.FESTIVAL_CHANGED, "2026-04-13 · สงกรานต์", "2026-04-14 · สงกรานต์")]


def test_tasks_follow_when_the_day_before_a_festival_becomes_a_day_off_and_back(db, task, add, acts):
    assert due_days(db) == {FRIDAY_BEFORE}

    assert add(FRIDAY_BEFORE).moved == 1
    assert due_days(db) == {THURSDAY_BEFORE}

    holiday = db.session.scalar(select(Holiday).where(Holiday.on_day == FRIDAY_BEFORE))
    assert calendars.remove_day(holiday=holiday, **acts).moved == 1
    assert due_days(db) == {FRIDAY_BEFORE}


def test_a_day_off_elsewhere_moves_no_task(db, task, add):
    events = select(func.count()).select_from(Event).where(Event.kind == EventKind.TASKS_CHANGED)
    before = db.session.scalar(events)

    assert not add(date(2026, 6, 15))

    assert db.session.scalar(events) == before


def test_a_renamed_festival_moves_no_task(task, acts, db):
    assert not calendars.change_festival(
        festival=db.session.scalar(select(Festival)), name="ปีใหม่ไทย", on_day=SONGKRAN, **acts
    )


def test_a_festival_does_not_leave_its_year(task, acts, db):
    with pytest.raises(FestivalOutside):
        calendars.change_festival(
            festival=db.session.scalar(select(Festival)), name="x", on_day=date(2026, 10, 1), **acts
        )


def test_the_record_with_days_off_is_whole(add, acts, fill, organization):
    add(date(2026, 6, 15))
    fill()

    assert changes.first_break(organization) is None
