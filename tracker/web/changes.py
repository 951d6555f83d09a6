"""The record of what administrators changed, as sentences."""

from datetime import date

from flask import Blueprint, Flask, render_template, request
from flask_babel import gettext, lazy_gettext

from tracker.domain.changes import ChangeKind
from tracker.domain.permissions import Act, Role
from tracker.domain.sign_in import LetterKind
from tracker.models import Change
from tracker.queries import changes as queries
from tracker.web import access
from tracker.web.addresses import before_from
from tracker.web.filters import short_date
from tracker.web.labels import LETTER, ROLE

bp = Blueprint("changes", __name__, url_prefix="/admin/record")

CHANGE = {
    ChangeKind.DIVISION_ADDED: lazy_gettext("added the division"),
    ChangeKind.DIVISION_CHANGED: lazy_gettext("renamed the division"),
    ChangeKind.DIVISION_MOVED: lazy_gettext("moved the division in the official order"),
    ChangeKind.DIVISION_CLOSED: lazy_gettext("closed the division"),
    ChangeKind.DIVISION_REOPENED: lazy_gettext("reopened the division"),
    ChangeKind.POSITION_ADDED: lazy_gettext("added the position"),
    ChangeKind.POSITION_CHANGED: lazy_gettext("changed the position"),
    ChangeKind.POSITION_ABOLISHED: lazy_gettext("abolished the position"),
    ChangeKind.POSITION_RESTORED: lazy_gettext("restored the position"),
    ChangeKind.PERSON_ADDED: lazy_gettext("added the person"),
    ChangeKind.PERSON_CHANGED: lazy_gettext("changed the account of"),
    ChangeKind.ACCOUNT_CLOSED: lazy_gettext("closed the account of"),
    ChangeKind.ACCOUNT_REOPENED: lazy_gettext("reopened the account of"),
    ChangeKind.APPOINTED: lazy_gettext("handed the position over"),
    ChangeKind.APPOINTMENT_ENDED: lazy_gettext("ended the appointment"),
    ChangeKind.COVER_APPOINTED: lazy_gettext("appointed acting cover"),
    ChangeKind.COVER_ENDED: lazy_gettext("ended acting cover"),
    ChangeKind.MAIL_SENT_AGAIN: lazy_gettext("sent a mail again to"),
    ChangeKind.MAILS_SENT_AGAIN: lazy_gettext("sent every mail again that had not been delivered"),
}
OF_DAYS = frozenset(
    {ChangeKind.APPOINTED, ChangeKind.APPOINTMENT_ENDED, ChangeKind.COVER_APPOINTED, ChangeKind.COVER_ENDED}
)
OF_ROLES = frozenset({ChangeKind.POSITION_ADDED, ChangeKind.POSITION_CHANGED})


@bp.get("")
@access.allowed(Act.READ_RECORD)
def index() -> str:
    before = before_from(request.args)
    changes, older = queries.listed(access.user().organization_id, before=before)
    return render_template("changes/index.html", changes=changes, older=older, is_first=before is None)


def change_text(change: Change, text: str) -> str:
    """Return how a change's text before or after reads on a page: days as Thais write them, roles by their names."""
    if change.kind in OF_DAYS:
        return span(text)
    if change.kind in OF_ROLES:
        return " · ".join(str(ROLE[Role(part)]) if part in set(Role) else part for part in text.split(" · "))
    if change.kind == ChangeKind.MAIL_SENT_AGAIN:
        return str(LETTER[LetterKind(text)]) if text in set(LetterKind) else _day(text)
    return text


def _day(text: str) -> str:
    """Return a day as the record keeps it in words."""
    try:
        return short_date(date.fromisoformat(text))
    except ValueError:
        return text


def span(text: str) -> str:
    """Return the days of an appointment as the record keeps them in words."""
    first, _, last = text.partition("/")
    try:
        days = short_date(date.fromisoformat(first)), short_date(date.fromisoformat(last)) if last else ""
    except ValueError:
        return text
    if days[1]:
        return gettext("%(first)s to %(last)s", first=days[0], last=days[1])
    return gettext("from %(first)s", first=days[0])


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(change_label=CHANGE, change_text=change_text)
