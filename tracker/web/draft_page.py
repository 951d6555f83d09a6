"""The preview of a report: everything its pages show, worked out once from what was read and what was decided."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from tracker.documents.reading.corrections import Corrections
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.entries import Entry, corrected_report, reading_of_entries
from tracker.documents.reading.preview import ReportReading
from tracker.documents.reading.spots import Spot, spots_of, spots_of_report, to_look_at
from tracker.domain.calendar import fiscal_year_of
from tracker.domain.certainty import same_words
from tracker.domain.consistency import Figure
from tracker.domain.deadlines import Festival
from tracker.domain.generation import days_by_slot
from tracker.domain.timeframes import TimeFrame, read_time_frame
from tracker.domain.timeframes.phrases import usual_phrases
from tracker.models import Division, Draft, Organization, Plan
from tracker.queries import calendars, plans
from tracker.services import drafts
from tracker.services.imports import default_rounds

PER_PAGE = 20


@dataclass(frozen=True)
class DraftPage:
    """A report as corrected, with every doubt about it. `today` (local) stands in where nobody names any year."""

    draft: Draft
    corrections: Corrections
    organization: Organization
    today: date

    @cached_property
    def printed(self) -> ReportDraft:
        """The report as it was read."""
        return drafts.report_of(self.draft)

    @cached_property
    def report(self) -> ReportDraft:
        """The report with its years, level and scores corrected."""
        return corrected_report(self.printed, self.corrections)

    @cached_property
    def year(self) -> int:
        """The fiscal year (พ.ศ.) to read by: the plan's, or where nobody says it the next after the assessment's."""
        assessed = self.report.assessment_year
        return self.report.plan_year or (assessed + 1 if assessed else fiscal_year_of(self.today))

    @cached_property
    def divisions(self) -> Sequence[Division]:
        """The divisions that can be responsible."""
        return self.organization.open_divisions

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """All measures, those left out among them."""
        return drafts.entries_of(draft=self.draft, corrections=self.corrections, year=self.year)

    @cached_property
    def standing(self) -> Sequence[Entry]:
        """The measures that will be in the plan."""
        return [entry for entry in self.entries if entry.is_standing]

    @cached_property
    def reading(self) -> ReportReading:
        """What a plan would be made of."""
        return reading_of_entries(self.report, self.entries, year=self.year)

    @cached_property
    def spots(self) -> Mapping[str, Spot]:
        """Every reading by the id of its field, in the order of the page."""
        named = [division.as_named() for division in self.divisions]
        of_report = spots_of_report(
            self.report, self.reading, year=self.report.plan_year, own_name=self.organization.name
        )
        of_measures = (spot for entry in self.entries for spot in spots_of(entry, named))
        return {spot.at: spot for spot in (*of_report, *of_measures)}

    @cached_property
    def to_look_at(self) -> Sequence[Spot]:
        """What a person still has to look at."""
        return to_look_at(self.spots.values(), self.corrections.seen)

    @cached_property
    def stops(self) -> Sequence[Spot]:
        """What must be corrected before a plan can be made."""
        return [spot for spot in self.to_look_at if spot.stops]

    @property
    def groups(self) -> Sequence[Sequence[Spot]]:
        """What is left to look at, by its reason."""
        groups: dict[str, list[Spot]] = {}
        for spot in self.to_look_at:
            groups.setdefault(spot.kind, []).append(spot)
        return list(groups.values())

    @cached_property
    def next_of(self) -> Mapping[str, Spot]:
        """By the id of a field that needs a look, the next one that does."""
        left = self.to_look_at
        return {one.at: following for one, following in zip(left, left[1:], strict=False)}

    def left_of(self, entry: Entry) -> Sequence[Spot]:
        """Return what a person still has to look at in a measure."""
        return [spot for spot in self.to_look_at if spot.at.startswith(f"m{entry.key}-")]

    def page_of(self, at: str) -> int:
        """Return on which page a field stands, from 1."""
        key = at.removeprefix("m").partition("-")[0]
        keys = [entry.key for entry in self.entries]
        return keys.index(key) // PER_PAGE + 1 if at.startswith("m") and key in keys else 1

    @property
    def page_count(self) -> int:
        """How many pages the measures take."""
        return max(1, -(-len(self.entries) // PER_PAGE))

    def entries_on(self, page: int) -> Sequence[Entry]:
        """Return the measures of a page."""
        return self.entries[(page - 1) * PER_PAGE : page * PER_PAGE]

    def entry(self, key: str) -> Entry | None:
        """Return the measure with that key, if there is one."""
        return next((one for one in self.entries if one.key == key), None)

    @cached_property
    def rounds(self) -> tuple[date, ...]:
        """The plan's follow-up rounds."""
        return default_rounds(self.year)

    @cached_property
    def _festivals(self) -> Sequence[Festival]:
        return calendars.expected_festivals(self.organization.id, fiscal_year=self.year)

    def days_of(self, frame: TimeFrame) -> Sequence[date]:
        """Return the days on which a schedule falls due."""
        return sorted(set(days_by_slot([frame], rounds=self.rounds, festivals=self._festivals).values()))

    @cached_property
    def usual_frames(self) -> Sequence[tuple[str, Sequence[date]]]:
        """The schedules to choose from where the printed one is unclear: words and the days they give."""
        phrases = usual_phrases(self.year)
        return [(words, self.days_of(read_time_frame(words, fiscal_year=self.year))) for words in phrases]

    @cached_property
    def task_count(self) -> int:
        """How many tasks the plan would have."""
        return self.tasks_by_division.total()

    @cached_property
    def tasks_by_division(self) -> Counter[str]:
        """How many tasks each division would have."""
        tally: Counter[str] = Counter()
        for one in self.standing:
            tally.update(dict.fromkeys((name.name for name in one.reading.responsible.divisions), self._slots(one)))
        return tally

    @property
    def without_tasks(self) -> Sequence[Entry]:
        """Return the measures of which no task would be made."""
        return [one for one in self.standing if not (one.reading.responsible.divisions and self._slots(one))]

    def _slots(self, entry: Entry) -> int:
        return len(days_by_slot(entry.reading.schedules, rounds=self.rounds, festivals=self._festivals))

    def alike(self, words: str) -> int:
        """Return how many measures have these words printed as time frame, as responsible, or as a body in it."""
        return self._printings[same_words(words)] if words else 0

    @cached_property
    def _printings(self) -> Counter[str]:
        times = Counter(same_words(one.printed.time_frame) for one in self.standing)
        responsible = Counter(same_words(one.printed.responsible) for one in self.standing)
        bodies = Counter(body for one in self.standing for body in set(map(same_words, one.unmatched)))
        return times | responsible | bodies

    @cached_property
    def doubted_scores(self) -> Sequence[tuple[str, Figure, Figure]]:
        """Return the figures in doubt or corrected: the id of the field, the figure as printed, and as it is now."""
        return [
            (f"score-{place}", printed, now)
            for place, (printed, now) in enumerate(zip(self.printed.figures, self.report.figures, strict=True))
            if f"score-{place}" in self.spots or printed != now
        ]

    @cached_property
    def plan_of_the_year(self) -> Plan | None:
        """The plan that the year has already."""
        return plans.of_year(self.organization.id, fiscal_year=self.year)

    def with_corrections(self, corrections: Corrections) -> "DraftPage":
        """Return the same report corrected otherwise."""
        return replace(self, corrections=corrections)
