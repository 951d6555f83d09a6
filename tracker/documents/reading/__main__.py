"""The process that reads one uploaded file: its name and content come in, lines of JSON go out (see `apart`)."""

import json
import sys
import time
from dataclasses import astuple
from importlib import import_module
from typing import IO, Any

from tracker.documents.bounds import bind
from tracker.documents.reading.files import read_report
from tracker.documents.reading.page_links import links_of
from tracker.documents.reading.refusals import TookTooMuch
from tracker.domain.sentences import Refusal

MEGABYTE = 1024 * 1024
MOST_MEMORY = 1024 * MEGABYTE  # addresses, of which Python and its libraries alone take 200 MB
MOST_SECONDS = 300  # of work; whoever waits gives up earlier
MOST_WRITTEN = MEGABYTE  # into a file: what it complains of, which is kept for the log
LIMITS = {
    "RLIMIT_AS": MOST_MEMORY,
    "RLIMIT_CPU": MOST_SECONDS,
    "RLIMIT_FSIZE": MOST_WRITTEN,
    "RLIMIT_NOFILE": 64,
    "RLIMIT_NPROC": 0,
    "RLIMIT_CORE": 0,
}
BETWEEN_TELLS = 0.25  # seconds


def main() -> None:
    """Read what comes in and write what was read, or why it was not."""
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get among the answers
    bind(LIMITS)
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        answer = _read(asked.get("wanted"), sys.stdin.buffer.read(), asked["name"], answers)
    except Refusal as refusal:
        if refusal.__cause__ is not None:
            print(repr(refusal.__cause__), file=sys.stderr)
        answer = {"refusal": refusal.sentence.to_json()}
    except MemoryError:
        answer = {"refusal": TookTooMuch().sentence.to_json()}
    _write(answers, answer)


def _read(wanted: str | None, content: bytes, name: str, answers: IO[bytes]) -> dict[str, Any]:
    if wanted == "items":
        read_items = import_module("tracker.documents.reading.disclosure_workbook").read_items
        return {"made": read_items(content, name)}
    if wanted == "links":
        return {"made": [astuple(link) for link in links_of(content.decode(errors="replace"), url=name)]}
    return {"draft": read_report(content, name, tell=_Teller(answers)).to_json()}


class _Teller:
    """Tells how far the reading is, at times."""

    def __init__(self, answers: IO[bytes]) -> None:
        self._answers = answers
        self._last = float("-inf")

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._last >= BETWEEN_TELLS:
            self._last = time.monotonic()
            _write(self._answers, {"done": done, "total": total})


def _write(answers: IO[bytes], answer: Any) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
