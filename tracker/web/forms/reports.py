"""Which report is wanted, as the address of its preview says it and the form that issues it says it again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.calendar import month_end
from tracker.domain.issues import DayAhead, IssueKind, Scope
from tracker.domain.sentences import Refusal
from tracker.web.days import read_day
from tracker.web.filters import sentence
from tracker.web.forms.tasks import NOTE_LENGTH, text_from

ARABIC = "arabic"


@dataclass(frozen=True)
class Wanted:
    """A report that somebody wants to see or issue. `written` is the day as it was typed, where it names none."""

    scope: Scope
    as_of: date
    has_thai_digits: bool
    written: str = ""
    problem: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """What an address or a form must say for exactly this report."""
        scope = self.scope
        about = f"round:{scope.round_on.isoformat()}" if scope.round_on else ""
        about = f"indicator:{scope.indicator}" if scope.indicator else about
        about = f"month:{scope.month:%Y-%m}" if scope.month else about
        digits = "thai" if self.has_thai_digits else ARABIC
        return {"kind": scope.kind, "about": about, "on": self.as_of.isoformat(), "digits": digits}


def wanted_from(
    sent: Mapping[str, str],
    *,
    rounds: Collection[date],
    closed: Mapping[date, date],
    months: Collection[date],
    today: date,
) -> Wanted | None:
    """
    Return what is wanted; None where no such report can be.

    Only a follow-up report stands as of a day of its own. Where none is given it is the one as of which its round was
    closed, else the round's day once it is over, else today.

    :param closed: as of which day each closed round was closed
    :param months: the first days of those that a report of link checks may be about
    """
    scope = _scope(sent, {*rounds, *closed}, months)
    if scope is None:
        return None
    digits, written = sent.get("digits") != ARABIC, sent.get("on", "").strip()
    if scope.month:
        return Wanted(scope, min(today, month_end(scope.month)), digits)
    if scope.kind != IssueKind.FOLLOW_UP:
        return Wanted(scope, today, digits)
    usual = _usual_day(scope.round_on, closed, today)
    try:
        day = read_day(written, today=today) if written else usual
        if day > today:
            raise DayAhead()
        return Wanted(scope, day, digits)
    except Refusal as refusal:
        return Wanted(scope, usual, digits, written[:60], sentence(refusal.sentence))


def note_from(sent: Mapping[str, str]) -> str:
    """Return why a report is issued again."""
    return text_from(sent.get("note", ""))[:NOTE_LENGTH].strip()


def _scope(sent: Mapping[str, str], rounds: Collection[date], months: Collection[date]) -> Scope | None:
    kind = sent.get("kind", "")
    if kind not in set(IssueKind):
        return None
    what, _, which = sent.get("about", "").partition(":")
    if kind == IssueKind.LINK_CHECKS:
        month = next((day for day in months if what == "month" and f"{day:%Y-%m}" == which), None)
        return Scope(IssueKind.LINK_CHECKS, month=month) if month else None
    if what == "round" and kind != IssueKind.PLAN:
        round_on = next((day for day in rounds if day.isoformat() == which), None)
        return Scope(IssueKind(kind), round_on=round_on) if round_on else None
    if what == "indicator" and kind == IssueKind.EVIDENCE:
        return Scope(IssueKind(kind), indicator=int(which)) if which in _INDICATORS else None
    return None if what else Scope(IssueKind(kind))


_INDICATORS = {str(number) for number in range(1, 11)}


def _usual_day(round_on: date | None, closed: Mapping[date, date], today: date) -> date:
    if round_on is None:
        return today
    return closed.get(round_on, min(round_on, today))
