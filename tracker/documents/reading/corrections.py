"""What a person decided about the readings of a report: plain values that a draft's row keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

_LISTS = ("analysis", "steps", "division_names")


@dataclass(frozen=True)
class MeasureCorrection:
    """
    What a person decided about one measure; None leaves what was read.

    `meanings` are the divisions meant by words that are none, by `same_words` of them. `joined_to` is the key of the
    measure that this one is the rest of, and `before_join` what had been decided about that one until then.
    """

    indicator: int | None = None
    title: str | None = None
    analysis: tuple[str, ...] | None = None
    steps: tuple[str, ...] | None = None
    schedule_words: str | None = None
    division_names: tuple[str, ...] | None = None
    budget: str | None = None
    success: str | None = None
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_out: bool = False
    joined_to: str = ""
    before_join: "MeasureCorrection | None" = None

    def to_json(self) -> dict[str, Any]:
        """Return what was decided as values that JSON knows; what was left as read is left out."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        decided = {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items() if value}
        decided |= {name: [] for name in _LISTS if kept[name] == ()} | {
            name: "" for name in ("title", "budget", "success") if kept[name] == ""
        }
        if self.meanings:
            decided["meanings"] = {words: list(names) for words, names in self.meanings.items()}
        return decided | ({"before_join": self.before_join.to_json()} if self.before_join else {})

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "MeasureCorrection":
        """Return what `to_json` wrote, or what was kept before more than three fields could be corrected."""
        lists = {name: tuple(kept[name]) for name in _LISTS if kept.get(name) is not None}
        before = kept.get("before_join")
        return cls(
            **{one.name: kept[one.name] for one in fields(cls) if one.name in kept}
            | lists
            | {
                "schedule_words": kept.get("schedule_words") or None,
                "indicator": kept["indicator"] if kept.get("indicator") in range(1, 11) else None,
                "meanings": {words: tuple(names) for words, names in kept.get("meanings", {}).items()},
                "before_join": cls.from_json(before) if before is not None else None,
            }
        )


NOTHING = MeasureCorrection()


@dataclass(frozen=True)
class Corrections:
    """
    Everything a person decided about a report.

    Measures go by the key that `entries` gives them; those with a key of `added` stand in no report. `scores` are
    decimal texts by the place of the printed figure; `seen` are the marks of what was looked at and found right.
    """

    year: int | None = None
    assessment_year: int | None = None
    level: str | None = None
    measures: Mapping[str, MeasureCorrection] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    scores: Mapping[str, str] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()

    def of(self, key: str) -> MeasureCorrection:
        """Return what was decided about a measure."""
        return self.measures.get(key, NOTHING)

    def with_measure(self, key: str, correction: MeasureCorrection) -> "Corrections":
        """Return the corrections with another decision about one measure."""
        return replace(self, measures={**self.measures, key: correction})

    def to_json(self) -> dict[str, Any]:
        """Return the corrections as values that JSON knows; `from_json` gives the same back."""
        measures = {key: kept for key, one in self.measures.items() if (kept := one.to_json())}
        whole = {
            "year": self.year,
            "assessment_year": self.assessment_year,
            "level": self.level,
            "measures": measures,
            "added": list(self.added),
            "scores": dict(self.scores),
            "seen": sorted(self.seen),
        }
        return {name: value for name, value in whole.items() if value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Corrections":
        """Return what `to_json` wrote; measures kept as a list go by their place in it."""
        measures = kept.get("measures", {})
        by_key = measures if isinstance(measures, Mapping) else {str(at): one for at, one in enumerate(measures)}
        return cls(
            year=kept.get("year"),
            assessment_year=kept.get("assessment_year"),
            level=kept.get("level"),
            measures={key: MeasureCorrection.from_json(one) for key, one in by_key.items()},
            added=tuple(kept.get("added", ())),
            scores=dict(kept.get("scores", {})),
            seen=frozenset(kept.get("seen", ())),
        )


def renamed(kept: Mapping[str, Any], *, before: str, after: str) -> dict[str, Any]:
    """Return kept corrections in which what was decided for a division stands for it under its new name."""
    corrections = Corrections.from_json(kept)
    measures = {key: _renamed(one, before, after) for key, one in corrections.measures.items()}
    return dict(kept) if measures == corrections.measures else replace(corrections, measures=measures).to_json()


def _renamed(correction: MeasureCorrection, before: str, after: str) -> MeasureCorrection:
    def names(given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(after if name == before else name for name in given)

    chosen, earlier = correction.division_names, correction.before_join
    return replace(
        correction,
        division_names=names(chosen) if chosen is not None else None,
        meanings={words: names(given) for words, given in correction.meanings.items()},
        before_join=_renamed(earlier, before, after) if earlier else None,
    )
