"""Loading the demo."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from tracker import clock
from tracker.cli.accounts import accounts_text
from tracker.extensions import db
from tracker.sample import demo as demo_world
from tracker.web.addresses import base

ACCOUNTS_FILE = "demo-accounts.txt"


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing but show the accounts when there is data already.")
@with_appcontext
def demo(if_empty: bool) -> None:
    """Load the demo municipality and show who can sign in with which password."""
    file = current_app.config["SETTINGS"].instance / ACCOUNTS_FILE
    if demo_world.is_empty():
        accounts = accounts_text(demo_world.load(today=clock.today(), now=clock.now()))
        db.session.commit()
        _keep(file, accounts)
    elif not if_empty:
        click.echo("There is data in this database already; the demo is loaded into an empty one only.", err=True)
        sys.exit(1)
    with force_locale("th"):
        click.echo(gettext("What everybody may see: %(site)s/public", site=base()))
        if file.exists():
            click.echo(gettext("Who can sign in, with which password, in which position:"))
            click.echo(file.read_text(encoding="utf-8"))


def _keep(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(text + "\n", encoding="utf-8")
