"""The public pages: what was promised and what was done, for anybody, while the clerk keeps them open."""

from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for

from tracker import clock
from tracker.documents.writing import share_picture
from tracker.domain.evidence import FileType
from tracker.queries import public_plans as queries
from tracker.queries.public_plans import Address
from tracker.web import access, downloads, public_answers, public_pages
from tracker.web.addresses import page_from
from tracker.web.data_answers import address_or_404, drawn, shown
from tracker.web.evidence import storage
from tracker.web.locales import in_language
from tracker.web.public_pages import Places
from tracker.web.throttles import throttled_public

bp = Blueprint("public", __name__)

# Nothing of this program is for search engines but what the public may read, and what that is drawn with.
ROBOTS = "User-agent: *\nAllow: /public\nAllow: /static/\nAllow: /fonts/\nDisallow: /\n"


@bp.get("/robots.txt")
@access.public
def robots() -> Response:
    return Response(ROBOTS, mimetype="text/plain")


@bp.get("/public", strict_slashes=False)
@access.public
@throttled_public()
def index() -> Any:
    """List what is open; where there is one organization, lead to its newest year."""
    found = queries.open_windows()
    newest = {one.organization.id: one for one in reversed(found)}
    if len(newest) == 1:
        return _to_newest(next(iter(newest.values())))
    versions = [one.version for one in found]
    return public_answers.kept([clock.today(), *versions], lambda: public_pages.index(found))


@bp.get("/public/<organization>", strict_slashes=False)
@access.public
@throttled_public()
def organization(organization: str) -> Response:
    """The newest year of an organization in short, and every year that is open."""
    found = queries.windows_of(organization) or abort(404)
    return public_answers.kept(
        [clock.today(), *found[0].version], lambda: public_pages.years(found, today=clock.today())
    )


@bp.get("/public/<organization>/<int:year>", strict_slashes=False)
@access.public
@throttled_public()
def plan(organization: str, year: int) -> Response:
    others = queries.windows_of(organization)
    address = next((one for one in others if one.plan.fiscal_year == year), None) or abort(404)

    def draw() -> str:
        plan = shown(address)
        return public_pages.plan(plan, Places(plan), years=[one.plan.fiscal_year for one in others])

    return public_answers.kept(_version(address), draw)


@bp.get("/public/<organization>/<int:year>/measures/<int:measure_id>")
@access.public
@throttled_public()
def measure(organization: str, year: int, measure_id: int) -> Response:
    """One measure with every task: which division, by when, what came of it; and a page of what citizens say."""
    address, page = address_or_404(organization, year), page_from(request.args)

    def draw() -> str:
        plan = shown(address)
        return public_pages.measure(plan, plan.measure(measure_id) or abort(404), Places(plan), page=page)

    return public_answers.kept([*_version(address), page], draw)


@bp.get("/public/<organization>/<int:year>/evidence/<key>")
@access.public
@throttled_public()
def evidence(organization: str, year: int, key: str) -> Response:
    """
    A file that was marked public, to be saved; of a photograph what pages show of it, without what the camera wrote.

    It is in no cache: what is withdrawn is gone at once.
    """
    address = address_or_404(organization, year)
    row = queries.evidence_of(address.plan.id, key)
    stored = (row and row.file) or abort(404)
    name, kind = stored.preview_name or stored.name, FileType.JPG if stored.preview_name else stored.kind
    if row is None or not storage().has(name):
        abort(404)
    title = f"{PurePath(row.title).stem}.{kind}" if stored.preview_name else row.title
    return downloads.attachment(storage().path_of(name), kind=kind, name=title)


@bp.get("/public/<organization>/<int:year>/share.png")
@access.public
@throttled_public()
def share(organization: str, year: int) -> Response:
    """The picture by which others show a link to the page."""
    address = address_or_404(organization, year)

    def draw() -> Response:
        return drawn(share_picture.write(public_pages.card(shown(address))), "image/png")

    return public_answers.kept(_version(address), draw)


def _version(address: Address) -> list[object]:
    said = queries.said_by_citizens(address.plan.id) if address.window.takes_feedback else ()
    return [clock.today(), *address.version, said]


def _to_newest(address: Address) -> Any:
    name, year = address.organization.public_name, address.plan.fiscal_year
    answer = redirect(url_for("public.plan", organization=name, year=year, **in_language()))
    answer.headers["Cache-Control"] = "no-cache"  # next year it leads elsewhere
    return answer
