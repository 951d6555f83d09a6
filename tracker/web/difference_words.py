"""The words for what a report says otherwise than the plan, and for what becomes of it."""

from flask_babel import gettext, lazy_gettext, ngettext

from tracker.domain.differences import Match, Sureness
from tracker.queries.differences import Change, Field
from tracker.services.reimports import Outcome
from tracker.web.filters import percent
from tracker.web.score_words import subjects

FIELD = {
    Field.RETURNED: lazy_gettext("In the plan again"),
    Field.INDICATOR: lazy_gettext("Indicator"),
    Field.TITLE: lazy_gettext("Title of the measure"),
    Field.ANALYSIS: lazy_gettext("Analysis"),
    Field.STEP: lazy_gettext("Step"),
    Field.ORDER: lazy_gettext("Order of the steps"),
    Field.TIME_FRAME: lazy_gettext("Time frame"),
    Field.RESPONSIBLE: lazy_gettext("Responsible"),
    Field.DIVISIONS: lazy_gettext("Divisions responsible"),
    Field.BUDGET: lazy_gettext("Budget"),
    Field.SUCCESS: lazy_gettext("Indicator of success"),
    Field.WEIGHT: lazy_gettext("Weight"),
    Field.NEEDS_EVIDENCE: lazy_gettext("Evidence"),
    Field.STEP_TIME_FRAME: lazy_gettext("Time frame of the step"),
}


def field_words(change: Change) -> str:
    """Return what of the measure is said otherwise."""
    if change.field == Field.STEP and not change.before:
        return gettext("New step")
    if change.field == Field.STEP and not change.after:
        return gettext("Step that left the report")
    return str(FIELD[change.field])


def sureness_words(match: Match) -> str:
    """Return how we know that the measure is the one of the plan."""
    if match.sureness == Sureness.SAME:
        return gettext("the same title")
    if match.sureness == Sureness.MOVED:
        return gettext("the same title under another indicator")
    if match.sureness == Sureness.CHOSEN:
        return gettext("as you chose")
    return gettext("alike: %(share)s", share=percent(round(100 * match.likeness)))


def score_words(key: str) -> str:
    """Return what was scored, by the key of the score; a level and findings are named too."""
    named = subjects() | {"level": gettext("Level"), "findings": gettext("Findings")}
    return named.get(key, key.upper().replace(":", " "))


def outcome_words(outcome: Outcome) -> list[str]:
    """Return in sentences what taking a report over does."""
    counted = (
        ngettext("%(num)d measure is changed", "%(num)d measures are changed", outcome.changed),
        ngettext("%(num)d measure is added", "%(num)d measures are added", outcome.added),
        ngettext("%(num)d measure leaves the plan", "%(num)d measures leave the plan", outcome.taken_out),
        gettext("%(count)s tasks are added", count=outcome.tasks.added),
        gettext("%(count)s tasks move to another day", count=outcome.tasks.moved),
        gettext("%(count)s untouched tasks are taken out", count=outcome.tasks.retired),
        gettext("%(count)s tasks with reports on them are kept, outside the schedule", count=outcome.tasks.kept),
    )
    numbers = (
        outcome.changed, outcome.added, outcome.taken_out,
        outcome.tasks.added, outcome.tasks.moved, outcome.tasks.retired, outcome.tasks.kept,
    )  # fmt: skip
    said = [words for words, number in zip(counted, numbers, strict=True) if number]
    return [*said, gettext("the result of the assessment is kept")] if outcome.has_scores else said


def button_words(*, has_measures: bool) -> str:
    """Return what the button that does it says."""
    return gettext("Bring the plan into line with the report") if has_measures else gettext("Keep the result")
