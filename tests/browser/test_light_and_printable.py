import re

import pytest

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

MOST = 100_000  # bytes of a first visit, fonts aside
PAGE_OF_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize(("username", "address"), [("", "/sign-in"), ("head2", "/"), ("mayor", "/dashboard")])
def test_a_first_visit_is_light(visit, username, address):
    page = visit(username, viewport=PHONE)
    answers = []
    page.on("requestfinished", lambda request: answers.append(request))

    page.goto(address, wait_until="networkidle")

    sizes = {
        request.url: request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]
        for request in answers
        if request.resource_type != "font"
    }
    assert len(sizes) >= 3
    assert sum(sizes.values()) < MOST, sizes


def test_nothing_is_asked_of_another_site(visit, site):
    page = visit("mayor")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    for address in ("/dashboard", "/measures", "/tasks"):
        page.goto(address, wait_until="networkidle")

    assert [address for address in asked if not address.startswith(site.address)] == []


@pytest.mark.parametrize("asked", ["", "?on=2026-01-31", "?since=2026-01-31"])
def test_the_overview_prints_on_one_sheet(visit, asked):
    page = visit("mayor")
    page.goto(f"/dashboard{asked}")

    pdf = page.pdf(format="A4", landscape=True, prefer_css_page_size=True)

    assert len(PAGE_OF_PDF.findall(pdf)) == 1


def test_plans_that_are_folded_on_the_screen_are_printed_whole(visit):
    page = visit("mayor")
    page.goto("/scores")
    page.locator(".cycle > summary").first.click()
    assert not page.locator(".cycle table").first.is_visible()

    page.emulate_media(media="print")

    assert page.locator(".cycle table").first.is_visible()


def test_what_only_works_on_a_screen_is_not_printed(visit):
    page = visit("mayor")
    page.goto("/dashboard")
    page.emulate_media(media="print")

    for selector in (".site-nav", ".head-tools", ".days", ".skip", "#curve + .csv", ".curve-section details"):
        assert not page.locator(selector).is_visible(), selector
    assert all(table.is_visible() for table in page.locator("[role=region] .matrix").all())
    assert page.locator(".curve-wide").is_visible()
