"""What a mail server's answer, or its silence, means: RFC 5321 codes and the enhanced ones of RFC 3463."""

import logging
import re
import smtplib
import ssl

from tracker.domain.deliveries import Attempt, Outcome, Problem

log = logging.getLogger(__name__)

ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
SIGN_IN_CODES = frozenset({530, 534, 535, 538})
SIGN_IN_DETAILS = frozenset({8, 9, 11})  # of 5.7: credentials invalid, mechanism too weak, encryption needed
NOBODY_THERE = frozenset({550, 551, 553, 556})
NO_SUCH_BOX = ("1", frozenset({0, 1, 2, 3, 4, 6, 9, 10}))  # of x.1: the recipient's, not the sender's (7 and 8)


class Unanswered(smtplib.SMTPServerDisconnected):
    """The connection broke, or the time was over, while the mail itself was under way: it may have been taken."""


def attempt_of(error: Exception) -> Attempt:
    """
    Return what became of a mail whose handing over ended in this error.

    Only what was said of the recipient or of the mail itself settles it. What was said before – the greeting, the
    sign-in, the sender – is about the server and passes once somebody puts it right.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()), (0, b""))
            return _answered(code, readable(words), is_about_mail=True)
        case smtplib.SMTPSenderRefused():
            return _answered(error.smtp_code, readable(error.smtp_error), is_about_sender=True)
        case smtplib.SMTPDataError():
            return _answered(error.smtp_code, readable(error.smtp_error), is_about_mail=True)
        case smtplib.SMTPResponseException():
            return _answered(error.smtp_code, readable(error.smtp_error))
        case Unanswered():
            return Attempt(Outcome.FAILED, _words(error), Problem.SLOW, is_in_doubt=True)
    return Attempt(Outcome.FAILED, _words(error), _problem_without_answer(error))


def problem_of(code: int, words: str) -> Problem:
    """Return what an answer of 4xx or 5xx about a recipient or a mail complains of; an enhanced code says it best."""
    told = ENHANCED.match(words)
    subject, detail = (told[2], int(told[3])) if told else ("", 0)
    if code in SIGN_IN_CODES or (code >= 500 and subject == "7" and detail in SIGN_IN_DETAILS):
        return Problem.SIGN_IN
    if (subject, detail) == ("2", 2) or (code == 552 and not told):
        return Problem.FULL
    if code < 500:
        return Problem.BUSY
    if told:
        is_unknown = (subject == NO_SUCH_BOX[0] and detail in NO_SUCH_BOX[1]) or (subject, detail) == ("2", 1)
        return Problem.ADDRESS if is_unknown else Problem.REFUSED
    return Problem.ADDRESS if code in NOBODY_THERE else Problem.REFUSED


def readable(answer: bytes | str) -> str:
    """Return a server's words as text, whatever they are written in."""
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


def _answered(code: int, words: str, *, is_about_mail: bool = False, is_about_sender: bool = False) -> Attempt:
    problem = problem_of(code, words)
    if not is_about_mail and problem in {Problem.ADDRESS, Problem.FULL}:
        problem = Problem.REFUSED  # nobody was named yet: it is our own address, or we ourselves
    is_final = is_about_mail and 500 <= code < 600 and problem != Problem.SIGN_IN
    return Attempt(Outcome.REFUSED if is_final else Outcome.FAILED, f"{code} {words}".strip(), problem)


def _problem_without_answer(error: Exception) -> Problem:
    match error:
        case smtplib.SMTPNotSupportedError():
            return Problem.SIGN_IN if "AUTH" in str(error) else Problem.UNREACHABLE
        case smtplib.SMTPServerDisconnected() | TimeoutError() | ConnectionResetError() | BrokenPipeError():
            return Problem.SLOW
        case smtplib.SMTPException():  # no way of signing in that both sides know
            return Problem.SIGN_IN
        case ssl.SSLError() | OSError():
            return Problem.UNREACHABLE
    return Problem.PROGRAM


def _words(error: Exception) -> str:
    if isinstance(error, OSError | smtplib.SMTPException):
        return f"{type(error).__name__}: {error}"
    # Its text could repeat the mail, which may carry what opens an account.
    end = error.__traceback__
    while end is not None and end.tb_next is not None:
        end = end.tb_next
    where = f"{end.tb_frame.f_code.co_filename}:{end.tb_lineno}" if end else "?"
    log.error("a mail could not be written or handed over: %s at %s", type(error).__name__, where)
    return type(error).__name__
