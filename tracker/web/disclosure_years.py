"""A fiscal year's list of items: begun from the handbook or the year before, and taken in from a workbook."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from tracker import clock
from tracker.documents.reading import apart
from tracker.documents.reading.refusals import MEGABYTE, MOST_BYTES, ReportTooLarge
from tracker.domain.disclosure_rows import FailedRow, read_rows
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.queries import disclosures as queries
from tracker.services import disclosure_years
from tracker.services.disclosure_years import TakenIn
from tracker.web import access, transactions
from tracker.web.disclosure_filters import as_years, year_in_view, years_in_use
from tracker.web.forms.disclosures import WorkbookForm
from tracker.web.problems import Problem, problem_of

bp = Blueprint("disclosure_years", __name__, url_prefix="/disclosures")

SECONDS = 60.0  # a list is short; whoever sends it waits
MOST_SHOWN = 100


@bp.url_value_preprocessor
def allow_one_file(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Take as much as one document and the form around it; this runs before anything reads the form."""
    if request.mimetype == "multipart/form-data":
        request.max_content_length = MOST_BYTES + MEGABYTE


@bp.get("/beginning")
@access.allowed(Act.KEEP_LINKS)
def show() -> str:
    """Show what beginning or completing the year's list would do."""
    year = year_in_view(with_next=True)
    plan = disclosure_years.planned(organization_id=access.user().organization_id, fiscal_year=year)
    return render_template("disclosures/begin.html", plan=plan, year=year)


@bp.post("/beginning")
@access.allowed(Act.KEEP_LINKS)
def begin() -> Any:
    year = year_in_view(with_next=True)
    plan = disclosure_years.begin(
        organization_id=access.user().organization_id,
        fiscal_year=year,
        by=access.actor(Act.KEEP_LINKS),
        now=clock.now(),
    )
    items, addresses = len(plan.to_add), plan.addresses
    said = [
        ngettext("%(num)d item is added to the list.", "%(num)d items are added to the list.", items) if items else "",
        ngettext("%(num)d address is added.", "%(num)d addresses are added.", addresses) if addresses else "",
    ]
    flash(" ".join(filter(None, said)) or gettext("The list had everything already."), "success")
    return redirect(url_for("disclosures.index", year=year))


@bp.get("/workbook")
@access.allowed(Act.KEEP_LINKS)
def form() -> str:
    return _page(WorkbookForm())


@bp.post("/workbook")
@access.allowed(Act.KEEP_LINKS)
def upload() -> Any:
    """Take in the whole file, or nothing of it where a row cannot be read."""
    sent, year = WorkbookForm(), year_in_view(with_next=True)
    if not sent.validate_on_submit():
        return _page(sent), 422
    content, name = sent.file.data.stream.read(MOST_BYTES + 1), sent.file.data.filename or ""
    transactions.let_go()
    try:
        if len(content) > MOST_BYTES:
            raise ReportTooLarge(MOST_BYTES)
        cells = apart.read_items(content, name, seconds=SECONDS)
        organization = access.user().organization
        read = read_rows(
            cells,
            divisions=[division.as_named() for division in organization.divisions],
            known=queries.known(organization.id, fiscal_year=year),
        )
        if read.failed:
            return _page(sent, failed=read.failed), 422
        taken = disclosure_years.take_in(
            organization_id=organization.id,
            fiscal_year=year,
            rows=read.taken,
            by=access.actor(Act.KEEP_LINKS),
            now=clock.now(),
        )
    except Refusal as refusal:
        db.session.rollback()
        return _page(sent, problem=problem_of(refusal, "file")), 422
    flash(_said_of(taken), "success")
    return redirect(url_for("disclosures.index", year=year))


def _said_of(taken: TakenIn) -> str:
    parts = [
        ngettext("%(num)d item added", "%(num)d items added", taken.added) if taken.added else "",
        ngettext("%(num)d item changed", "%(num)d items changed", taken.changed) if taken.changed else "",
        ngettext("%(num)d address added", "%(num)d addresses added", taken.addresses) if taken.addresses else "",
    ]
    said = " · ".join(filter(None, parts))
    return (
        gettext("The file is taken in: %(what)s.", what=said) if said else gettext("The list had everything already.")
    )


def _page(form: WorkbookForm, problem: Problem | None = None, failed: list[FailedRow] | None = None) -> str:
    years = years_in_use()
    return render_template(
        "disclosures/import.html",
        form=form,
        problem=problem,
        failed=failed or [],
        most_shown=MOST_SHOWN,
        year=year_in_view(with_next=True),
        years_=as_years([years[0] + 1, *years]),
        limit=MOST_BYTES // MEGABYTE,
    )
