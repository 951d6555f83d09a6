"""What is said of a watched address: one word, one sentence, and what to do."""

from flask import Flask
from flask_babel import gettext, lazy_gettext

from tracker.domain.links import Verdict
from tracker.models import Link
from tracker.web.filters import long_moment

VERDICT = {
    Verdict.UNCHECKED: lazy_gettext("not checked yet"),
    Verdict.OK: lazy_gettext("opens"),
    Verdict.CAUTION: lazy_gettext("needs a look"),
    Verdict.BROKEN: lazy_gettext("cannot be opened"),
}


def link_sentence(link: Link) -> str:
    """Return how an address stands in one or two sentences."""
    if link.checked_at is None or link.verdict == Verdict.UNCHECKED:
        return gettext("It has not been looked at yet. That happens by itself within the day.")
    if link.verdict == Verdict.OK:
        return gettext("It opened on %(moment)s.", moment=long_moment(link.checked_at))
    if link.failing_since is None:
        return gettext("A person should look at it.")
    if link.verdict == Verdict.BROKEN:
        since = gettext("It has not opened since %(moment)s.", moment=long_moment(link.failing_since))
        return f"{gettext('It cannot be opened.')} {since}"
    again = gettext(
        "It could not be opened once; it is looked at again on %(moment)s before anybody is told that it is broken.",
        moment=long_moment(link.next_check_at),
    )
    return f"{gettext('It cannot be opened.')} {again}"


def link_remedy(link: Link) -> str:
    """Return what whoever keeps the address should do; nothing where nothing is to be done."""
    if link.verdict in {Verdict.UNCHECKED, Verdict.OK}:
        return ""
    return gettext("Open the address yourself and correct it where it has moved.")


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(link_verdict=VERDICT, link_sentence=link_sentence, link_remedy=link_remedy)
