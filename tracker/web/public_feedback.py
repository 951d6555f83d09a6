"""
The form in which a citizen writes about a measure, and the page on which the citizen sees what became of it.

Nobody signs in here: no session, no cookie. What proves that a page of ours was filled in is signed into the form
(ADR 30). Nothing of who writes is kept; the network address counts in the throttle and is gone with it.
"""

from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.feedback import LONGEST, NotTaken, check_age, read_word
from tracker.domain.sentences import N_
from tracker.domain.sign_in import read_code, written_code
from tracker.extensions import csrf
from tracker.models import Measure
from tracker.queries import feedback as queries
from tracker.services import feedback, feedback_forms
from tracker.web import access
from tracker.web.addresses import base
from tracker.web.locales import LOCALES, in_language
from tracker.web.problems import Problem, problem_of
from tracker.web.throttles import throttled_public, throttled_words, visitor

bp = Blueprint("public_feedback", __name__, url_prefix="/public")

TRAP = "website"  # a field that people do not see and programs fill in
MOST_SENT = 256 * 1024  # bytes of a form: far more than anybody writes, and read in a moment
GROUP = 5  # letters of a receipt that are read out together


def _full() -> Response:
    """Return the form with what was typed, where too much came in for now."""
    args = request.view_args or {}
    measure = _measure_or_404(args["organization"], args["year"], args["measure_id"])
    said = gettext("A great many comments came in just now. Your text is still here: please send it again in an hour.")
    return make_response(_form(measure, request.form.get("text", ""), Problem(said)), 429)


def _organization() -> str:
    return str((request.view_args or {}).get("organization", ""))


@bp.url_value_preprocessor
def allow_a_text(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Take no more than a text; this runs before anything reads the form."""
    request.max_content_length = MOST_SENT


@bp.get("/<organization>/<int:year>/measures/<int:measure_id>/feedback")
@access.public
@throttled_public()
def form(organization: str, year: int, measure_id: int) -> str:
    return _form(_measure_or_404(organization, year, measure_id))


@bp.post("/<organization>/<int:year>/measures/<int:measure_id>/feedback")
@csrf.exempt  # there is no session to take over; the form carries a token of its own
@access.public
@throttled_public()
@throttled_words(visitor, _organization, _full)
def send(organization: str, year: int, measure_id: int) -> Any:
    """Keep what was written and lead to its page; sent twice, the same form with the same text leads to the same."""
    measure = _measure_or_404(organization, year, measure_id)
    written = request.form.get("text", "")
    try:
        text, receipt = _taken(measure, written)
    except NotTaken as refusal:
        return _form(measure, written, problem_of(refusal, "text")), 422
    row = feedback.take(measure=measure, text=text, receipt=receipt, now=clock.now())
    return redirect(url_for("public_feedback.show", receipt=row.receipt, **in_language()), 303)


@bp.get("/feedback/<receipt>")
@access.public
@throttled_public()
def show(receipt: str) -> str:
    """Say what became of a comment to whoever holds its receipt, however the receipt was typed."""
    g.is_private = True
    row = queries.of_receipt(read_code(receipt)) or abort(404)
    number = written_code(row.receipt, group=GROUP)
    path = url_for("public_feedback.show", receipt=number, **in_language())
    here = base() + path
    return render_template("public/feedback_receipt.html", row=row, receipt=number, here=here, **_around(row.measure))


def _measure_or_404(organization: str, year: int, measure_id: int) -> Measure:
    return queries.measure_open_for_words(organization, year, measure_id) or abort(404)


def _taken(measure: Measure, written: str) -> tuple[str, str]:
    """
    Return a comment as it is kept and the receipt for it.

    :raises NotTaken: if it is none, or was not sent as people send it
    """
    made = feedback_forms.read(request.form.get("csrf_token", ""), measure_id=measure.id)
    if made is None:
        raise NotTaken(N_("This form was not made here. Your text is still in the field: please send it again."))
    check_age(made.at, now=clock.machine_now())
    if request.form.get(TRAP):
        raise NotTaken(N_("Leave the field that asks to be left empty, empty: it tells programs from people."))
    text = read_word(written)
    return text, feedback_forms.receipt(measure_id=measure.id, number=made.number, text=text)


def _form(measure: Measure, text: str = "", problem: Problem | None = None) -> str:
    g.is_private = True  # each form has a token of its own: no cache may hand it to a second person
    token = feedback_forms.token(measure_id=measure.id, now=clock.machine_now())
    return render_template(
        "public/feedback_form.html",
        text=text[: 2 * LONGEST],
        problem=problem,
        token=token,
        trap=TRAP,
        longest=LONGEST,
        **_around(measure),
    )


def _around(measure: Measure) -> dict[str, Any]:
    """Return what surrounds the page: whose measure it is, and the way back to it."""
    plan = measure.plan
    address = {"organization": plan.organization.public_name, "year": plan.fiscal_year, **in_language()}
    return {"measure": measure, "plan": plan, "address": address, "languages": _languages()}


def _languages() -> dict[str, str]:
    """Return where the same page is in every language, by the language's code."""
    endpoint = "public_feedback.show" if request.endpoint == "public_feedback.show" else "public_feedback.form"
    here = request.view_args or {}
    return {code: url_for(endpoint, **here, **in_language(code)) for code in LOCALES}
