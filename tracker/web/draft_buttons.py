"""The buttons of the preview: each keeps what was typed, and does one thing more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext, ngettext

from tracker.documents.reading import correcting
from tracker.documents.reading.corrections import Corrections
from tracker.documents.reading.entries import Entry
from tracker.web.draft_page import DraftPage
from tracker.web.forms.corrections import Form, Pressed, meaning


@dataclass(frozen=True)
class Outcome:
    """What is decided after a button: the corrections, where the page goes on, and what it says."""

    corrections: Corrections
    at: str = ""
    said: str = ""
    page: int = 1
    is_check: bool = False


def press(pressed: Pressed, page: DraftPage, form: Form) -> Outcome:
    """
    Do what a button says to the report as typed; a button that is none only keeps.

    :raises Refusal: if it cannot be done
    """
    shown = form.get("page", 1, type=int)
    if pressed.verb == "check":
        return Outcome(page.corrections, is_check=True)
    if pressed.verb == "page" and pressed.what.isascii() and pressed.what.isdigit():
        return Outcome(page.corrections, page=int(pressed.what[:6]))
    if pressed.verb in _OF_THE_REPORT:
        return _OF_THE_REPORT[pressed.verb](pressed.what, page)
    key, _, more = pressed.what.partition(":")
    entry = page.entry(key)
    if pressed.verb in _OF_A_MEASURE and entry is not None:
        return _OF_A_MEASURE[pressed.verb](entry, page)
    if pressed.verb == "all-means" and entry is not None and more.isdecimal() and len(more) < 4:
        return _mean_for_all(entry, int(more), page, form)
    said = gettext("Your corrections are kept. Nothing has been created yet.")
    return Outcome(page.corrections, said=said, page=shown)


def _go(at: str, page: DraftPage) -> Outcome:
    return Outcome(page.corrections, at=at)


def _see(mark: str, page: DraftPage) -> Outcome:
    at = mark.partition(":")[0]
    following = page.next_of.get(at)
    return Outcome(_seen(page, {mark}), at=following.at if following else at)


def _see_again(mark: str, page: DraftPage) -> Outcome:
    seen = page.corrections.seen - {mark}
    return Outcome(replace(page.corrections, seen=seen), at=mark.partition(":")[0])


def _see_kind(kind: str, page: DraftPage) -> Outcome:
    return Outcome(_seen(page, {spot.mark for spot in page.to_look_at if spot.kind == kind}), at="doubts")


def _seen(page: DraftPage, marks: set[str]) -> Corrections:
    """Note what was looked at; what stands there no more is forgotten."""
    known = {spot.mark for spot in page.spots.values()}
    return replace(page.corrections, seen=frozenset((page.corrections.seen | marks) & known))


def _add(_: str, page: DraftPage) -> Outcome:
    corrections, key = correcting.with_another(page.corrections)
    return Outcome(corrections, at=f"m{key}-indicator")


def _take_out(entry: Entry, page: DraftPage) -> Outcome:
    said = gettext("The measure will not be in the plan. You can bring it back.")
    return Outcome(correcting.taken_out(page.corrections, entry, is_out=True), at=f"m{entry.key}", said=said)


def _bring_back(entry: Entry, page: DraftPage) -> Outcome:
    return Outcome(correcting.taken_out(page.corrections, entry, is_out=False), at=f"m{entry.key}-title")


def _join(entry: Entry, page: DraftPage) -> Outcome:
    corrections = correcting.joined(page.corrections, page.entries, entry)
    said = gettext("The measure was joined with the one before.")
    return Outcome(corrections, at=f"m{corrections.of(entry.key).joined_to}-steps", said=said)


def _part(entry: Entry, page: DraftPage) -> Outcome:
    return Outcome(correcting.parted(page.corrections, page.entries, entry), at=f"m{entry.key}-title")


def _words_for_all(entry: Entry, page: DraftPage) -> Outcome:
    count = len(correcting.timed_alike(page.entries, entry))
    corrections = correcting.with_words_for_all(page.corrections, page.entries, entry)
    return Outcome(corrections, at=f"m{entry.key}-words", said=_applied(count))


def _divisions_for_all(entry: Entry, page: DraftPage) -> Outcome:
    count = len(correcting.assigned_alike(page.entries, entry))
    corrections = correcting.with_divisions_for_all(page.corrections, page.entries, entry)
    return Outcome(corrections, at=f"m{entry.key}-divisions", said=_applied(count))


def _mean_for_all(entry: Entry, place: int, page: DraftPage, form: Form) -> Outcome:
    """Give a body the meaning chosen for it in one measure wherever it is named; the one itself has it already."""
    name = form.get(f"m{entry.key}-name-{place}", "")
    choice = form.get(f"m{entry.key}-means-{place}", "")
    everyone = [division.name for division in page.divisions]
    meant = meaning(form, key=entry.key, choice=choice, everyone=everyone)
    at = f"m{entry.key}-divisions"
    if meant is None or not name:
        return Outcome(page.corrections, at=f"m{entry.key}-means-{place}", said=gettext("Choose what it means first."))
    alike = correcting.unmatched_alike(page.entries, name)
    return Outcome(correcting.with_meaning(page.corrections, alike, name, meant), at=at, said=_applied(len(alike) + 1))


def _applied(count: int) -> str:
    return ngettext("It counts for %(num)d measure now.", "It counts for %(num)d measures now.", count)


_OF_THE_REPORT: Mapping[str, Callable[[str, DraftPage], Outcome]] = {
    "go": _go,
    "seen": _see,
    "unseen": _see_again,
    "seen-kind": _see_kind,
    "add": _add,
}
_OF_A_MEASURE: Mapping[str, Callable[[Entry, DraftPage], Outcome]] = {
    "out": _take_out,
    "back": _bring_back,
    "join": _join,
    "part": _part,
    "all-words": _words_for_all,
    "all-divisions": _divisions_for_all,
}
