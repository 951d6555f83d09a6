"""What a person can do to the measures of a report besides writing: apply to all alike, take out, join, add."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.documents.reading.corrections import Corrections, MeasureCorrection
from tracker.documents.reading.draft import MeasureDraft
from tracker.documents.reading.entries import Entry, decided
from tracker.domain.certainty import same_words
from tracker.domain.sentences import N_, Refusal

MOST_ADDED = 50


class NothingBefore(Refusal):
    """The first measure continues none."""

    def __init__(self) -> None:
        super().__init__(N_("There is no measure before this one to join it with."))


class TooManyAdded(Refusal):
    """Somebody holds the button down, or types a plan that should be read from a file."""

    def __init__(self) -> None:
        super().__init__(N_("At most %(limit)s measures can be added to a report."), limit=MOST_ADDED)


def timed_alike(found: Iterable[Entry], entry: Entry) -> list[Entry]:
    """Return the measures whose time frame is printed in the same words, the entry among them."""
    words = same_words(entry.printed.time_frame)
    return [one for one in found if one.is_standing and same_words(one.printed.time_frame) == words]


def assigned_alike(found: Iterable[Entry], entry: Entry) -> list[Entry]:
    """Return the measures whose responsible are printed in the same words, the entry among them."""
    words = same_words(entry.printed.responsible)
    return [one for one in found if one.is_standing and same_words(one.printed.responsible) == words]


def unmatched_alike(found: Iterable[Entry], name: str) -> list[Entry]:
    """Return the measures that name the same body, whatever else they name."""
    words = same_words(name)
    return [one for one in found if one.is_standing and words in map(same_words, one.unmatched)]


def with_words_for_all(corrections: Corrections, found: Sequence[Entry], entry: Entry) -> Corrections:
    """Let every measure with the same printed time frame fall due when this one does."""
    for one in timed_alike(found, entry):
        words = entry.words if entry.words != one.printed.time_frame else None
        corrections = corrections.with_measure(one.key, replace(one.correction, schedule_words=words))
    return corrections


def with_divisions_for_all(corrections: Corrections, found: Sequence[Entry], entry: Entry) -> Corrections:
    """Let every measure with the same printed responsible be the work of this one's divisions."""
    names = tuple(one.name for one in entry.reading.responsible.divisions)
    for one in assigned_alike(found, entry):
        chosen = None if set(names) == {division.name for division in one.named} else names
        corrections = corrections.with_measure(one.key, replace(one.correction, division_names=chosen))
    return corrections


def with_meaning(corrections: Corrections, alike: Iterable[Entry], name: str, meant: Sequence[str]) -> Corrections:
    """Let a body that is no division mean these divisions, or none, in each of the measures."""
    for one in alike:
        meanings = {**one.correction.meanings, same_words(name): tuple(meant)}
        corrections = corrections.with_measure(one.key, replace(one.correction, meanings=meanings))
    return corrections


def taken_out(corrections: Corrections, entry: Entry, *, is_out: bool) -> Corrections:
    """Leave a measure out of the plan, or bring it back."""
    return corrections.with_measure(entry.key, replace(entry.correction, is_out=is_out))


def joined(corrections: Corrections, found: Sequence[Entry], entry: Entry) -> Corrections:
    """
    Make a measure the rest of the one before: a page break tore it.

    :raises NothingBefore: if it is the first
    """
    keys = [one.key for one in found]
    earlier = [one for one in found[: keys.index(entry.key)] if one.is_standing]
    if not earlier:
        raise NothingBefore()
    whole = earlier[-1]
    corrections = corrections.with_measure(
        whole.key, replace(_joined(whole, entry), before_join=replace(whole.correction, before_join=None))
    )
    for one in found:
        if one.key == entry.key or one.correction.joined_to == entry.key:
            corrections = corrections.with_measure(one.key, replace(one.correction, joined_to=whole.key))
    return corrections


def parted(corrections: Corrections, found: Sequence[Entry], entry: Entry) -> Corrections:
    """Make a joined measure one of its own again; the other is as before, unless it was corrected since."""
    whole = next((one for one in found if one.key == entry.correction.joined_to), None)
    corrections = corrections.with_measure(entry.key, replace(entry.correction, joined_to=""))
    if whole is None or whole.correction.before_join is None:
        return corrections
    before = whole.correction.before_join
    is_untouched = _joined(_as_it_was(whole, before), entry) == replace(whole.correction, before_join=None)
    kept = before if is_untouched else replace(whole.correction, before_join=None)
    return corrections.with_measure(whole.key, kept)


def with_another(corrections: Corrections) -> tuple[Corrections, str]:
    """
    Add a measure that was missed, and return its key as well.

    :raises TooManyAdded: if there are too many
    """
    if len(corrections.added) >= MOST_ADDED:
        raise TooManyAdded()
    key = f"n{len(corrections.added) + 1}"
    return replace(corrections, added=(*corrections.added, key)), key


def _joined(whole: Entry, rest: Entry) -> MeasureCorrection:
    one, other = whole.reading.measure, rest.reading.measure
    texts = replace(
        one,
        indicator=one.indicator or other.indicator,
        title=_run_on(one.title, other.title),
        analysis=one.analysis + other.analysis,
        steps=one.steps + other.steps,
        budget=_run_on(one.budget, other.budget),
        success=_run_on(one.success, other.success),
    )
    names = [division.name for division in (*whole.reading.responsible.divisions, *rest.reading.responsible.divisions)]
    return replace(
        decided(whole, texts=texts, words=_run_on(whole.words, rest.words), division_names=list(dict.fromkeys(names))),
        before_join=None,
    )


def _as_it_was(whole: Entry, correction: MeasureCorrection) -> Entry:
    """Return an entry as it was read with an earlier correction, as far as joining asks."""
    from_printed = {
        name: getattr(whole.printed, name) if getattr(correction, name) is None else getattr(correction, name)
        for name in ("indicator", "title", "analysis", "steps", "budget", "success")
    }
    chosen = correction.division_names
    divisions = whole.named if chosen is None else [one for one in whole.named if one.name in chosen]
    measure: MeasureDraft = replace(whole.reading.measure, **from_printed)
    responsible = replace(whole.reading.responsible, divisions=tuple(divisions))
    reading = replace(whole.reading, measure=measure, responsible=responsible, words=correction.schedule_words or "")
    return replace(whole, correction=correction, reading=reading)


def _run_on(start: str, rest: str) -> str:
    """Return a text and its rest; what is only printed again is no rest."""
    return start if same_words(rest) in ("", same_words(start)) else f"{start} {rest}".strip()
