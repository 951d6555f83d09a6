"""What citizens write about a measure: which words are taken, and what becomes of them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import nfc

LONGEST = 1000  # characters of a citizen's word
LONGEST_ANSWER = 2000
LONGEST_REASON = 300
MOST_LINKS = 1
MOST_MARKS = 4  # above or below one letter; Thai needs two
QUICKEST = timedelta(seconds=3)  # nobody reads the form and writes in less
LONGEST_OPEN = timedelta(hours=12)


class FeedbackState(StrEnum):
    """Where a citizen's word stands; nobody but staff sees it before it is shown."""

    NEW = "new"
    SHOWN = "shown"
    HIDDEN = "hidden"  # read and not shown: off the subject, personal data, insults


class HiddenReason(StrEnum):
    """Why a word is not shown; the citizen is told."""

    OFF_SUBJECT = "off_subject"
    PERSONAL_DATA = "personal_data"
    INSULT = "insult"
    ADVERTISING = "advertising"
    TWICE = "twice"  # somebody said the same already
    OTHER = "other"  # in words


class NotTaken(Refusal):
    """This text cannot be taken as a citizen's word."""


class BadSettlement(Refusal):
    """This cannot become of a citizen's word; `at` names the field to look at."""

    def __init__(self, at: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.at = at


def read_word(written: str) -> str:
    """
    Return a citizen's word as it is kept.

    Controls, marks that turn the direction of reading and whatever else nobody sees are left out: what staff read is
    what everybody will see. What joins emoji and breaks Thai lines stays.

    :raises NotTaken: if nothing is written, too much, or more than one address
    """
    text = "".join(letter for letter in nfc(_lines(written)) if not _is_left_out(letter))
    text = _TOWERS.sub(lambda match: match.group()[:MOST_MARKS], text)
    text = _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
    if not any(unicodedata.category(letter)[0] in "LNPS" for letter in text if letter not in _BLANK):
        raise NotTaken(N_("Write what you would like to say."))
    if len(text) > LONGEST:
        raise NotTaken(
            N_("Write at most %(most)s characters; these are %(count)s."), most=f"{LONGEST:,}", count=f"{len(text):,}"
        )
    if len(_ADDRESS.findall(text)) > MOST_LINKS:
        raise NotTaken(N_("Write one web address at most: texts full of addresses are mostly advertising."))
    return text


def check_age(made_at: datetime, *, now: datetime) -> None:
    """
    Refuse what was sent faster than anybody writes, or from a form that was open for too long.

    :raises NotTaken: saying so
    """
    if now - made_at < QUICKEST:
        raise NotTaken(N_("That was very quick. Please read your text once more and send it again."))
    if now - made_at > LONGEST_OPEN:
        raise NotTaken(N_("This form was open for too long. Your text is still here: please send it again."))


@dataclass(frozen=True)
class Settlement:
    """What becomes of a citizen's word; `is_answer_shown`: under the measure too, not on the citizen's page alone."""

    state: FeedbackState
    reason: HiddenReason | None = None
    reason_words: str = ""
    answer: str = ""
    is_answer_shown: bool = False

    def __post_init__(self) -> None:
        """
        Refuse what cannot be meant.

        :raises BadSettlement: saying what is missing, or too long
        """
        if self.state == FeedbackState.NEW and not self.answer:
            raise BadSettlement("state", N_("Choose whether this is shown, or write an answer."))
        if self.state == FeedbackState.HIDDEN and self.reason is None:
            raise BadSettlement("reason", N_("Choose why this is not shown: the citizen is told."))
        if self.reason == HiddenReason.OTHER and not self.reason_words:
            raise BadSettlement("reason_words", N_("Say in a few words why this is not shown."))
        for at, text, most in (
            ("reason_words", self.reason_words, LONGEST_REASON),
            ("answer", self.answer, LONGEST_ANSWER),
        ):
            if len(text) > most:
                raise BadSettlement(at, N_("Write at most %(count)s characters."), count=most)

    @classmethod
    def of(
        cls, state: FeedbackState, reason: HiddenReason | None, reason_words: str, answer: str, *, is_answer_shown: bool
    ) -> "Settlement":
        """Return what was chosen, without what does not belong to it, such as a reason not to show what is shown."""
        is_hidden = state == FeedbackState.HIDDEN
        return cls(
            state,
            reason if is_hidden else None,
            reason_words if is_hidden else "",
            answer,
            is_answer_shown and bool(answer) and state == FeedbackState.SHOWN,
        )


def _lines(written: str) -> str:
    return written.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def _is_left_out(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} and letter not in _JOINING


_JOINING = frozenset("\n\u200b\u200c\u200d")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs without any ink
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_TOWERS = re.compile(rf"[{_MARKS}]{{{MOST_MARKS + 1},}}")
_GAPS = re.compile(r"\n{3,}")
_ENDINGS = "com|net|org|info|biz|th|io|me|ly|co|gl|xyz|top|site|online|shop|club|link|app|dev"
_ADDRESS = re.compile(
    rf"(?:https?://|www\.)\S+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:{_ENDINGS})\b(?:/\S*)?", re.I | re.ASCII
)
