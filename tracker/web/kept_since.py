"""What somebody else kept of a report since a clerk opened it, beside what the clerk wrote."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.documents.reading.entries import Entry
from tracker.domain.sentences import N_, Sentence
from tracker.web.draft_page import DraftPage

WHERE = {
    "indicator": N_("Measure %(number)s, indicator"),
    "title": N_("Measure %(number)s, title"),
    "analysis": N_("Measure %(number)s, analysis"),
    "steps": N_("Measure %(number)s, steps"),
    "words": N_("Measure %(number)s, time frame"),
    "divisions": N_("Measure %(number)s, responsible"),
    "budget": N_("Measure %(number)s, budget"),
    "success": N_("Measure %(number)s, success indicator"),
}


@dataclass(frozen=True)
class Kept:
    """A field that reads otherwise in what was kept: its id, where it is, and what was kept there."""

    at: str
    where: Sentence
    text: str


def kept_since(typed: DraftPage, kept: DraftPage, page: int) -> list[Kept]:
    """Return the fields of a page in which what was kept differs from what was typed."""
    shown = {entry.key: entry for entry in typed.entries_on(page)}
    return [
        Kept(f"m{entry.key}-{name}", Sentence(WHERE[name], {"number": entry.number}), text)
        for entry in kept.entries
        if entry.key in shown and entry.is_standing
        for name, text in _texts(entry)
        if text != dict(_texts(shown[entry.key]))[name]
    ]


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    measure = entry.reading.measure
    yield "indicator", str(measure.indicator or "")
    yield "title", measure.title
    yield "analysis", "\n".join(measure.analysis)
    yield "steps", "\n".join(measure.steps)
    yield "words", entry.words
    yield "divisions", ", ".join(division.name for division in entry.reading.responsible.divisions)
    yield "budget", measure.budget
    yield "success", measure.success
