"""The Atom feed of a plan that is open to the public: what came about, an entry for each day."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from flask import Blueprint, Response, url_for
from flask_babel import get_locale, gettext, ngettext

from tracker import clock
from tracker.documents.writing import atom
from tracker.documents.writing.open_data.licence import LICENCE
from tracker.domain.public_days import Closed, Done, PublicDay, Shown, days
from tracker.domain.public_plans import PublicPlan
from tracker.queries import public_days
from tracker.queries.public_plans import Address
from tracker.web import access
from tracker.web.addresses import base
from tracker.web.data_answers import address_or_404, drawn, kept, let_other_sites_read, place_of, shown
from tracker.web.filters import long_date, percent
from tracker.web.locales import in_language
from tracker.web.throttles import throttled_public

MOST_LINES = 20
bp = Blueprint("public_feed", __name__, url_prefix="/public/<organization>/<int:year>")
let_other_sites_read(bp)


@bp.get("/feed.atom")
@access.public
@throttled_public()
def show(organization: str, year: int) -> Response:
    address = address_or_404(organization, year)
    return kept(address, lambda: drawn(atom.write(_feed(address)), atom.MEDIA_TYPE))


def _feed(address: Address) -> atom.Feed:
    plan = shown(address)
    found = days(plan, public_days.moments(plan.id))
    own = place_of(plan)
    language = get_locale().language
    page = base() + url_for("public.plan", **own, **in_language())
    minted_on = clock.local(address.plan.created_at).date()
    named = ("plan", plan.id, language)
    return atom.Feed(
        id=atom.tag(base(), minted_on, *named),
        language=language,
        title=gettext("Progress of the ITA measures of fiscal year %(year)s", year=plan.fiscal_year),
        subtitle=plan.organization,
        author=plan.organization,
        rights=LICENCE.thai if language == "th" else LICENCE.english,
        url=page,
        own_url=base() + url_for("public_feed.show", **own, **in_language()),
        updated_at=_updated_at(plan, found),
        entries=[_entry(one, atom.tag(base(), minted_on, *named, one.day.isoformat()), page) for one in found],
    )


def _updated_at(plan: PublicPlan, found: Sequence[PublicDay]) -> datetime:
    return found[0].updated_at if found else plan.published_at or plan.changed_at


def _entry(one: PublicDay, name: str, page: str) -> atom.Entry:
    counts = [
        ngettext("%(num)d task done", "%(num)d tasks done", len(one.done)) if one.done else "",
        ngettext("%(num)d piece of evidence opened", "%(num)d pieces of evidence opened", len(one.shown))
        if one.shown
        else "",
        gettext("a follow-up round closed") if one.closed else "",
    ]
    title = f"{long_date(one.day)}: {', '.join(filter(None, counts))}"
    parts = [
        *([(gettext("Done"), _shortened([*_done(one.done)]))] if one.done else []),
        *([(gettext("Evidence opened to the public"), _shortened([*_evidence(one.shown)]))] if one.shown else []),
        *([(gettext("Follow-up rounds closed"), [*map(_round, one.closed)])] if one.closed else []),
    ]
    return atom.Entry(name, title, one.updated_at, page, parts)


def _done(found: Sequence[Done]) -> Iterator[str]:
    """Return a line for each measure: which divisions are done with what was due when."""
    for measure, group in groupby(_by_measure(found), key=lambda one: one.measure):
        tasks = [f"{one.task.division} ({long_date(one.task.due_on)})" for one in group]
        yield f"{measure.number} {measure.title}: {', '.join(tasks)}"


def _by_measure(found: Sequence[Done]) -> list[Done]:
    """Return what is done by indicator and measure."""
    return sorted(found, key=lambda one: (one.measure.indicator, one.measure.id, one.task.due_on, one.task.id))


def _evidence(found: Sequence[Shown]) -> Iterator[str]:
    for one in found:
        yield f"{one.evidence.title} ({one.measure.number} {one.measure.title})"


def _round(closed: Closed) -> str:
    told = closed.round
    return gettext(
        "Round of %(day)s: %(done)s of %(all)s tasks done (%(percent)s)",
        day=long_date(told.round_on),
        done=told.progress.done,
        all=told.progress.countable,
        percent=percent(told.progress.percent),
    )


def _shortened(lines: Sequence[str]) -> list[str]:
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], *([gettext("and %(count)s more", count=more)] if more > 0 else [])]
