import ssl

import pytest

from tracker.channels.smtp_answers import attempt_of, problem_of
from tracker.domain.deliveries import Outcome, Problem


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("550 no such mailbox", Problem.ADDRESS),
        ("551 user not local", Problem.ADDRESS),
        ("553 mailbox name not allowed", Problem.ADDRESS),
        ("550 5.1.1 no such user", Problem.ADDRESS),
        ("553 5.1.3 bad address", Problem.ADDRESS),
        ("554 5.1.1 no such user", Problem.ADDRESS),  # the enhanced code says it better
        ("556 5.1.10 takes no mail", Problem.ADDRESS),
        ("550 5.2.1 mailbox disabled", Problem.ADDRESS),
        ("552 mailbox full", Problem.FULL),
        ("552 5.2.2 mailbox full", Problem.FULL),
        ("550 5.2.2 mailbox full", Problem.FULL),
        ("452 4.2.2 mailbox full", Problem.FULL),
        ("452 4.3.1 disk full", Problem.BUSY),
        ("552 5.3.4 too large", Problem.REFUSED),
        ("550 5.7.1 spam", Problem.REFUSED),
        ("553 5.7.1 not yours", Problem.REFUSED),
        ("554 transaction failed", Problem.REFUSED),
        ("554 5.7.1 policy", Problem.REFUSED),
        ("550 5.1.7 bad sender", Problem.REFUSED),
        ("500 what?", Problem.REFUSED),
        ("421 4.3.2 shutting down", Problem.BUSY),
        ("450 4.1.1 unverified", Problem.BUSY),
        ("451 later", Problem.BUSY),
        ("454 4.7.0 sign-in is down", Problem.BUSY),
        ("530 5.7.0 sign in first", Problem.SIGN_IN),
        ("534 5.7.9 too weak", Problem.SIGN_IN),
        ("535 5.7.8 wrong", Problem.SIGN_IN),
        ("550 5.7.8 wrong", Problem.SIGN_IN),
        ("550 5.1.1x is no code", Problem.ADDRESS),
    ],
)
def test_an_answer_is_read(answer, problem):
    code, _, words = answer.partition(" ")

    assert problem_of(int(code), words) == problem


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (ConnectionRefusedError(111, "refused"), Problem.UNREACHABLE),
        (OSError(113, "No route to host"), Problem.UNREACHABLE),
        (ssl.SSLError("wrong version"), Problem.UNREACHABLE),
        (TimeoutError("timed out"), Problem.SLOW),
        (ConnectionResetError(104, "reset"), Problem.SLOW),
        (KeyError("x"), Problem.PROGRAM),
    ],
)
def test_silence_has_its_reasons_too_and_settles_nothing(error, problem):
    attempt = attempt_of(error)

    assert (attempt.outcome, attempt.problem) == (Outcome.FAILED, problem)
    assert attempt.error
