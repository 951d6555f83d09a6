"""The verdict on a plan in one sentence: which case it is and who is named. The words are the page's."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.calendar import first_day
from tracker.domain.figures import Figures, Named
from tracker.domain.progress import Progress

MOST_NAMED = 2  # divisions that are late with equally many tasks; of more only the number is said


class Case(StrEnum):
    """How a plan stands; each is looked for in this order."""

    NOTHING_SET = "nothing_set"  # there is nothing to be done
    LATE = "late"  # divisions are late, whatever the plan as a whole is
    ALL_DONE = "all_done"
    NOT_BEGUN = "not_begun"  # its fiscal year has not
    BEHIND = "behind"  # nobody is late: what is missing waits for review or falls due today
    AHEAD = "ahead"
    ON_COURSE = "on_course"


@dataclass(frozen=True)
class Verdict:
    """A case with its numbers; `latest` are the divisions with the most tasks overdue, each of them with `late`."""

    case: Case
    day: date
    total: Progress
    latest: tuple[Named, ...] = ()
    late: int = 0


def verdict(figures: Figures, *, fiscal_year: int) -> Verdict:
    """Return the verdict on the plan of a fiscal year (พ.ศ.), as its figures stand."""
    by_lateness = figures.most_late()
    late = by_lateness[0][1].overdue if by_lateness else 0
    latest = tuple(division for division, done in by_lateness if done.overdue == late)
    return Verdict(_case(figures, fiscal_year), figures.day, figures.total, latest, late)


def _case(figures: Figures, fiscal_year: int) -> Case:
    total = figures.total
    cases = {
        Case.NOTHING_SET: not total.countable,
        Case.LATE: total.overdue > 0,
        Case.ALL_DONE: total.done == total.countable,
        Case.NOT_BEGUN: figures.day < first_day(fiscal_year),
        Case.BEHIND: total.is_behind,
        Case.AHEAD: total.done_weight > total.due_weight,
    }
    return next((case for case, is_so in cases.items() if is_so), Case.ON_COURSE)
