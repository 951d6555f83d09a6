"""What citizens wrote about measures, as a file."""

from collections.abc import Iterator

from flask import Response, request
from flask_babel import gettext

from tracker.documents.writing.xlsx import MOST_ROWS, Column, Value
from tracker.domain.permissions import Act
from tracker.queries import feedback
from tracker.web import access
from tracker.web.feedback import reach_here
from tracker.web.feedback_words import REASON, STATE
from tracker.web.filters import long_moment
from tracker.web.forms.feedback import narrowing_from
from tracker.web.sheets.handing import bp, list_file


@bp.get("/feedback/file.xlsx")
@access.allowed(Act.READ_CITIZENS)
def comments() -> Response:
    """The list of comments, narrowed as the page is, all pages of it."""
    columns = [
        Column(gettext("Fiscal year"), 10),
        Column(gettext("Indicator"), 10),
        Column(gettext("Measure"), 60),
        Column(gettext("Written"), 26),
        Column(gettext("Comment"), 80),
        Column(gettext("State"), 20),
        Column(gettext("Why it is not shown"), 40),
        Column(gettext("Answer"), 80),
        Column(gettext("Answered"), 26),
        Column(gettext("Who reads the answer?"), 24),
        Column(gettext("Settled by"), 40),
    ]
    return list_file(gettext("Comments from citizens"), columns, _rows())


def _rows() -> Iterator[tuple[Value, ...]]:
    narrowing = narrowing_from(request.args, division_ids=reach_here())
    found, _ = feedback.listed(access.user().organization_id, narrowing, limit=MOST_ROWS + 1)
    for row in found:
        reason = str(REASON[row.hidden_reason]) if row.hidden_reason else ""
        readers = gettext("everybody") if row.is_answer_shown else gettext("only who wrote it")
        yield (
            *(row.measure.plan.fiscal_year, row.measure.indicator, row.measure.title, long_moment(row.sent_at)),
            *(row.text or gettext("(the text is erased)"), str(STATE[row.state])),
            *(f"{reason}: {row.hidden_words}" if row.hidden_words else reason, row.answer),
            *((long_moment(row.answered_at), readers) if row.answered_at else ("", "")),
            row.settled_by.position.title if row.settled_by else "",
        )
