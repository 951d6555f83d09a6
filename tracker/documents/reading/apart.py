"""Reading a document in a process of its own: whatever a hostile file does there, here it becomes a sentence."""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import IO, Any, TypeVar

from config import ROOT, process_variables
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.files import kind_of, read_report
from tracker.documents.reading.refusals import ReadingBroke, TookTooLong, TookTooMuch, UnreadableReport
from tracker.documents.reading.rows import Tell
from tracker.domain.disclosure_matches import FoundLink
from tracker.domain.disclosure_rows import Cells
from tracker.domain.sentences import Sentence

Read = TypeVar("Read")

log = logging.getLogger(__name__)

SECONDS = 240.0
MOST_ANSWER = 32 * 1024 * 1024  # bytes
HEARTBEAT = 5.0  # seconds: whoever waits hears that often that the process is alive
COMMAND = (sys.executable, "-m", "tracker.documents.reading")
# How the system ends a process that takes too much: by SIGKILL for memory, by SIGXCPU for time.
_ENDS: Mapping[int | None, Callable[[], UnreadableReport]] = {-9: TookTooMuch, -24: TookTooLong}
_COMPLAINT = 2000  # characters of it that the log keeps


def read(content: bytes, name: str, *, tell: Tell) -> ReportDraft:
    """
    Read a report: text at once, which takes a moment and no library; a document in a process of its own.

    :raises Refusal: if it is no file we read, no report, or more than can be read
    """
    if kind_of(content, name) is None:
        return read_report(content, name, tell=tell)
    return read_apart(content, name, tell=tell)


def read_apart(
    content: bytes, name: str, *, tell: Tell, seconds: float = SECONDS, command: Sequence[str] = COMMAND
) -> ReportDraft:
    """
    Read a file in another process, which is gone when this returns.

    :param seconds: after which it is given up
    :raises UnreadableReport: with what the process said, or with how it ended instead of saying anything
    """
    answer = ask(command, content, name=name, tell=tell, seconds=seconds)
    try:
        if "draft" in answer:
            return ReportDraft.from_json(answer["draft"])
        sentence = Sentence.from_json(answer["refusal"])
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise ReadingBroke() from error
    raise UnreadableReport(sentence.message, **sentence.values)


def ask(
    command: Sequence[str],
    content: bytes,
    *,
    seconds: float,
    name: str = "",
    wanted: str = "draft",
    tell: Tell = lambda _done, _total: None,
) -> Mapping[str, Any]:
    """
    Hand something to another process, which is gone when this returns, and return what it answered.

    :param wanted: what is to be read of it, where the process can read several things
    :raises UnreadableReport: with how the process ended instead of answering
    """
    with _started(content, {"name": name, "wanted": wanted}, command) as process:
        return _answer(process, tell, seconds)


def read_items(content: bytes, name: str, *, seconds: float) -> list[Cells]:
    """
    Read the rows of a workbook with items that must be open to the public, in another process.

    :raises UnreadableReport: if it is no such workbook, or cannot be read within the seconds
    """
    return _made("items", content, name, seconds, lambda rows: [Cells(**row) for row in rows])


def read_links(html: str, *, url: str, seconds: float) -> list[FoundLink]:
    """
    Read the links of a web page that was opened at an address, in another process.

    :raises UnreadableReport: if it cannot be read within the seconds
    """
    content = html.encode(errors="replace")
    return _made("links", content, url, seconds, lambda rows: [FoundLink(a, b, tuple(c)) for a, b, c in rows])


def _made(wanted: str, content: bytes, name: str, seconds: float, values: Callable[[Any], list[Read]]) -> list[Read]:
    answer = ask(COMMAND, content, name=name, wanted=wanted, seconds=seconds)
    try:
        if "made" in answer:
            return values(answer["made"])
        sentence = Sentence.from_json(answer["refusal"])
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ReadingBroke() from error
    raise UnreadableReport(sentence.message, **sentence.values)


@contextmanager
def _started(content: bytes, asked: Mapping[str, str], command: Sequence[str]) -> Iterator["subprocess.Popen[bytes]"]:
    with tempfile.TemporaryFile() as sent, tempfile.TemporaryFile() as complaints:
        sent.write(json.dumps(asked).encode() + b"\n" + content)
        sent.seek(0)
        process = subprocess.Popen(
            command,
            stdin=sent,
            stdout=subprocess.PIPE,
            stderr=complaints,
            cwd=ROOT,
            env=process_variables() | {"PYTHONUTF8": "1"},
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)
            _note(complaints, process.returncode)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and whatever it may have started."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            with suppress(ProcessLookupError, PermissionError):  # it has just ended
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _note(complaints: IO[bytes], code: int) -> None:
    complaints.seek(0)
    if text := complaints.read()[-4 * _COMPLAINT :].decode(errors="replace")[-_COMPLAINT:].strip():
        log.warning("the process that read a file ended with %s: %s", code, text)


def _answer(process: "subprocess.Popen[bytes]", tell: Tell, seconds: float) -> Mapping[str, Any]:
    """Return the last line of the process, having passed on how far it was until then."""
    lines: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_pump, args=[process.stdout, lines], daemon=True).start()
    deadline, left, progress = time.monotonic() + seconds, MOST_ANSWER, (0, 0)
    while (remaining := deadline - time.monotonic()) > 0:
        try:
            line = lines.get(timeout=min(HEARTBEAT, remaining))
        except Empty:
            tell(*progress)
            continue
        left -= len(line)
        if left < 0:
            raise TookTooMuch()
        if not line:
            raise _end_without_answer(process)
        answer = _parsed(line)
        if "done" not in answer:
            return answer
        progress = answer["done"], answer["total"]
        tell(*progress)
    raise TookTooLong()


def _pump(answers: IO[bytes], lines: "SimpleQueue[bytes]") -> None:
    """Hand on line by line, as far as any answer goes; an empty line says that nothing more comes."""
    left = MOST_ANSWER
    with answers:
        while left >= 0 and (line := answers.readline(left + 1)):
            left -= len(line)
            lines.put(line)
    lines.put(b"")


def _parsed(line: bytes) -> Mapping[str, Any]:
    """
    Return what a line says.

    :raises ReadingBroke: if it is none of ours
    """
    try:
        answer = json.loads(line)
        if b"\\ud" in line:  # perhaps half a letter, which no page and no database can hold
            answer = json.loads(json.dumps(answer, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError):
        raise ReadingBroke() from None
    if isinstance(answer, dict):
        if answer.keys() & {"draft", "made", "refusal"} and "done" not in answer:
            return answer
        if all(isinstance(answer.get(name), int) for name in ("done", "total")):
            return answer
    raise ReadingBroke()


def _end_without_answer(process: "subprocess.Popen[bytes]") -> UnreadableReport:
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=HEARTBEAT)
    return _ENDS.get(process.returncode, ReadingBroke)()
