"""Getting in: the first accounts, and a code for an administrator who is locked out."""

from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import gettext

from tracker import clock
from tracker.cli.refusals import refusals_as_sentences
from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import Visit, written_code
from tracker.domain.thai import clean
from tracker.extensions import db
from tracker.queries import accounts
from tracker.services import one_time_keys, second_factors, staff
from tracker.web.addresses import base, url_path


@click.command("sign-in-code")
@click.argument("username")
@click.option("--reset-second-step", is_flag=True, help="Also let the person in without the app.")
@with_appcontext
def sign_in_code(username: str, reset_second_step: bool) -> None:
    """Print a code for choosing a new password, for an administrator who is locked out. It is recorded."""
    with refusals_as_sentences():
        user = accounts.by_name(clean(username))
        if user is None:
            raise Refusal(N_("There is no account with this name."))
        here: dict[str, Any] = {"by": None, "visit": Visit(), "now": clock.now(), "machine_now": clock.machine_now()}
        code = one_time_keys.make_code(user=user, **here)
        if reset_second_step:
            second_factors.end(user=user, **here)
        db.session.commit()
        address = base() + url_path("one_time_keys.code_form")
        click.echo(
            gettext(
                "Code for %(username)s, to be used once within 7 days at %(address)s:",
                username=user.username,
                address=address,
            )
        )
        click.echo(written_code(code, group=5))


def accounts_text(accounts: list[staff.Account]) -> str:
    """Return who can sign in with which password, a line for each."""
    return "\n".join(f"{account.username:10} {account.password:14} {account.position}" for account in accounts)
