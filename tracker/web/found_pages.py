"""The links of the municipality's own ITA page, offered for the items; the clerk ticks which are added."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from tracker import clock
from tracker.domain.certainty import Certainty
from tracker.domain.disclosure_matches import FoundLink, offers
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.works import WorkKind
from tracker.extensions import db
from tracker.models import DisclosureItem, FoundPage
from tracker.queries import disclosures as queries
from tracker.queries import links as watched
from tracker.queries import works
from tracker.services import found_pages
from tracker.web import access
from tracker.web.disclosure_filters import as_years, year_in_view, years_in_use
from tracker.web.forms.disclosures import PageForm
from tracker.web.loaders import found_page_or_404
from tracker.web.problems import Problem, problem_of
from tracker.web.throttles import by_person, limited

bp = Blueprint("found_pages", __name__, url_prefix="/disclosures/pages")

CERTAINTIES = tuple(Certainty)
ASKED = "30 per 10 minutes"


@bp.get("")
@access.allowed(Act.KEEP_LINKS)
def form() -> str:
    return _form_page(PageForm())


@bp.post("")
@access.allowed(Act.KEEP_LINKS)
@limited(by_person, ASKED)
def ask() -> Any:
    sent, year = PageForm(), year_in_view()
    if not sent.validate_on_submit():
        return _form_page(sent), 422
    by = access.actor(Act.KEEP_LINKS)
    page = found_pages.ask(fiscal_year=year, written=sent.url.data or "", by=by, now=clock.now())
    return redirect(url_for("found_pages.show", page_id=page.id))


@bp.get("/<int:page_id>")
@access.allowed(Act.KEEP_LINKS)
def show(page_id: int) -> str:
    return _page(found_page_or_404(page_id))


@bp.post("/<int:page_id>")
@access.allowed(Act.KEEP_LINKS)
def take(page_id: int) -> Any:
    page = found_page_or_404(page_id)
    chosen = _chosen(page)
    try:
        if not chosen:
            return _page(page, problem=Problem(gettext("Tick at least one link."))), 422
        added = found_pages.take(chosen=chosen, by=access.actor(Act.KEEP_LINKS), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(found_page_or_404(page_id), problem=problem_of(refusal, "")), 422
    flash(ngettext("%(num)d address is added.", "%(num)d addresses are added.", added), "success")
    return redirect(url_for("disclosures.index", year=page.fiscal_year))


def _items(page: FoundPage) -> list[DisclosureItem]:
    items = queries.of_year(page.organization_id, fiscal_year=page.fiscal_year)
    return [item for item in items if not item.is_retired]


def _chosen(page: FoundPage) -> list[tuple[DisclosureItem, FoundLink]]:
    """Return what was ticked: links of this page with items of its year; what is neither is passed over."""
    items = {str(item.id): item for item in _items(page)}
    links = {str(number): link for number, link in enumerate(found_pages.links_of(page))}
    pairs = (value.partition("-") for value in request.form.getlist("link"))
    return [(items[item], links[number]) for number, _, item in pairs if item in items and number in links]


def _form_page(form: PageForm) -> str:
    return render_template("disclosures/find.html", form=form, year=year_in_view(), years_=as_years(years_in_use()))


def _page(page: FoundPage, problem: Problem | None = None) -> str:
    if page.links is None:
        work = works.latest(kind=WorkKind.FIND_LINKS, subject_id=page.id)
        rules = watched.rules(page.organization_id)
        return render_template("disclosures/finding.html", page=page, work=work, rules=rules)
    items, links = _items(page), found_pages.links_of(page)
    found = offers([queries.entry_of(item) for item in items], links, fiscal_year=page.fiscal_year)
    places = {link.address: number for number, link in enumerate(links)}
    by_item = [(item, _sorted(one for one in found if one.meaning == item.meaning)) for item in items]
    return render_template(
        "disclosures/found.html",
        page=page,
        by_item=[(item, some) for item, some in by_item if some],
        without=[item for item, some in by_item if not some],
        there={item.id: {address.link.url for address in item.addresses} for item in items},
        left=[link for link in links if link.address not in {one.link.address for one in found}],
        places=places,
        ticked=set(request.form.getlist("link")),
        ticks_certain=request.args.get("ticked") == "1",
        problem=problem,
    )


def _sorted(found: Any) -> list[Any]:
    return sorted(found, key=lambda one: CERTAINTIES.index(one.judgement.certainty))
