"""Where words that look like personal data stand in what the public would see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext, lazy_gettext

from tracker.domain.personal_words import Personal, personal_words
from tracker.domain.public_plans import PublicMeasure, PublicPlan, PublicTask

PERSONAL = {
    Personal.NAME: lazy_gettext("looks like a person's name"),
    Personal.ID_NUMBER: lazy_gettext("looks like an identity number"),
    Personal.PHONE: lazy_gettext("looks like a telephone number"),
    Personal.MAIL: lazy_gettext("is a mail address"),
    Personal.BANK_ACCOUNT: lazy_gettext("looks like a bank account"),
    Personal.LINE: lazy_gettext("looks like an account of LINE"),
    Personal.HOUSE: lazy_gettext("looks like the number of a house"),
}


@dataclass(frozen=True)
class Suspect:
    """Words that look like personal data, and where somebody looks at them and sets them right."""

    words: str
    looks_like: str
    where: str
    address: str


def warnings(shown: PublicPlan) -> list[Suspect]:
    """Return what is worth a second look before the public sees it, in the order of the page."""
    return [one for measure in shown.measures for one in _of_measure(measure)]


def _of_measure(measure: PublicMeasure) -> Iterator[Suspect]:
    texts = (measure.title, *measure.steps, measure.time_frame)
    yield from _in(texts, where=measure.title, address=url_for("measures.show", measure_id=measure.id))
    for task in measure.tasks:
        yield from _of_task(task, measure)


def _of_task(task: PublicTask, measure: PublicMeasure) -> Iterator[Suspect]:
    titles = [part for one in task.evidence for part in (one.title, one.url)]
    where = gettext("the report of %(division)s on “%(measure)s”", division=task.division, measure=measure.title)
    yield from _in((task.result, task.obstacles, *titles), where=where, address=url_for("tasks.show", task_id=task.id))


def _in(texts: Iterable[str], *, where: str, address: str) -> Iterator[Suspect]:
    for text in texts:
        for found in personal_words(text):
            yield Suspect(found.words, str(PERSONAL[found.kind]), where, address)
