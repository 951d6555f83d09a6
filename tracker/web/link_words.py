"""What is said of a watched address: one word, one or two sentences, and what to do."""

from flask import Flask
from flask_babel import gettext, lazy_gettext

from tracker.domain.link_histories import Look
from tracker.domain.link_sentences import VERDICT as WORDS
from tracker.domain.link_sentences import what_is_wrong, what_to_do
from tracker.domain.links import Verdict
from tracker.models import Link, LinkCheck
from tracker.web.filters import long_moment, sentence

VERDICT = {verdict: lazy_gettext(words) for verdict, words in WORDS.items()}


def link_sentence(link: Link) -> str:
    """Return how an address stands in one or two sentences: why, and since when."""
    if link.checked_at is None or link.verdict == Verdict.UNCHECKED:
        return gettext("It has not been looked at yet. That happens by itself within the day.")
    if link.cause is None:
        return gettext("It opened on %(moment)s.", moment=long_moment(link.checked_at))
    why = sentence(what_is_wrong(link.cause, link.details))
    return f"{why} {_since(link)}".rstrip()


def _since(link: Link) -> str:
    """Return since when an address cannot be opened, or that one look alone does not say so yet."""
    if link.failing_since is None:
        return ""
    if link.verdict == Verdict.BROKEN:
        return gettext("It has not opened since %(moment)s.", moment=long_moment(link.failing_since))
    return gettext(
        "So far only once: it is looked at again after %(moment)s before it counts as broken.",
        moment=long_moment(link.next_check_at),
    )


def link_remedy(link: Link) -> str:
    """Return what whoever keeps the address should do; nothing where nothing is to be done."""
    if link.cause is None or link.verdict in {Verdict.UNCHECKED, Verdict.OK}:
        return ""
    return sentence(what_to_do(link.cause))


def look_sentence(look: Look | LinkCheck) -> str:
    """Return why one look alone was not simply in order; nothing where it was."""
    return sentence(what_is_wrong(look.cause, look.details)) if look.cause else ""


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(
        link_verdict=VERDICT, link_sentence=link_sentence, link_remedy=link_remedy, look_sentence=look_sentence
    )
