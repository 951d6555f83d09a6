"""What a command says when it cannot do what was asked: a sentence, and exit 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError, ProgrammingError

from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.web.filters import sentence


class NoDatabase(Refusal):
    """The tables are not there yet, or the server is not."""

    def __init__(self) -> None:
        super().__init__(N_("The database cannot be used. Run “flask --app wsgi db upgrade” first, and try again."))


@contextmanager
def refusals_as_sentences() -> Iterator[None]:
    """Say why something could not be done, leave nothing behind, and end with exit code 1."""
    try:
        with force_locale("th"):
            yield
    except Refusal as refusal:
        _give_up(refusal)
    except (OperationalError, ProgrammingError):
        _give_up(NoDatabase())


def _give_up(refusal: Refusal) -> NoReturn:
    db.session.rollback()
    with force_locale("th"):
        click.echo(sentence(refusal.sentence), err=True)
    sys.exit(1)
