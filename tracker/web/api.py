"""The read-only API over what is open to the public: the records of the open data, in parts and narrowed."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request

from tracker.documents.writing.open_data.directory import API, OPEN_PLANS, ORGANIZATIONS, OpenPlan
from tracker.documents.writing.open_data.fields import Table, Written
from tracker.documents.writing.open_data.tables import PLANS
from tracker.queries import public_plans
from tracker.web import access, openapi, public_answers
from tracker.web.addresses import base
from tracker.web.api_parameters import LIMIT, OFFSET, Page, page_and_filters
from tracker.web.data_answers import (
    address_or_404,
    as_json,
    kept,
    let_other_sites_read,
    page,
    refuse_parameters,
    shown,
)
from tracker.web.throttles import throttled_public

bp = Blueprint("api", __name__, url_prefix=API)
let_other_sites_read(bp)


@bp.get("/")
@access.public
@throttled_public()
def index() -> Response:
    """Describe the API to people."""
    description = openapi.described(base())
    return public_answers.kept([repr(description)], lambda: page("public/api.html", "api.index", api=description))


@bp.get("/openapi.json")
@access.public
@throttled_public()
def description() -> Response:
    content = openapi.described(base())
    return public_answers.kept([repr(content)], lambda: as_json(content))


@bp.get("/organizations")
@access.public
@throttled_public()
def organizations() -> Response:
    return _directory(ORGANIZATIONS)


@bp.get("/plans")
@access.public
@throttled_public()
def plans() -> Response:
    return _directory(OPEN_PLANS)


@bp.get("/plans/<organization>/<int:year>")
@access.public
@throttled_public()
def plan(organization: str, year: int) -> Response:
    address = address_or_404(organization, year)
    refuse_parameters()
    return kept(address, lambda: as_json(PLANS.records(shown(address), base())[0]))


@bp.get("/plans/<organization>/<int:year>/<table>")
@access.public
@throttled_public()
def records(organization: str, year: int, table: str) -> Response:
    wanted = next((one for one in openapi.LISTS if one.name == table), None) or abort(404)
    address = address_or_404(organization, year)
    part, keeps = page_and_filters(table)

    def draw() -> Response:
        return _part([record for record in wanted.each(shown(address), base()) if keeps(record)], part)

    return kept(address, draw)


@bp.get("/plans/<organization>/<int:year>/<table>/<int:item>")
@access.public
@throttled_public()
def record(organization: str, year: int, table: str, item: int) -> Response:
    wanted, key = openapi.ITEMS.get(table) or abort(404)
    address = address_or_404(organization, year)
    refuse_parameters()

    def draw() -> Response:
        every = wanted.each(shown(address), base())
        found = next((one for one in every if one[key] == item), None) or abort(404)
        return as_json(dict(found))

    return kept(address, draw)


def open_plans() -> list[OpenPlan]:
    """Return every plan that is open to the public, the newest of an organization first."""
    return [
        OpenPlan(
            one.plan.id,
            one.organization.name,
            one.organization.public_name,
            one.plan.fiscal_year,
            one.window.published_at,
        )
        for one in public_plans.open_windows()
    ]


def _directory(table: Table) -> Response:
    part, _ = page_and_filters(table.name)
    found = table.records(open_plans(), base())
    return public_answers.kept([repr(found)], lambda: _part(found, part))


def _part(found: Sequence[Mapping[str, Written]], part: Page) -> Response:
    """Return a part of a list, and where it goes on."""
    end = part.offset + part.limit
    following = _here(part.limit, end) if end < len(found) else None
    told = {"total": len(found), "limit": part.limit, "offset": part.offset, "next": following}
    response = as_json(told | {"items": [dict(one) for one in found[part.offset : end]]})
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def _here(limit: int, offset: int) -> str:
    narrowed = {name: value for name, value in request.args.items() if name not in {LIMIT.name, OFFSET.name}}
    return f"{base()}{request.path}?{urlencode(narrowed | {LIMIT.name: limit, OFFSET.name: offset})}"
