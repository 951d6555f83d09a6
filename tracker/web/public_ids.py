"""Identifiers of the open data: addresses that name a thing for ever, and lead to where it is told of today."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug import Response as Answer

from tracker.domain.indicators import numbers
from tracker.queries import public_ids
from tracker.queries.public_ids import Named
from tracker.web import access
from tracker.web.data_answers import JSON, let_other_sites_read
from tracker.web.throttles import throttled_public

HTML = "text/html"
LONGEST_ACCEPT = 2000  # letters; browsers send 150, and of blanks the library takes a minute to read 200,000
bp = Blueprint("public_ids", __name__, url_prefix="/public/id")
let_other_sites_read(bp)


@bp.get("/plans/<int:plan_id>")
@access.public
@throttled_public()
def plan(plan_id: int) -> Answer:
    return _see(_found(plan_id=plan_id), "public.plan", "api.plan")


@bp.get("/plans/<int:plan_id>/indicators/<int:number>")
@access.public
@throttled_public()
def indicator(plan_id: int, number: int) -> Answer:
    if number not in numbers():
        abort(404)
    return _see(_found(plan_id=plan_id), "public.plan", "api.record", table="indicators", item=number)


@bp.get("/measures/<int:measure_id>")
@access.public
@throttled_public()
def measure(measure_id: int) -> Answer:
    found = _found(measure_id=measure_id)
    return _see(found, "public.measure", "api.record", table="measures", item=measure_id)


@bp.get("/tasks/<int:task_id>")
@access.public
@throttled_public()
def task(task_id: int) -> Answer:
    return _see(_found(task_id=task_id), "public.measure", "api.record", table="tasks", item=task_id)


def _found(**named: int) -> Named:
    return public_ids.find(**named) or abort(404)


def _see(named: Named, page: str, record: str, **item: Any) -> Answer:
    """Lead people to the page and programs to the record: neither is the thing itself (303: Cool URIs, W3C)."""
    place: dict[str, Any] = {"organization": named.public_name, "year": named.fiscal_year}
    if _is_for_a_program():
        answer = redirect(url_for(record, **place, **item), 303)
    else:
        of_measure: dict[str, Any] = {"measure_id": named.measure_id} if named.measure_id else {}
        answer = redirect(url_for(page, **place, **of_measure), 303)
    answer.headers["Cache-Control"] = "no-cache"  # what is closed leads nowhere
    answer.vary.add("Accept")
    return answer


def _is_for_a_program() -> bool:
    is_usual = len(request.headers.get("Accept", "")) <= LONGEST_ACCEPT
    return is_usual and request.accept_mimetypes.best_match([HTML, JSON]) == JSON
