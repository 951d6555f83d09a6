"""The words for results: what is scored, which level was reached, what became of a score; none names a cause."""

from decimal import Decimal

from flask_babel import gettext, lazy_gettext

from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.results import OVERALL, History, Outcome, Result, key_of
from tracker.domain.scores import LEVEL_TH, Level
from tracker.web.filters import indicator_name, score

INSTRUMENT = {
    Instrument.IIT: "IIT",
    Instrument.EIT1: lazy_gettext("EIT part 1"),
    Instrument.EIT2: lazy_gettext("EIT part 2"),
    Instrument.OIT: "OIT",
}

LEVEL = {
    Level.EXCELLENT: lazy_gettext("passed with excellence"),
    Level.GOOD: lazy_gettext("passed well"),
    Level.PASS: lazy_gettext("passed"),
    Level.IMPROVE: lazy_gettext("must improve"),
    Level.URGENT: lazy_gettext("must improve urgently"),
}

PRINTED = {words: level for level, words in LEVEL_TH.items()}  # what reports print, in the reader's language as well

OUTCOME = {
    Outcome.IMPROVED: lazy_gettext("higher"),
    Outcome.DECLINED: lazy_gettext("lower"),
    Outcome.UNCHANGED: lazy_gettext("unchanged"),
    Outcome.KEPT_FULL: lazy_gettext("kept at the full score"),
    Outcome.TOO_EARLY: lazy_gettext("too early"),
    Outcome.NOT_IMPORTED: lazy_gettext("no result yet"),
    Outcome.NO_SCORE: lazy_gettext("cannot be compared"),
}


def subjects() -> dict[str, str]:
    """Return what is scored, by key: the overall result, the four instruments, the ten indicators."""
    return (
        {OVERALL: gettext("Overall score")}
        | {str(one): str(INSTRUMENT[one]) for one in Instrument}
        | {key_of(one.number): f"{one.number} {indicator_name(one)}" for one in INDICATORS}
    )


def level_words(result: Result) -> str:
    """Return the level as its report printed it, else as it follows from the scores; nothing where neither is known."""
    level = PRINTED.get(result.printed_level, result.derived_level if not result.printed_level else None)
    return str(LEVEL[level]) if level else result.printed_level


def level_source(result: Result) -> str:
    """Return where the words of the level come from."""
    if result.printed_level:
        return gettext("as printed")
    return gettext("by today's rules") if result.derived_level else ""


def result_words(history: History) -> str:
    """Return in one sentence what the newest result says, against the year before where that is known."""
    year = history.years[-1]
    result, difference = history.of(year), history.change(OVERALL, year)
    said = gettext("Overall score of %(year)s: %(score)s", year=year, score=score(result.scores.get(OVERALL)))
    if level := level_words(result):
        said = f"{said} ({level})"
    return said if difference is None else f"{said} – {_against(difference, year - 1)}"


def _against(points: Decimal, year: int) -> str:
    values = {"points": score(abs(points)), "year": year}
    if not points:
        return gettext("the same as in %(year)s", **values)
    if points > 0:
        return gettext("%(points)s higher than in %(year)s", **values)
    return gettext("%(points)s lower than in %(year)s", **values)


def tally_words(history: History, year: int) -> str:
    """Return how many indicators rose, fell and stayed from the year before to this one."""
    tally = history.tally(year)
    return gettext(
        "Scores of indicators, %(before)s to %(year)s: %(up)s higher, %(down)s lower, %(same)s unchanged",
        before=year - 1,
        year=year,
        up=tally.improved,
        down=tally.declined,
        same=tally.same,
    )
