"""Items that must be open to the public: the year's list, an item, its addresses."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.disclosures import Standing
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import DisclosureItem
from tracker.queries import disclosures as queries
from tracker.services import disclosures
from tracker.web import access
from tracker.web.disclosure_filters import STANDING, as_years, view_of, year_in_view, years_in_use
from tracker.web.forms.disclosures import AddressForm, ItemForm
from tracker.web.loaders import disclosure_address_or_404, disclosure_item_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("disclosures", __name__, url_prefix="/disclosures")


@bp.get("")
@access.signed_in
def index() -> str:
    return _list_page(_item_form())


@bp.post("")
@access.allowed(Act.KEEP_LINKS)
def add() -> Any:
    form, year = _item_form(), year_in_view()
    if not form.validate_on_submit():
        return _list_page(form), 422
    try:
        item = disclosures.add(
            organization_id=access.user().organization_id, fiscal_year=year, **form.values(), **_who_and_when()
        )
    except Refusal as refusal:
        db.session.rollback()
        return _list_page(_item_form(), problem=problem_of(refusal)), 422
    flash(gettext("%(code)s is added. Say next where it is shown.", code=item.code), "success")
    return redirect(url_for("disclosures.show", item_id=item.id))


@bp.get("/<int:item_id>")
@access.signed_in
def show(item_id: int) -> str:
    return _page(disclosure_item_or_404(item_id))


@bp.post("/<int:item_id>")
@access.allowed(Act.KEEP_LINKS)
def change(item_id: int) -> Any:
    item = disclosure_item_or_404(item_id)
    form = _item_form(item)
    if not form.validate_on_submit():
        return _page(item, form=form), 422
    try:
        disclosures.change(item=item, is_confirmed=form.is_confirmed.data, **form.values(), **_who_and_when())
    except Refusal as refusal:
        return _refused(item_id, problem_of(refusal))
    flash(gettext("%(code)s is saved.", code=item.code), "success")
    return redirect(url_for("disclosures.show", item_id=item_id))


@bp.post("/<int:item_id>/retirement")
@access.allowed(Act.KEEP_LINKS)
def retire(item_id: int) -> Any:
    item = disclosure_item_or_404(item_id)
    disclosures.retire(item=item, **_who_and_when())
    flash(gettext("%(code)s is no longer in the list. Its addresses stay, and it can be brought back.", code=item.code))
    return redirect(url_for("disclosures.show", item_id=item_id))


@bp.post("/<int:item_id>/restoration")
@access.allowed(Act.KEEP_LINKS)
def bring_back(item_id: int) -> Any:
    item = disclosure_item_or_404(item_id)
    try:
        disclosures.bring_back(item=item, **_who_and_when())
    except Refusal as refusal:
        return _refused(item_id, problem_of(refusal, ""))
    flash(gettext("%(code)s is in the list again.", code=item.code), "success")
    return redirect(url_for("disclosures.show", item_id=item_id))


@bp.post("/<int:item_id>/addresses")
@access.allowed(Act.KEEP_LINKS)
def add_address(item_id: int) -> Any:
    item, form = disclosure_item_or_404(item_id), AddressForm()
    if not form.validate_on_submit():
        return _page(item, address_form=form), 422
    written, title = form.url.data or "", form.name.data or ""
    try:
        disclosures.add_address(item=item, written=written, title=title, **_who_and_when())
    except Refusal as refusal:
        return _refused(item_id, problem_of(refusal, "url"))
    flash(gettext("The address is added and will be checked soon."), "success")
    return redirect(url_for("disclosures.show", item_id=item_id))


@bp.post("/<int:item_id>/addresses/<int:place_id>/removal")
@access.allowed(Act.KEEP_LINKS)
def remove_address(item_id: int, place_id: int) -> Any:
    address = disclosure_address_or_404(item_id, place_id)
    if address is None:
        flash(gettext("This address was removed already."), "warning")
    else:
        url = address.link.url
        disclosures.remove_address(address=address, **_who_and_when())
        flash(gettext("%(url)s is no longer an address of this item.", url=url), "success")
    return redirect(url_for("disclosures.show", item_id=item_id))


def _who_and_when() -> dict[str, Any]:
    """Return what the record of changes keeps of whoever does this."""
    return {"by": access.actor(Act.KEEP_LINKS), "now": clock.now()}


def _item_form(item: DisclosureItem | None = None) -> ItemForm:
    return ItemForm(divisions=access.user().organization.open_divisions, item=item)


def _list_page(form: ItemForm, problem: Problem | None = None) -> str:
    year = year_in_view()
    rows = queries.listed(access.user().organization_id, fiscal_year=year)
    asked = [row for row in rows if not row.item.is_retired]
    return render_template(
        "disclosures/index.html",
        year=year,
        years_=as_years(years_in_use()),
        rows=rows,
        asked=asked,
        counts={one: sum(row.standing == one for row in asked) for one in Standing},
        unconfirmed=sum(not row.item.is_confirmed for row in asked),
        view=view_of(rows),
        standings=STANDING,
        divisions=list(dict.fromkeys(row.item.division for row in rows if row.item.division)),
        form=form,
        problem=problem,
        is_adding=request.method == "POST",
    )


def _refused(item_id: int, problem: Problem) -> tuple[str, int]:
    """Show the item as it truly stands, with the reason."""
    db.session.rollback()
    return _page(disclosure_item_or_404(item_id), problem=problem), 422


def _page(
    item: DisclosureItem,
    *,
    form: ItemForm | None = None,
    address_form: AddressForm | None = None,
    problem: Problem | None = None,
) -> str:
    return render_template(
        "disclosures/show.html",
        item=item,
        form=form or address_form or _item_form(item),
        item_form=form or _item_form(item),
        address_form=address_form or AddressForm(),
        is_changing=form is not None,
        problem=problem,
        others=queries.other_years(item),
    )
