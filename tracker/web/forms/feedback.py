"""What becomes of a citizen's comment, and which comments are asked for, as they come from a browser."""

from collections.abc import Collection
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from tracker.domain.feedback import FeedbackState, HiddenReason, Settlement
from tracker.models import Feedback
from tracker.queries.feedback import Narrowing
from tracker.web.addresses import GREATEST_ID
from tracker.web.forms.tasks import text_from


@dataclass(frozen=True)
class SettlementForm:
    """The form as it was sent, or filled in with what is kept: shown again, nothing that was typed is lost."""

    state: FeedbackState = FeedbackState.NEW
    reason: HiddenReason | None = None
    reason_words: str = ""
    answer: str = ""
    is_answer_shown: bool = True
    basis: int = 0

    @classmethod
    def of(cls, feedback: Feedback) -> "SettlementForm":
        """Return the form filled in with what is kept; an answer is public unless somebody wants it otherwise."""
        return cls(
            feedback.state,
            feedback.hidden_reason,
            feedback.hidden_words,
            feedback.answer,
            feedback.is_answer_shown or not feedback.answer,
            feedback.version,
        )

    @classmethod
    def sent(cls, form: MultiDict[str, str]) -> "SettlementForm":
        """Return what was sent; what no page offers counts as not chosen."""
        state, reason = form.get("state", ""), form.get("reason", "")
        return cls(
            FeedbackState(state) if state in set(FeedbackState) else FeedbackState.NEW,
            HiddenReason(reason) if reason in set(HiddenReason) else None,
            text_from(form.get("reason_words", "")),
            text_from(form.get("answer", "")),
            form.get("answer_to") == "everybody",
            basis_from(form),
        )

    def settlement(self) -> Settlement:
        """
        Return what shall become of the comment.

        :raises BadSettlement: if something is missing
        """
        return Settlement.of(
            self.state, self.reason, self.reason_words, self.answer, is_answer_shown=self.is_answer_shown
        )


def basis_from(form: MultiDict[str, str]) -> int:
    """Return the version that the person saw; what is no number is none that there ever was."""
    written = form.get("basis", "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else GREATEST_ID


def narrowing_from(arguments: MultiDict[str, str], *, division_ids: Collection[int] | None) -> Narrowing:
    """Return which comments an address asks for, within the divisions of whose measures the person may read."""
    state, measure = arguments.get("state", ""), arguments.get("measure", "")
    is_number = measure.isascii() and measure.isdecimal() and len(measure) < 10
    return Narrowing(
        FeedbackState(state) if state in set(FeedbackState) else None,
        int(measure) if is_number else None,
        division_ids,
    )
