"""The draft of a report: what it says, as plain values that can be kept in a database row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.domain.consistency import Claim, Figure, LevelClaim, RankClaim, Scope, Source, Subject
from tracker.domain.findings import Finding
from tracker.domain.indicators import Instrument
from tracker.domain.scores import LEVEL_TH, Level
from tracker.domain.sentences import Sentence


@dataclass(frozen=True)
class MeasureDraft:
    """
    A measure in the report's own words, without markup. `source` keeps the raw cells of its rows.

    `indicator` is None where the report does not say which one the measure is for. A plan's own workbook also says what
    a person decided: `words` instead of the printed time frame, `responsible_words` instead of the printed responsible,
    and for each step the words of its own rhythm, empty where it follows the measure; None says nothing of them.
    """

    indicator: int | None
    title: str
    analysis: tuple[str, ...]
    steps: tuple[str, ...]
    time_frame: str
    responsible: str
    source: tuple[tuple[str, ...], ...]
    budget: str = ""
    success: str = ""
    words: str = ""
    responsible_words: str | None = None
    step_words: tuple[str, ...] | None = None
    weight: int = 1
    needs_evidence: bool = False

    def without_cells(self) -> dict[str, Any]:
        """Return the words as values that JSON knows, the raw cells left out; `from_json` reads them back."""
        lists: dict[str, Any] = {"analysis": list(self.analysis), "steps": list(self.steps), "source": []}
        return vars(self) | lists | {"step_words": None if self.step_words is None else list(self.step_words)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "MeasureDraft":
        """Return the measure that was kept as such values."""
        lists: dict[str, Any] = {name: tuple(kept[name]) for name in ("analysis", "steps")}
        words = kept.get("step_words")
        lists["step_words"] = None if words is None else tuple(words)
        return cls(**{**kept, **lists, "source": tuple(map(tuple, kept["source"]))})


@dataclass(frozen=True)
class FailedRow:
    """A row of a plan's workbook that could not be read: its cells as written, and why."""

    cells: tuple[str, ...]
    reasons: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class ItemScore:
    """The score of one assessed question: `i1`, `e4`, `o6`."""

    instrument: Instrument
    code: str
    score: Decimal


@dataclass(frozen=True)
class ReportDraft:
    """
    What a report says. Years are พ.ศ. fiscal years; `level` is as printed (ผ่านดี), empty where there is none.

    `figures` holds every printing of every score and difference, `claims` what sentences say about them. A plan's own
    workbook also names its follow-up rounds, and has rows that `failed` to be read.
    """

    organization: str
    assessment_year: int | None
    plan_year: int | None
    level: str
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    measures: tuple[MeasureDraft, ...]
    rounds: tuple[date, ...] = ()
    failed: tuple[FailedRow, ...] = ()

    def scores(self, subject: Subject) -> dict[int, Decimal]:
        """Return the scores printed for a subject by year, as its summary table has them, else the first printed."""
        figures = [one for one in self.figures if one.subject == subject and one.minus_year is None]
        figures.sort(key=lambda one: (one.year, one.source is not Source.TABLE))
        return {one.year: one.printed for one in reversed(figures)}

    @property
    def items(self) -> tuple[ItemScore, ...]:
        """Return the scores of the questions in the assessment, in the report's order."""
        return self.items_of(self.assessment_year or 0)

    def level_of(self, year: int) -> str:
        """Return the level that the report claims for a year, in its official words; empty where it claims none."""
        levels = (claim.level for claim in self.claims if isinstance(claim, LevelClaim) and claim.year == year)
        return next((LEVEL_TH[level] for level in levels), "")

    def items_of(self, year: int | None) -> tuple[ItemScore, ...]:
        """Return the scores of the questions in a year, in the report's order."""
        return tuple(
            ItemScore(one.subject.instrument, one.subject.item, one.printed)
            for one in self.figures
            if one.subject.item and one.subject.instrument and one.year == year
        )

    def to_json(self) -> dict[str, Any]:
        """Return the draft as values that JSON knows; `from_json` gives the same draft back."""
        return {
            **vars(self),
            "figures": [_figure_to_json(one) for one in self.figures],
            "claims": [_claim_to_json(one) for one in self.claims],
            "findings": [asdict(one) for one in self.findings],
            "measures": [dict(vars(one)) for one in self.measures],
            "rounds": [day.isoformat() for day in self.rounds],
            "failed": [_failed_to_json(one) for one in self.failed],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ReportDraft":
        """Return the draft that `to_json` made these values of, also those of an older version of the program."""
        return cls(
            organization=kept["organization"],
            assessment_year=kept["assessment_year"],
            plan_year=kept["plan_year"],
            level=kept["level"],
            figures=tuple(map(_figure_from_json, kept["figures"])),
            claims=tuple(map(_claim_from_json, kept["claims"])),
            findings=tuple(map(_finding_from_json, kept["findings"])),
            measures=tuple(map(MeasureDraft.from_json, kept["measures"])),
            rounds=tuple(map(date.fromisoformat, kept.get("rounds", ()))),
            failed=tuple(map(_failed_from_json, kept.get("failed", ()))),
        )


def _figure_to_json(figure: Figure) -> dict[str, Any]:
    return asdict(figure) | {"printed": str(figure.printed)}


def _figure_from_json(kept: Mapping[str, Any]) -> Figure:
    instrument = kept["subject"]["instrument"]
    subject = Subject(
        instrument=Instrument(instrument) if instrument else None,
        indicator=kept["subject"]["indicator"],
        item=kept["subject"]["item"],
    )
    return Figure(subject, kept["year"], Decimal(kept["printed"]), Source(kept["source"]), kept["minus_year"])


def _claim_to_json(claim: Claim) -> dict[str, Any]:
    return asdict(claim)


def _claim_from_json(kept: Mapping[str, Any]) -> Claim:
    if "level" in kept:
        return LevelClaim(kept["year"], Level(kept["level"]))
    return RankClaim(kept["year"], tuple(kept["indicators"]), kept["highest"], Scope(kept["scope"]))


def _finding_from_json(kept: Mapping[str, Any]) -> Finding:
    instrument = Instrument(kept["instrument"])
    return Finding(**{**kept, "instrument": instrument, "items": tuple(kept["items"])})


def _failed_to_json(failed: FailedRow) -> dict[str, Any]:
    return {**vars(failed), "reasons": [reason.to_json() for reason in failed.reasons]}


def _failed_from_json(kept: Mapping[str, Any]) -> FailedRow:
    return FailedRow(tuple(kept["cells"]), tuple(map(Sentence.from_json, kept["reasons"])))
