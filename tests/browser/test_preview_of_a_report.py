"""The preview of a report in a browser: on a phone and on a desk, left and come back to."""

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_layout import LEAST, TO_TAP, TOO_SMALL, WIDTHS, overflow

pytestmark = pytest.mark.browser


def unfolded(page, address):
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    return page


def test_every_field_of_the_preview_fits_any_width(visit, draft):
    page = unfolded(visit("clerk"), draft)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert overflow(page) <= 0, width


def test_everything_to_tap_in_the_preview_is_large_enough_for_a_finger(visit, draft):
    page = unfolded(visit("clerk", viewport=PHONE), draft)

    assert page.evaluate(TOO_SMALL, [TO_TAP, LEAST]) == []


def test_the_check_fits_a_narrow_phone(visit, draft):
    page = visit("clerk", viewport={"width": 320, "height": 740})
    page.goto(f"{draft.partition('?')[0]}/check")

    assert overflow(page) <= 0
    assert page.evaluate(TOO_SMALL, [TO_TAP, LEAST]) == []


def test_the_reports_words_stand_beside_the_fields_on_a_desk(visit, draft):
    page = visit("clerk", viewport=DESK)
    page.goto(draft)
    page.locator("#m0 > summary").click()

    field, source = page.locator("#m0-title").bounding_box(), page.locator("#m0 .entry-source ul").first.bounding_box()

    assert source["x"] >= field["x"] + field["width"]


def test_an_address_leads_to_a_field_that_is_folded_away(visit, draft):
    page = visit("clerk")
    page.goto(f"{draft.partition('?')[0]}#m8-title")

    assert page.locator("#m8-title").is_visible()


def test_what_was_typed_and_not_kept_is_offered_when_the_clerk_comes_back(visit, draft):
    page = visit("clerk")
    page.goto(f"{draft.partition('?')[0]}#m8-title")
    page.fill("#m8-title", "พิมพ์แล้วไปกินข้าว")
    page.select_option("#m8-indicator", "3")

    page.goto("/imports")
    page.goto(draft)
    page.click("[data-restore]")

    assert page.input_value("#m8-title") == "พิมพ์แล้วไปกินข้าว"
    assert page.input_value("#m8-indicator") == "3"
