"""Watched addresses as a file."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import Response, request
from flask_babel import gettext

from tracker import clock
from tracker.documents.writing.xlsx import MOST_ROWS, Column, Value
from tracker.domain.link_histories import reachable_share
from tracker.queries import links as queries
from tracker.queries.links import Seen
from tracker.web import access
from tracker.web.forms.links import narrowing_from
from tracker.web.link_words import VERDICT, link_remedy, link_sentence
from tracker.web.links import SPANS, seen_divisions, share_in_words, with_uses
from tracker.web.sheets.handing import bp, list_file


@bp.get("/links/file.xlsx")
@access.signed_in
def all_links() -> Response:
    """The watched addresses that the person may see, narrowed as the page is, all pages of it."""
    columns = [
        Column(gettext("Result"), 16),
        Column(gettext("Address"), 60),
        Column(gettext("Why"), 60),
        Column(gettext("What to do"), 60),
        Column(gettext("Item"), 40),
        Column(gettext("Evidence of"), 40),
        Column(gettext("Division"), 30),
        Column(gettext("Cannot be opened since"), 20),
        Column(gettext("Last opened"), 20),
        Column(gettext("Last looked at"), 20),
        Column(gettext("Reachable, last %(days)s days", days=SPANS[0]), 16),
    ]
    return list_file(gettext("Watched addresses"), columns, _rows())


def _rows() -> Iterator[tuple[Value, ...]]:
    organization_id, now = access.user().organization_id, clock.now()
    every = access.user().organization.divisions
    seen = Seen(organization_id, clock.today(), seen_divisions(every))
    chosen = narrowing_from(request.args, division_ids={division.id for division in every})
    found = queries.listed(seen, chosen, limit=MOST_ROWS + 1)
    since = now - timedelta(days=SPANS[0])
    looks = queries.looks([link.id for link in found], since=since)
    for shown in with_uses(found, seen.division_ids or ()):
        link, uses = shown.link, shown.uses
        yield (
            str(VERDICT[link.verdict]),
            link.url,
            link_sentence(link),
            link_remedy(link),
            "\n".join(f"{use.code} {use.title}" for use in uses.items),
            "\n".join(use.measure for use in uses.evidence),
            "\n".join(uses.divisions),
            *map(_day, (link.failing_since, link.last_ok_at, link.checked_at)),
            share_in_words(reachable_share(looks[link.id], since=since, now=now)),
        )


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None
