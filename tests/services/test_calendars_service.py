from datetime import date

import pytest
from sqlalchemy import func, select

from tests.factories import YEAR, make_organization
from tracker.models import Festival, Holiday
from tracker.queries import calendars as queries
from tracker.queries import usual_days
from tracker.services import calendars


@pytest.fixture
def organization(db):
    organization = make_organization()
    calendars.seed(organization=organization, fiscal_year=YEAR)
    return organization


def test_the_usual_festivals_of_2569():
    assert [(key, day) for key, _, day in usual_days.festivals(2569)] == [
        ("new_year", date(2026, 1, 1)),
        ("chinese_new_year", date(2026, 2, 17)),
        ("songkran", date(2026, 4, 13)),
    ]


@pytest.mark.parametrize(("year", "day"), [(2568, date(2025, 1, 29)), (2570, date(2027, 2, 6))])
def test_chinese_new_year_follows_the_moon(year, day):
    assert {key: on for key, _, on in usual_days.festivals(year)}["chinese_new_year"] == day


@pytest.mark.parametrize(
    ("day", "is_working_day"),
    [
        (date(2025, 12, 30), True),
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), False),
        (date(2026, 2, 17), True),  # Chinese New Year is no day off for an office
        (date(2026, 4, 13), False),
        (date(2026, 4, 14), False),
        (date(2026, 4, 18), False),  # a Saturday
        (date(2026, 10, 13), False),  # after the year: its last tasks are followed up then
    ],
)
def test_the_office_is_closed_on_public_holidays(organization, day, is_working_day):
    assert queries.working_days(organization.id).is_working_day(day) is is_working_day


def test_filling_it_again_adds_nothing(db, organization):
    def count():
        return [db.session.scalar(select(func.count()).select_from(kind)) for kind in (Holiday, Festival)]

    before = count()
    calendars.seed(organization=organization, fiscal_year=YEAR)

    assert count() == before


def test_what_a_person_changed_is_kept(db, organization):
    festival = db.session.scalar(select(Festival).where(Festival.key == "songkran"))
    festival.on_day = date(2026, 4, 12)

    calendars.seed(organization=organization, fiscal_year=YEAR)

    assert festival.on_day == date(2026, 4, 12)


def test_the_next_year_can_be_filled_after_this_one(db, organization):
    calendars.seed(organization=organization, fiscal_year=YEAR + 1)

    assert not queries.working_days(organization.id).is_working_day(date(2027, 4, 13))


def test_another_organization_has_a_calendar_of_its_own(db, organization):
    other = make_organization("เทศบาลตำบลข้างเคียง")

    assert queries.working_days(other.id).is_working_day(date(2026, 4, 13))


def test_a_festivals_tasks_fall_due_on_the_working_day_before_it(organization):
    assert [(f.key, f.due_on) for f in queries.festivals(organization.id, fiscal_year=YEAR)] == [
        ("new_year", date(2025, 12, 30)),
        ("chinese_new_year", date(2026, 2, 16)),
        ("songkran", date(2026, 4, 10)),
    ]
