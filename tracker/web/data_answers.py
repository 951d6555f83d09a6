"""What every answer of the open data has in common: which plan it is about, that other sites may read it, its mark."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from flask import Blueprint, Flask, Response, abort, current_app, json, render_template, request, url_for
from flask_babel import get_locale

from tracker import clock
from tracker.domain.public_plans import PublicPlan
from tracker.queries import public_plans
from tracker.queries.public_plans import Address
from tracker.web import public_answers
from tracker.web.addresses import base
from tracker.web.locales import LOCALES, in_language
from tracker.web.shelves import Shelf

JSON = "application/json"


def address_or_404(organization: str, year: int) -> Address:
    """Return the window that is open under an address; one that is closed was never there."""
    return public_plans.open_window(organization, year) or abort(404)


def shown(address: Address) -> PublicPlan:
    """
    Return what the public is shown of a plan today.

    Reading a large plan takes a while, and a list of the API is asked for in many parts: it is read once a version.
    """
    shelf = cast(Shelf[PublicPlan], current_app.extensions["public_plans"])
    version = (address.plan.id, clock.today(), address.version)
    plan = shelf.find(version)
    if plan is None:
        plan = public_plans.read(address.plan, address.window, day=clock.today())
        shelf.keep(version, plan, most=current_app.config["PUBLIC_PLANS_KEPT"])
    return plan


def kept(address: Address, draw: Callable[[], Any], *, seconds: int = public_answers.FRESH) -> Response:
    """
    Return what `draw` makes of a plan, or 304 where the visitor holds it as it is; then nothing is read.

    The whole address is in the mark: where nothing is, nobody ever got one.
    """
    version = [clock.today(), *address.version, base(), request.full_path]
    return public_answers.kept(version, draw, seconds=seconds)


def page(template: str, endpoint: str, plan: PublicPlan | None = None, **values: Any) -> str:
    """Return a page for people with where it stands, in every language, as the layout of public pages wants it."""
    place = place_of(plan) if plan else {}
    languages = {code: url_for(endpoint, **place, **in_language(code)) for code in LOCALES}
    canonical = base() + languages[get_locale().language]
    return render_template(
        template, shown=plan, place=place | in_language(), canonical=canonical, languages=languages, **values
    )


def place_of(plan: PublicPlan) -> dict[str, Any]:
    """Return what names a plan in public addresses."""
    return {"organization": plan.public_name, "year": plan.fiscal_year}


def as_json(content: Any, media_type: str = JSON) -> Response:
    """Return plain values as JSON, Thai letters as they are."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=False, separators=(",", ":"))
    return Response(written, mimetype=media_type)


def drawn(content: bytes, media_type: str) -> Response:
    """Return a file that was written."""
    return Response(content, content_type=media_type)


def let_other_sites_read(bp: Blueprint) -> None:
    """Let scripts on any site read what a blueprint answers (Fetch, CORS protocol): it is the same for everybody."""
    bp.after_request(_for_other_sites)


def _for_other_sites(response: Response) -> Response:
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        headers["Access-Control-Allow-Headers"] = "If-None-Match"
        headers["Access-Control-Max-Age"] = "86400"
    return response


def refuse_parameters(*known: str) -> None:
    """Refuse an address with parameters that mean nothing here, or that are there twice (400)."""
    unknown = sorted(set(request.args) - set(known))
    twice = sorted(name for name in request.args if len(request.args.getlist(name)) > 1)
    if unknown:
        abort(400, f"The parameter {unknown[0]!r} is not known here. Known: {_listed(known)}.")
    if twice:
        abort(400, f"The parameter {twice[0]!r} may be given once only.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


def register(app: Flask) -> None:
    """Keep the plans that were read last."""
    app.config.setdefault("PUBLIC_PLANS_KEPT", 4)  # of ten thousand tasks, each takes some three megabytes
    app.extensions["public_plans"] = Shelf()
