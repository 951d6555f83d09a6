"""My settings of notices: the hour, the channels, the pause, and in words what comes of them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.sending_hours import USUAL
from tracker.queries import channel_addresses
from tracker.queries import preferences as queries
from tracker.services import preferences
from tracker.web import access
from tracker.web.forms.preferences import PreferencesForm

bp = Blueprint("preferences", __name__, url_prefix="/notices/settings")


@bp.get("")
@access.signed_in
def show() -> str:
    return _page()


@bp.post("")
@access.signed_in
def save() -> Any:
    user = access.user()
    preference = queries.of_user(user.id)
    form = PreferencesForm.of(preference, channel_addresses.of_user(user.id))
    if not form.validate_on_submit():
        return _page(form), 422
    preferences.change(
        user=user,
        wishes=form.wishes(),
        # Who has no e-mail address is not asked: what they chose while they had one stays.
        wants_mail=bool(form.wants_mail.data) if user.email else preference is None or preference.wants_mail,
        addresses_on=form.addresses.data or [],
    )
    flash(gettext("Your settings are saved."), "success")
    return redirect(url_for("preferences.show"))


def _page(form: PreferencesForm | None = None) -> str:
    """Show the form, and what is saved in words."""
    user = access.user()
    preference, addresses = queries.of_user(user.id), channel_addresses.of_user(user.id)
    wishes = preference.wishes if preference else USUAL
    ways = [user.email] if user.email and (preference is None or preference.wants_mail) else []
    return render_template(
        "preferences/show.html",
        form=form or PreferencesForm.of(preference, addresses),
        user=user,
        wishes=wishes,
        is_paused=wishes.is_paused(clock.today()),
        is_ahead=wishes.paused_to is not None and wishes.paused_to >= clock.today(),
        ways=[*ways, *(f"“{address.label}”" for address in addresses if address.is_on)],
        has_addresses=bool(addresses),
    )
