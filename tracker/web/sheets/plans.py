"""A plan as a workbook: the form to fill in, the whole plan to take along, the rows that could not be read."""

from flask import Response
from flask_babel import gettext

from tracker import clock
from tracker.documents import plan_layout as layout
from tracker.documents.writing.plan_workbook import Returned, write_plan, write_returned, write_template
from tracker.documents.writing.xlsx import MOST_ROWS, Column
from tracker.domain.calendar import fiscal_year_of
from tracker.domain.permissions import Act
from tracker.domain.works import WorkKind
from tracker.models import Draft, Work
from tracker.queries import closings, plan_workbooks, works
from tracker.queries import drafts as queries
from tracker.services import drafts
from tracker.services.imports import default_rounds
from tracker.web import access
from tracker.web.filters import long_moment, sentence
from tracker.web.loaders import all_years, draft_or_404, plan_or_404
from tracker.web.sheets.handing import bp, list_file, workbook


@bp.get("/imports/form.xlsx")
@access.allowed(Act.IMPORT)
def plan_form() -> Response:
    """The form of the first year that has no plan yet."""
    planned = {plan.fiscal_year for plan in all_years()}
    year = fiscal_year_of(clock.today())
    while year in planned:
        year += 1
    content = write_template(_empty(year), divisions=_divisions(), say=sentence)
    return workbook(content, name=gettext("Form for the plan of fiscal year %(year)s", year=year))


@bp.get("/plans/<int:plan_id>/file.xlsx")
@access.signed_in
def whole_plan(plan_id: int) -> Response:
    plan = plan_or_404(plan_id)
    content = write_plan(plan_workbooks.whole(plan), divisions=_divisions(), say=sentence)
    return workbook(content, name=gettext("Plan of fiscal year %(year)s", year=plan.fiscal_year))


@bp.get("/imports/<int:draft_id>/failed-rows.xlsx")
@access.allowed(Act.IMPORT)
def failed_rows(draft_id: int) -> Response:
    draft = draft_or_404(draft_id)
    report = drafts.report_of(draft)
    year = report.plan_year or fiscal_year_of(clock.today())
    rows = [Returned(one.cells, "\n".join(map(sentence, one.reasons))) for one in report.failed]
    content = write_returned(_empty(year), rows, divisions=_divisions(), say=sentence)
    return workbook(content, name=gettext("Rows to be corrected"))


@bp.get("/imports/file.xlsx")
@access.allowed(Act.IMPORT)
def all_drafts() -> Response:
    columns = [Column(gettext("When"), 26), Column(gettext("File"), 60), Column(gettext("State"), 20)]
    found = queries.of(access.user().organization_id, limit=MOST_ROWS + 1)
    known = works.latest_by_subject(kind=WorkKind.READ, subject_ids=[draft.id for draft in found])
    rows = ((long_moment(one.uploaded_at), one.file_name, _state(one, known.get(one.id))) for one in found)
    return list_file(gettext("Reports read so far"), columns, rows)


def _state(draft: Draft, work: Work | None) -> str:
    if draft.plan_id:
        return gettext("plan made")
    if work and work.why_failed:
        return f"{gettext('could not be read')}: {sentence(work.why_failed)}"
    return gettext("being read") if work and not work.is_settled else gettext("not yet a plan")


@bp.get("/plans/<int:plan_id>/closings/file.xlsx")
@access.signed_in
def all_closings(plan_id: int) -> Response:
    plan = plan_or_404(plan_id)
    columns = [
        Column(gettext("Round"), 20),
        Column(gettext("Revision"), 10),
        Column(gettext("As of"), 20),
        Column(gettext("Closed"), 26),
        Column(gettext("By"), 40),
        Column(gettext("Reason"), 50),
        Column(gettext("Seal"), 70),
    ]
    rows = (
        (
            one.round_on,
            one.revision,
            one.as_of,
            long_moment(one.closed_at),
            one.closed_by.position.title,
            one.note,
            one.seal,
        )
        for one in closings.of_plan(plan.id)
    )
    return list_file(gettext("Closed rounds"), columns, rows)


def _empty(year: int) -> layout.Plan:
    return layout.Plan(access.user().organization.name, year, default_rounds(year))


def _divisions() -> list[str]:
    return [division.name for division in access.user().organization.open_divisions]
