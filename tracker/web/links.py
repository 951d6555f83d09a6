"""Watched addresses: how each stands, where it is used, what was seen of it, and having it looked at now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain import link_histories
from tracker.domain.link_histories import Look
from tracker.domain.link_schedules import KEPT
from tracker.domain.links import Verdict
from tracker.domain.permissions import Act
from tracker.domain.works import WorkKind
from tracker.models import Division, Link, Work
from tracker.queries import link_uses, works
from tracker.queries import links as queries
from tracker.queries.link_uses import Uses
from tracker.queries.links import PAGE, WORST_FIRST, Narrowing, Seen
from tracker.services import links
from tracker.web import access, downloads
from tracker.web.addresses import page_from
from tracker.web.filters import long_moment
from tracker.web.forms.links import USES, narrowing_from
from tracker.web.link_words import VERDICT, look_sentence
from tracker.web.throttles import by_person, limited

bp = Blueprint("links", __name__, url_prefix="/links")

PRESSES = "30 per 10 minutes"
STRIP = 30  # days
SPANS = (30, 365)  # days of which the share of time reachable is told
MOST_LOOKS = 5000  # far more than there are in what is kept
MOST_SPELLS = 50  # on the page; the file has every look


@dataclass(frozen=True)
class Shown:
    """An address with what a page says around it."""

    link: Link
    uses: Uses

    @property
    def name(self) -> str:
        """What people know it by: the first item or piece of evidence that shows it, else the address itself."""
        if self.uses.items:
            return f"{self.uses.items[0].code} {self.uses.items[0].title}"
        return self.uses.evidence[0].title if self.uses.evidence else self.link.url


def seen_divisions(every: Collection[Division]) -> list[int]:
    """Return the divisions (ids) whose evidence the person may see."""
    return [division.id for division in every if access.sees_inside(division.id)]


@bp.get("")
@access.signed_in
def index() -> str:
    organization_id = access.user().organization_id
    every = access.user().organization.divisions
    seen = Seen(organization_id, clock.today(), seen_divisions(every))
    chosen = narrowing_from(request.args, division_ids={division.id for division in every})
    page, counts = page_from(request.args), queries.counts(seen, chosen)
    found = queries.listed(seen, chosen, page=page)
    count = counts[chosen.verdict] if chosen.verdict else sum(counts.values())
    return render_template(
        "links/index.html",
        rows=with_uses(found, seen.division_ids or ()),
        counts=counts,
        verdicts=WORST_FIRST,
        count=count,
        page=page,
        pages=-(-count // PAGE),
        chosen=chosen,
        tags=_tags(chosen, every),
        divisions=every,
        uses=use_words(),
        rules=queries.rules(organization_id),
        work=_work(WorkKind.CHECK_LINKS, organization_id),
    )


@bp.get("/<int:link_id>")
@access.signed_in
def show(link_id: int) -> str:
    shown, today = _shown_or_404(link_id), clock.today()
    history = queries.history(link_id, limit=MOST_LOOKS)
    looks = [Look(look.at, look.verdict, look.cause, look.details) for look in reversed(history)]
    return render_template(
        "links/show.html",
        shown=shown,
        link=shown.link,
        shares={days: _share(looks, days) for days in SPANS},
        days=link_histories.days(looks, first=today - timedelta(days=STRIP - 1), last=today),
        spells=link_histories.spells(looks)[: -MOST_SPELLS - 1 : -1],
        last=history[0] if history else None,
        work=_work(WorkKind.CHECK_LINK, link_id),
        is_watched=bool(queries.ids(Seen(shown.link.organization_id, today), only=link_id)),
        rules=queries.rules(shown.link.organization_id),
        days_kept=KEPT.days,
    )


@bp.get("/<int:link_id>/file.csv")
@access.signed_in
def history(link_id: int) -> Response:
    """Every look that is kept of an address."""
    link = _shown_or_404(link_id).link
    columns = [gettext("Looked at"), gettext("Result"), gettext("Why"), gettext("Answer (HTTP)"), gettext("Took (ms)")]
    rows = (
        (long_moment(look.at), str(VERDICT[look.verdict]), look_sentence(look), look.status or "", look.took_ms)
        for look in queries.history(link.id, limit=MOST_LOOKS)
    )
    return downloads.table(columns, rows, name=gettext("Looks at an address"), plain=f"link-{link.id}")


@bp.post("/checks")
@access.allowed(Act.KEEP_LINKS)
@limited(by_person, PRESSES)
def check_all() -> Any:
    """Have all watched addresses looked at, or those of one item."""
    by, item_id = access.actor(Act.KEEP_LINKS), request.form.get("item", type=int)
    organization_id = access.user().organization_id
    ids = queries.ids(Seen(organization_id, clock.today()), item_id=item_id)
    if ids:
        links.ask_checks(link_ids=ids, by=by, now=clock.now())
    else:
        flash(gettext("There is no address to look at yet."), "warning")
    return redirect(url_for("links.index"))


@bp.post("/<int:link_id>/checks")
@access.allowed(Act.KEEP_LINKS)
@limited(by_person, PRESSES)
def check(link_id: int) -> Any:
    link = _shown_or_404(link_id).link
    links.ask_check(link=link, by=access.actor(Act.KEEP_LINKS), now=clock.now())
    return redirect(url_for("links.show", link_id=link_id))


def with_uses(found: Sequence[Link], division_ids: Collection[int]) -> list[Shown]:
    """Return addresses of the person's organization with where each is used."""
    uses = link_uses.of(found, organization_id=access.user().organization_id, division_ids=division_ids)
    return [Shown(link, uses.get(link.id, Uses())) for link in found]


def with_uses_in_sight(found: Sequence[Link]) -> list[Shown]:
    """Return addresses of the person's organization with those uses that the person may see."""
    return with_uses(found, seen_divisions(access.user().organization.divisions)) if found else []


def use_words() -> dict[str, str]:
    """Return the kinds of use in words, by how an address of the list names them."""
    return dict(zip(USES, (gettext("items open to the public"), gettext("evidence on tasks")), strict=True))


def share_in_words(share: Fraction | None) -> str:
    """Return a share of time as `99.9%`, rounded down so that only what never failed is 100%."""
    if share is None:
        return "–"
    return "100%" if share == 1 else f"{int(share * 1000) / 10:.1f}%"


def _share(looks: Sequence[Look], days: int) -> str:
    now = clock.now()
    return share_in_words(link_histories.reachable_share(looks, since=now - timedelta(days=days), now=now))


def _shown_or_404(link_id: int) -> Shown:
    """Return an address of the person's organization that an item shows or that is evidence which they may see."""
    link = queries.one(link_id)
    if link is None or link.organization_id != access.user().organization_id:
        abort(404)
    (shown,) = with_uses_in_sight([link])
    return shown if shown.uses else abort(404)


def _work(kind: WorkKind, subject_id: int) -> Work | None:
    """Return the looking that is under way, for those who may ask for it."""
    work = works.latest(kind=kind, subject_id=subject_id) if access.may_here(Act.KEEP_LINKS) else None
    return work if work and not work.is_settled else None


def _tags(chosen: Narrowing, every: Sequence[Division]) -> list[tuple[str, str]]:
    """Return what the list is narrowed to, each in words with the argument that says so."""
    tags = []
    if chosen.verdict:
        tags.append((str(VERDICT[Verdict(chosen.verdict)]), "verdict"))
    tags += [(division.name, "division") for division in every if division.id == chosen.division_id]
    if chosen.is_of_items is not None:
        words = use_words()
        tags.append((words["items" if chosen.is_of_items else "evidence"], "use"))
    return tags
