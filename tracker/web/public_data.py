"""Open data of a plan that is open to the public: its page, its files, their dictionary, and its description."""

from typing import Any

from flask import Blueprint, Flask, Response, abort
from flask_babel import get_locale, gettext

from tracker.documents.writing import csv
from tracker.documents.writing.open_data import dataset, dictionary, identifiers
from tracker.documents.writing.open_data.fields import as_cell
from tracker.documents.writing.open_data.licence import LICENCE
from tracker.documents.writing.open_data.tables import TABLES
from tracker.domain.public_plans import PublicPlan
from tracker.queries.public_plans import Address
from tracker.web import access
from tracker.web.addresses import base
from tracker.web.data_answers import address_or_404, as_json, drawn, kept, let_other_sites_read, page, shown
from tracker.web.downloads import named
from tracker.web.filters import long_date
from tracker.web.throttles import throttled_public

bp = Blueprint("public_data", __name__, url_prefix="/public/<organization>/<int:year>")
let_other_sites_read(bp)


@bp.get("/data/")
@access.public
@throttled_public()
def index(organization: str, year: int) -> Response:
    address = address_or_404(organization, year)

    def draw() -> str:
        plan = shown(address)
        counts = {table.name: len(table.records(plan, base())) for table in TABLES.values()}
        return _page("public/data.html", "public_data.index", plan, counts=counts)

    return kept(address, draw)


@bp.get("/data/dictionary")
@access.public
@throttled_public()
def explained(organization: str, year: int) -> Response:
    """Say of each field what it is, on a page."""
    address = address_or_404(organization, year)
    return kept(address, lambda: _page("public/dictionary.html", "public_data.explained", shown(address)))


@bp.get("/data/dictionary.csv")
@access.public
@throttled_public()
def dictionary_table(organization: str, year: int) -> Response:
    address = address_or_404(organization, year)
    return kept(address, lambda: _as_csv(dictionary.COLUMNS, dictionary.rows(), address, "dictionary"))


@bp.get("/data/dictionary.json")
@access.public
@throttled_public()
def dictionary_values(organization: str, year: int) -> Response:
    address = address_or_404(organization, year)
    return kept(address, lambda: as_json({"licence": LICENCE.url, "tables": dictionary.described()}))


@bp.get("/data/<table>.csv")
@access.public
@throttled_public()
def table(organization: str, year: int, table: str) -> Response:
    """Return the rows of a table as a file for spreadsheets."""
    wanted = TABLES.get(table) or abort(404)
    address = address_or_404(organization, year)

    def draw() -> Response:
        rows = ([as_cell(value) for value in one.values()] for one in wanted.records(shown(address), base()))
        return _as_csv(wanted.columns, rows, address, wanted.name)

    return kept(address, draw)


@bp.get("/data/<table>.json")
@access.public
@throttled_public()
def values(organization: str, year: int, table: str) -> Response:
    """Return the same rows for programs: a list of objects."""
    wanted = TABLES.get(table) or abort(404)
    address = address_or_404(organization, year)
    return kept(address, lambda: as_json(wanted.records(shown(address), base())))


@bp.get("/dataset.json")
@access.public
@throttled_public()
def description(organization: str, year: int) -> Response:
    """Describe the data to search engines and catalogues."""
    address = address_or_404(organization, year)
    return kept(address, lambda: as_json(dataset.described(shown(address), base()), dataset.MEDIA_TYPE))


def _as_csv(columns: Any, rows: Any, address: Address, name: str) -> Response:
    answer = drawn(csv.write(columns, rows), csv.MEDIA_TYPE)
    plain = f"{name}-{address.organization.public_name}-{address.plan.fiscal_year}.csv"
    return named(answer, plain, plain=plain)


def _page(template: str, endpoint: str, plan: PublicPlan, **more: Any) -> str:
    name = LICENCE.thai if get_locale().language == "th" else LICENCE.english
    told = {"tables": TABLES, "licence": LICENCE, "licence_name": name, "citation": _citation(plan, name)}
    return page(template, endpoint, plan, **told, **more)


def _citation(plan: PublicPlan, licence: str) -> str:
    """Return how to name the source, as the licence wants it: whose, what, as of when, where, under which terms."""
    return gettext(
        "%(organization)s. Progress of the ITA measures of fiscal year %(year)s, data as of %(day)s. %(address)s. "
        "%(licence)s.",
        organization=plan.organization,
        year=plan.fiscal_year,
        day=long_date(plan.day),
        address=identifiers.plan(base(), plan.id),
        licence=licence,
    )


def register(app: Flask) -> None:
    """Let the public page describe its data to search engines."""
    app.jinja_env.globals["dataset_of"] = lambda plan: dataset.described(plan, base())
