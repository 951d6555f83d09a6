"""A reading as plain values for JSON: what `import-report --dry-run` prints."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.preview import MeasureReading, Question, ReportReading
from tracker.domain.consistency import Doubt, Subject
from tracker.domain.deadlines import Festival
from tracker.domain.findings import Finding
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.scores import rounded
from tracker.domain.sentences import Sentence


def as_json(
    reading: ReportReading,
    *,
    rounds: Sequence[date],
    festivals: Sequence[Festival],
    translate: Callable[[Sentence], str] = str,
) -> dict[str, Any]:
    """
    Return a reading as values that JSON knows.

    Years are พ.ศ. and days ISO; scores are decimal texts with two decimals and Arabic digits. `translate` renders the
    sentences of the doubts.
    """
    draft = reading.draft
    return {
        "organization": draft.organization,
        "plan_year": reading.plan_year,
        "assessment_year": draft.assessment_year,
        **_scores(draft),
        "level": draft.level,
        "items": [
            {"instrument": str(item.instrument), "code": item.code, "score": _score(item.score)} for item in draft.items
        ],
        "findings": [_finding(one) for one in draft.findings],
        "unanswered": [_finding(one) for one in reading.unanswered],
        "measures": [_measure(one, rounds, festivals) for one in reading.measures],
        "doubts": [_doubt(one, translate) for one in reading.doubts],
        "tasks": reading.task_count(rounds=rounds, festivals=festivals),
    }


def _scores(draft: ReportDraft) -> dict[str, Any]:
    instruments = {str(one): _by_year(draft.scores(Subject(one))) for one in Instrument}
    indicators = {str(one.number): _by_year(draft.scores(Subject(indicator=one.number))) for one in INDICATORS}
    return {
        "overall": _by_year(draft.scores(Subject())),
        "instruments": {name: years for name, years in instruments.items() if years},
        "indicators": {name: years for name, years in indicators.items() if years},
    }


def _by_year(scores: Mapping[int, Decimal]) -> dict[str, str]:
    return {str(year): _score(score) for year, score in sorted(scores.items())}


def _score(score: Decimal) -> str:
    return str(rounded(score))


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "indicator": finding.indicator,
        "instrument": str(finding.instrument),
        "items": list(finding.items),
        "text": finding.text,
        "recommendation": finding.recommendation,
    }


def _measure(reading: MeasureReading, rounds: Sequence[date], festivals: Sequence[Festival]) -> dict[str, Any]:
    measure, time_frame = reading.measure, reading.time_frame
    days = time_frame.deadlines(rounds=rounds, festivals=[festival.due_on for festival in festivals])
    return {
        "indicator": measure.indicator,
        "title": measure.title,
        "analysis": list(measure.analysis),
        "steps": [{"text": step.text, "kind": str((step.own_time_frame or time_frame).kind)} for step in reading.steps],
        "time_frame": {
            "text": measure.time_frame,
            "kind": str(time_frame.kind),
            "deadlines": [day.isoformat() for day in days],
        },
        "responsible": {
            "text": measure.responsible,
            "divisions": [division.name for division in reading.responsible.divisions],
            "unmatched": list(reading.responsible.unmatched),
        },
    }


def _doubt(doubt: Doubt | Question, translate: Callable[[Sentence], str]) -> dict[str, str]:
    return {
        "where": translate(doubt.where),
        "printed": doubt.printed,
        "expected": doubt.expected,
        "why": translate(doubt.why),
    }
