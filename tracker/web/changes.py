"""The record of what administrators changed, as sentences."""

from datetime import date

from flask import Blueprint, Flask, render_template, request
from flask_babel import gettext, lazy_gettext

from tracker.domain.changes import ChangeKind
from tracker.domain.channels import ChannelKind
from tracker.domain.days_off import read_kept
from tracker.domain.permissions import Act, Role
from tracker.domain.reminders import ESCALATED
from tracker.domain.sign_in import LetterKind
from tracker.models import Change
from tracker.queries import changes as queries
from tracker.web import access
from tracker.web.addresses import before_from
from tracker.web.filters import long_date, short_date
from tracker.web.labels import CHANNEL, LETTER, LEVEL, ROLE

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
    ChangeKind.APPOINTED: lazy_gettext("changed who fills the position"),
    ChangeKind.APPOINTMENT_ENDED: lazy_gettext("ended the appointment"),
    ChangeKind.COVER_APPOINTED: lazy_gettext("appointed acting cover"),
    ChangeKind.COVER_ENDED: lazy_gettext("ended acting cover"),
    ChangeKind.CHANNEL_ADDED: lazy_gettext("added a channel of"),
    ChangeKind.CHANNEL_REMOVED: lazy_gettext("removed a channel of"),
    ChangeKind.DAYS_OFF_ADDED: lazy_gettext("added a day off"),
    ChangeKind.DAY_OFF_CHANGED: lazy_gettext("renamed a day off"),
    ChangeKind.DAY_OFF_REMOVED: lazy_gettext("removed a day off"),
    ChangeKind.USUAL_DAYS_ADDED: lazy_gettext("filled in the usual days off"),
    ChangeKind.FESTIVAL_CHANGED: lazy_gettext("changed a festival"),
    ChangeKind.SCORES_KEPT: lazy_gettext("kept the result of an assessment"),
    ChangeKind.LINK_RULES_CHANGED: lazy_gettext("changed how web addresses are checked"),
    ChangeKind.PUBLIC_NAME_CHANGED: lazy_gettext("changed the name in public addresses"),
    ChangeKind.ITEM_LIST_BEGUN: lazy_gettext("began or completed the list of O-items"),
    ChangeKind.ITEM_LIST_TAKEN_IN: lazy_gettext("took in a file of O-items"),
    ChangeKind.ITEM_ADDED: lazy_gettext("added an O-item"),
    ChangeKind.ITEM_CHANGED: lazy_gettext("changed an O-item"),
    ChangeKind.ITEM_RETIRED: lazy_gettext("took an O-item off the list"),
    ChangeKind.ITEM_RESTORED: lazy_gettext("put an O-item back on the list"),
    ChangeKind.ITEM_ADDRESS_ADDED: lazy_gettext("added an address to an O-item"),
    ChangeKind.ITEM_ADDRESS_REMOVED: lazy_gettext("removed an address from an O-item"),
    ChangeKind.MAIL_SENT_AGAIN: lazy_gettext("sent a mail again to"),
    ChangeKind.MAILS_SENT_AGAIN: lazy_gettext("sent every mail again that had not been delivered"),
}
OF_DAYS = frozenset(
    {ChangeKind.APPOINTED, ChangeKind.APPOINTMENT_ENDED, ChangeKind.COVER_APPOINTED, ChangeKind.COVER_ENDED}
)
OF_CALENDAR = frozenset(
    {
        ChangeKind.DAYS_OFF_ADDED,
        ChangeKind.DAY_OFF_CHANGED,
        ChangeKind.DAY_OFF_REMOVED,
        ChangeKind.FESTIVAL_CHANGED,
    }
)
OF_ITEM_LISTS = frozenset({ChangeKind.ITEM_LIST_BEGUN, ChangeKind.ITEM_LIST_TAKEN_IN})
OF_ROLES = frozenset({ChangeKind.POSITION_ADDED, ChangeKind.POSITION_CHANGED})
OF_CHANNELS = frozenset({ChangeKind.CHANNEL_ADDED, ChangeKind.CHANNEL_REMOVED})


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
    if change.kind in OF_CALENDAR:
        return named_days(text)
    if change.kind == ChangeKind.USUAL_DAYS_ADDED:
        return filled(text)
    if change.kind in OF_ITEM_LISTS:
        return items_taken(text)
    if change.kind in OF_ROLES:
        return " · ".join(_named(part) for part in text.split(" · "))
    if change.kind in OF_CHANNELS:
        kind, _, label = text.partition(" · ")
        return f"{CHANNEL[ChannelKind(kind)]} · {label}" if label else text
    if change.kind == ChangeKind.MAIL_SENT_AGAIN:
        return str(LETTER[LetterKind(text)]) if text in set(LetterKind) else _day(text)
    return text


def _day(text: str) -> str:
    """Return a day as the record keeps it in words."""
    try:
        return short_date(date.fromisoformat(text))
    except ValueError:
        return text


def _named(part: str) -> str:
    if part in set(Role):
        return str(ROLE[Role(part)])
    return str(LEVEL[ESCALATED.index(part) + 1]) if part in ESCALATED else part


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


def named_days(text: str) -> str:
    """Return a day off or festival as the record keeps it in words."""
    kept = read_kept(text)
    if kept is None:
        return text
    first, last, name = kept
    if first == last:
        return f"{long_date(first)} · {name}"
    return gettext("%(first)s to %(last)s", first=long_date(first), last=long_date(last)) + f" · {name}"


def filled(text: str) -> str:
    """Return in words how many usual days were filled in, and of which year."""
    year, days, festivals = (*text.split("/"), "", "")[:3]
    return gettext(
        "fiscal year %(year)s: %(days)s days off, %(festivals)s festivals", year=year, days=days, festivals=festivals
    )


def items_taken(text: str) -> str:
    """Return in words how many O-items and addresses were begun or taken in, and of which year."""
    year, items, addresses = (*text.split("/"), "", "")[:3]
    return gettext(
        "fiscal year %(year)s: %(items)s items, %(addresses)s addresses", year=year, items=items, addresses=addresses
    )


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(change_label=CHANGE, change_text=change_text)
