"""The items that must be open to the public as a workbook: the list to take along, the form to fill in."""

from flask import Response
from flask_babel import gettext

from tracker.documents.writing.disclosure_workbook import Item, write_form, write_items
from tracker.domain.disclosure_lists import known_list
from tracker.domain.permissions import Act
from tracker.queries import disclosures as queries
from tracker.web import access
from tracker.web.disclosure_filters import year_in_view
from tracker.web.filters import sentence
from tracker.web.sheets.handing import bp, workbook


@bp.get("/disclosures/file.xlsx")
@access.signed_in
def all_items() -> Response:
    """The year's list with its addresses; the import reads it back as it is."""
    year = year_in_view()
    content = write_items(_items(year), divisions=_divisions(), say=sentence)
    return workbook(content, name=gettext("O-items of fiscal year %(year)s", year=year))


@bp.get("/disclosures/form.xlsx")
@access.allowed(Act.KEEP_LINKS)
def items_form() -> Response:
    """The year's list to fill in, before it is begun the one of the handbook."""
    year = year_in_view(with_next=True)
    items = _items(year) or [
        Item(one.meaning, one.number, one.title, "", (), one.is_confirmed) for one in known_list(year)
    ]
    content = write_form(items, divisions=_divisions(), say=sentence)
    return workbook(content, name=gettext("Form for the O-items of fiscal year %(year)s", year=year))


def _items(year: int) -> list[Item]:
    return [
        Item(
            item.meaning,
            item.number,
            item.title,
            item.division.name if item.division else "",
            [(address.link.url, address.title) for address in item.addresses],
            item.is_confirmed,
            item.is_retired,
        )
        for item in queries.of_year(access.user().organization_id, fiscal_year=year)
    ]


def _divisions() -> list[str]:
    return [division.name for division in access.user().organization.open_divisions]
