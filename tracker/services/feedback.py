"""Taking a citizen's word, settling what becomes of it, and erasing it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker.domain.feedback import BadSettlement, FeedbackState, Settlement
from tracker.domain.history import EventKind
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Appointment, Feedback, Measure
from tracker.services import events


class SettledSince(Refusal):
    """Somebody settled this word since this page was opened: another person, or the same in a second tab."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Somebody has settled this comment since you opened it. What is kept now stands above; what you chose "
                "is still in the form. Save again to replace it."
            )
        )


class NotErasable(Refusal):
    """What the public sees, or has yet to be decided on, is not erased."""

    def __init__(self) -> None:
        super().__init__(N_("Only the text of a comment that is not shown can be erased. Decide not to show it first."))


def take(*, measure: Measure, text: str, receipt: str, now: datetime) -> Feedback:
    """
    Keep a citizen's word for the moderators and return it; the one kept already where the same was sent twice.

    Nothing of who sent it is kept.
    """
    known = _of_receipt(receipt)
    if known is not None:
        return known
    row = Feedback(
        organization_id=measure.organization_id, measure_id=measure.id, sent_at=now, receipt=receipt, text=text
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # sent twice in this moment
        known = _of_receipt(receipt)
        assert known is not None, "what stood in the way is there"
        return known
    return row


def settle(*, feedback: Feedback, settlement: Settlement, basis: int, by: Appointment, now: datetime) -> bool:
    """
    Show a word or not, answer it or not, and return whether anything changed. The last decision counts.

    :param basis: the version that the person saw
    :raises SettledSince: if something else became of it since
    :raises BadSettlement: if it would be undecided again, or shown though nothing is left of it
    """
    _hold(feedback)
    if settlement == of(feedback):
        return False
    _check(feedback, basis)
    if settlement.state == FeedbackState.NEW != feedback.state:
        raise BadSettlement("state", N_("Choose whether this is shown."))
    if feedback.is_erased and settlement.state != FeedbackState.HIDDEN:
        raise BadSettlement("state", N_("There was a comment here. Its text was erased and is not kept."))
    for kind, note in _happened(feedback, settlement):
        _record(feedback, kind, by=by, now=now, note=note)
    if settlement.answer != feedback.answer:
        feedback.answer, feedback.answered_at = settlement.answer, now if settlement.answer else None
    feedback.state, feedback.is_answer_shown = settlement.state, settlement.is_answer_shown
    feedback.hidden_reason, feedback.hidden_words = settlement.reason, settlement.reason_words
    _settled(feedback, by)
    return True


def erase(*, feedback: Feedback, basis: int, by: Appointment, now: datetime) -> None:
    """
    Take away the text of a word that is not shown, such as somebody's personal data; that it was there stays.

    :raises SettledSince: if something else became of it since
    :raises NotErasable: if it is not hidden
    """
    _hold(feedback)
    if feedback.is_erased:
        return
    _check(feedback, basis)
    if feedback.state != FeedbackState.HIDDEN:
        raise NotErasable()
    _record(feedback, EventKind.FEEDBACK_ERASED, by=by, now=now)
    feedback.text = ""
    _settled(feedback, by)


def of(feedback: Feedback) -> Settlement | None:
    """Return what became of a word so far; None while nothing did."""
    if feedback.state == FeedbackState.NEW and not feedback.answer:
        return None
    return Settlement(
        feedback.state, feedback.hidden_reason, feedback.hidden_words, feedback.answer, feedback.is_answer_shown
    )


def _of_receipt(receipt: str) -> Feedback | None:
    return db.session.scalar(select(Feedback).where(Feedback.receipt == receipt))


def _hold(feedback: Feedback) -> None:
    """Hold the word until the transaction ends, and look at it as it stands now."""
    db.session.refresh(feedback, with_for_update={"of": Feedback})


def _check(feedback: Feedback, basis: int) -> None:
    if feedback.version != basis:
        raise SettledSince()


def _happened(feedback: Feedback, settlement: Settlement) -> list[tuple[EventKind, str]]:
    """Return what the history has to say of it."""
    found = []
    if settlement.state == FeedbackState.SHOWN != feedback.state:
        found.append((EventKind.FEEDBACK_SHOWN, ""))
    hidden = settlement.reason, settlement.reason_words
    if settlement.reason and hidden != (feedback.hidden_reason, feedback.hidden_words):
        found.append((EventKind.FEEDBACK_HIDDEN, settlement.reason_words or settlement.reason))
    answered = settlement.answer, settlement.is_answer_shown
    if answered != (feedback.answer, feedback.is_answer_shown):
        found.append((EventKind.FEEDBACK_ANSWERED, settlement.answer))
    return found


def _record(feedback: Feedback, kind: EventKind, *, by: Appointment, now: datetime, note: str = "") -> None:
    events.record(plan=feedback.measure.plan, kind=kind, by=by, now=now, after=str(feedback.id), note=note)


def _settled(feedback: Feedback, by: Appointment) -> None:
    feedback.settled_by_id = by.id
    feedback.version += 1
    db.session.flush()
