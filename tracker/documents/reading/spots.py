"""Every reading of a report with its certainty: where it stands on the page, and what a person should look at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.entries import Entry
from tracker.documents.reading.preview import ReportReading
from tracker.domain import certainty
from tracker.domain.certainty import Certainty, Judgement
from tracker.domain.consistency import Doubt, Figure
from tracker.domain.responsibles import Division
from tracker.domain.sentences import N_, Sentence
from tracker.domain.timeframes import Kind


@dataclass(frozen=True)
class Spot:
    """
    A reading: `at` is the id of its field, `where` says the same in words.

    What `stops` is no matter of looking: no plan can be made before it is corrected.
    """

    at: str
    where: Sentence
    judgement: Judgement
    printed: str = ""
    expected: str = ""
    stops: bool = False

    @property
    def mark(self) -> str:
        """Return what stands for this very doubt once somebody has looked: another value is another doubt."""
        why = self.judgement.why
        return f"{self.at}:{sha256(f'{why}{self.printed}'.encode()).hexdigest()[:10]}"

    @property
    def kind(self) -> str:
        """Return what doubts for the same reason have in common."""
        return sha256(self.judgement.why.message.encode()).hexdigest()[:10] if self.judgement.why else ""

    def needs_a_look(self, seen: frozenset[str]) -> bool:
        """Say whether a person still has to look at it."""
        return self.stops or (self.judgement.certainty.needs_a_look and self.mark not in seen)


def spots_of(entry: Entry, divisions: Sequence[Division]) -> Iterator[Spot]:
    """Yield the readings of a measure that will be in the plan; one that will not asks for nothing."""
    if not entry.is_standing:
        return
    measure, frame, number = entry.reading.measure, entry.reading.time_frame, {"number": entry.number}
    yield Spot(
        f"m{entry.key}-indicator",
        Sentence(N_("Measure %(number)s, indicator"), number),
        certainty.of_indicator(measure.indicator, is_named=_is_named(entry)),
        stops=measure.indicator is None,
    )
    title = Sentence(N_("Measure %(number)s, title"), number)
    yield Spot(f"m{entry.key}-title", title, certainty.of_title(measure.title), measure.title, stops=not measure.title)
    steps = Sentence(N_("Measure %(number)s, steps"), number)
    yield Spot(f"m{entry.key}-steps", steps, certainty.of_steps(measure.steps))
    yield Spot(
        f"m{entry.key}-words",
        Sentence(N_("Measure %(number)s, time frame"), number),
        certainty.of_time_frame(entry.words, frame),
        entry.words,
        stops=bool(entry.reading.words) and frame.kind == Kind.UNCLEAR,
    )
    yield from _of_responsible(entry, divisions, Sentence(N_("Measure %(number)s, responsible"), number))


def spots_of_report(report: ReportDraft, reading: ReportReading, *, year: int | None, own_name: str) -> Iterator[Spot]:
    """
    Yield what is doubtful about a report as a whole: whose it is, its year, the scores and what is said of them.

    :param report: as corrected
    :param year: the fiscal year (พ.ศ.) that the report or a person names
    :param own_name: the organization that the plan will be of
    """
    if report.organization not in ("", own_name):
        names = {"name": report.organization, "own": own_name}
        why = Sentence(N_("The report names “%(name)s”. It will become a plan of %(own)s."), names)
        where = Sentence(N_("Organization"))
        yield Spot("organization", where, Judgement(Certainty.LOOK, why), report.organization)
    if year is None:
        why = Sentence(N_("The report does not say for which fiscal year it plans. Please give the year."))
        where = Sentence(N_("Fiscal year of the plan"))
        yield Spot("year", where, Judgement(Certainty.UNREADABLE, why), stops=True)
    if not reading.measures:
        why = Sentence(N_("No measure is left to make a plan of."))
        yield Spot("add", Sentence(N_("Measures")), Judgement(Certainty.UNREADABLE, why), stops=True)
    for doubt in reading.doubts:
        if isinstance(doubt, Doubt):
            yield Spot(
                _place_of(doubt, report),
                doubt.where,
                Judgement(Certainty.LOOK, doubt.why),
                doubt.printed,
                doubt.expected,
            )


def to_look_at(spots: Iterable[Spot], seen: frozenset[str]) -> list[Spot]:
    """Return what a person still has to look at, in the order given."""
    return [spot for spot in spots if spot.needs_a_look(seen)]


def _is_named(entry: Entry) -> bool:
    return entry.names_indicator or entry.correction.indicator is not None


def _of_responsible(entry: Entry, divisions: Sequence[Division], where: Sentence) -> Iterator[Spot]:
    responsible = entry.reading.responsible
    for place, name in enumerate(entry.unmatched):
        yield Spot(f"m{entry.key}-means-{place}", where, certainty.of_unmatched(), name)
    if responsible.divisions or not entry.unmatched:
        read = entry.printed.responsible if entry.printed.responsible_words is None else entry.printed.responsible_words
        text = read if entry.correction.division_names is None else ""
        is_settled = entry.correction.division_names == () or bool(entry.correction.meanings)
        is_nobody = is_settled and not responsible.divisions  # and a person says so
        judgement = certainty.CERTAIN if is_nobody else certainty.of_divisions(text, responsible, divisions)
        yield Spot(f"m{entry.key}-divisions", where, judgement, entry.printed.responsible)


def _place_of(doubt: Doubt, report: ReportDraft) -> str:
    if isinstance(doubt.about, Figure):
        return f"score-{report.figures.index(doubt.about)}"
    return f"claim-{report.claims.index(doubt.about)}"
