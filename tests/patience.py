"""Hangs made into failures, however busy the machine is."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

LONG = 10.0  # seconds of the processor: what is tried takes a hundredth of it, and took minutes before it was mended


@contextmanager
def patience(seconds: float = LONG) -> Iterator[None]:
    """
    Give up what keeps the processor busy beyond all measure, instead of waiting for its end.

    :param seconds: of the processor's time for this process, so that nothing else on the machine counts
    :raises AssertionError: when they are over
    """

    def give_up(*_: Any) -> NoReturn:
        raise AssertionError(f"It was not done after {seconds:g} seconds.")

    if not hasattr(signal, "setitimer"):  # Windows has no such timer: there a hang stays one
        yield
        return
    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
