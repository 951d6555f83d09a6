"""Identifiers of the open data: they lead people to pages and programs to records, while the plan is open."""

import json

import pytest

from tests.factories_public import make_open_plan
from tests.patience import patience
from tracker.extensions import db as database
from tracker.models import PublicWindow

JSON = {"Accept": "application/json"}


@pytest.fixture
def plan(db):
    plan = make_open_plan()
    plan.organization.slug = "bangpla"
    return plan


@pytest.fixture
def identifiers(visit, plan):
    """Return an identifier of each kind that has one."""
    visitor = visit()

    def first(name):
        return json.loads(visitor.get(f"/public/bangpla/2569/data/{name}.json").html)[0]["uri"]

    return {name: first(name).partition("8000")[2] for name in ("plans", "indicators", "measures", "tasks")}


def follow(visit, address, **options):
    answer = visit().get(address, status=303, **options).response
    return visit().get(answer.location, **options)


def test_an_identifier_leads_people_to_a_page(visit, identifiers):
    for address in identifiers.values():
        assert follow(visit, address, headers={"Accept": "text/html"}).response.mimetype == "text/html"


def test_an_identifier_leads_programs_to_the_record_that_has_it(visit, identifiers):
    for address in identifiers.values():
        assert json.loads(follow(visit, address, headers=JSON).html)["uri"].endswith(address)


def test_an_identifier_lives_on_when_the_organization_is_called_otherwise(visit, plan, identifiers):
    plan.organization.slug = "thesaban-bangpla"
    for address in identifiers.values():
        assert "thesaban-bangpla" in visit().get(address, status=303).response.location


def test_an_identifier_leads_nowhere_while_the_plan_is_closed(visit, plan, identifiers):
    window = database.session.get_one(PublicWindow, plan.id)
    window.published_at = window.published_by_id = None
    for address in identifiers.values():
        visit().get(address, status=404)


@pytest.mark.parametrize("address", ["plans/999999", "measures/999999", "tasks/999999", "tasks/0", "people/1"])
def test_an_identifier_of_nothing_is_a_problem(visit, plan, address):
    page = visit().get(f"/public/id/{address}", status=404)
    assert page.response.mimetype == "application/problem+json"


def test_there_are_ten_indicators(visit, plan):
    visit().get(f"/public/id/plans/{plan.id}/indicators/10", status=303)
    visit().get(f"/public/id/plans/{plan.id}/indicators/11", status=404)


def test_a_program_is_not_told_to_wait_before_it_follows(visit, identifiers):
    answer = visit().get(identifiers["plans"], status=303).response
    assert "Retry-After" not in answer.headers
    assert "Accept" in answer.headers["Vary"]


def test_a_visitor_who_accepts_blanks_without_end_is_led_in_a_moment(visit, identifiers):
    with patience(4):  # it was eight
        follow(visit, identifiers["plans"], headers={"Accept": "a" + " " * 60_000 + "b"})
