"""
Processes of the program that die where they are told to: each is forked off one that has everything loaded.

`python -m tests.jobs.mortals URL PORT FOLDER` reads an order a line, obeys it and answers how each process ended. The
program itself knows nothing of it: the child wraps the functions at which it is to be killed.
"""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.cli import ScriptInfo

from tests.apps import new_app
from tests.clocks import at
from tracker import clock
from tracker.channels.smtp import Backend, Line
from tracker.extensions import db
from tracker.jobs import delivering, digest_mail, reminders, scheduler
from tracker.services import deliveries, leases
from tracker.services import reminders as ledger

BEFORE, AFTER = "before", "after"
COLLECTING: dict[str, tuple[Any, str, str]] = {
    "the scheduler's lease, not committed": (leases, "take", AFTER),
    "before collecting": (reminders, "_collect", BEFORE),
    "collected, not committed": (ledger, "collect", AFTER),
    "collected": (reminders, "_collect", AFTER),
}
DELIVERING: dict[str, tuple[Any, str, str]] = {
    "before what died is taken back": (deliveries, "take_back", BEFORE),
    "taken back, not committed": (deliveries, "take_back", AFTER),
    "before the lease": (delivering, "_take", BEFORE),
    "leased, not committed": (deliveries, "lease_many", AFTER),
    "leased": (delivering, "_take", AFTER),
    "in the middle of writing": (digest_mail, "mail_of", AFTER),
    "written": (delivering, "_written", AFTER),
    "before the connection": (Backend, "open", BEFORE),
    "connected": (Backend, "open", AFTER),
    "after MAIL": (Line, "mail", AFTER),
    "after RCPT": (Line, "rcpt", AFTER),
    "before DATA": (Line, "data", BEFORE),
    "all sent, no answer heard": (Line, "send", AFTER),
    "answered": (Line, "data", AFTER),
    "before the mark": (deliveries, "mark", BEFORE),
    "marked, not committed": (deliveries, "mark", AFTER),
    "committed": (delivering, "_hand_over", AFTER),
    "before QUIT": (Backend, "close", BEFORE),
}
POINTS = COLLECTING | DELIVERING
ONCE = {
    name for name, (_, call, _) in POINTS.items() if call in ("take", "take_back", "close")
}  # that a process passes
END_OF_MAIL = b"\r\n.\r\n"


@dataclass(frozen=True)
class Order:
    """What a process is to do: when it lives, and where it is killed (at a point, after some seconds, or nowhere)."""

    day: str
    minutes: int = 0  # after nine o'clock
    point: str = ""
    nth: int = 1  # time that the point is passed
    seconds: float = 0.0  # after which it is killed, if at no point
    by: int = signal.SIGKILL
    processes: int = 1  # that do it at once
    is_command: bool = False  # `flask jobs`, which goes on until it is told to stop, instead of one tick
    batch: int = 3  # mails, and people whose digests are written together

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def main() -> None:
    """Obey one order after the other."""
    url, port, folder = sys.argv[1:]
    app = new_app(url, {"MAIL_BACKEND": "smtp"}, mail_server="127.0.0.1", mail_port=int(port), instance=Path(folder))
    for line in sys.stdin:
        order = Order(**json.loads(line))
        print(json.dumps(_warm(app, order) if order.processes == 0 else _obey(app, order)), flush=True)


def _warm(app: Flask, order: Order) -> list[int]:
    """Do it in this process, so that all later ones find templates and statements compiled; no connection is kept."""
    _live(app, order)
    with app.app_context():
        db.engine.dispose()
    return []


def _obey(app: Flask, order: Order) -> list[int]:
    """Return with which signal, or status, each process ended: -9 was killed, 0 is well."""
    children = [_fork(app, order) for _ in range(order.processes)]
    if order.seconds:
        time.sleep(order.seconds)
        for child in children:
            os.kill(child, order.by)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def _fork(app: Flask, order: Order) -> int:
    child = os.fork()
    if child == 0:
        try:
            if order.point:
                _kill_at(order.point, order.nth)
            _live(app, order)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def _live(app: Flask, order: Order) -> None:
    delivering.BATCH = reminders.PEOPLE_AT_ONCE = order.batch
    scheduler.HOLDER = f"process {os.getpid()}"
    clock.machine_now = _running_from(at(date.fromisoformat(order.day)) + timedelta(minutes=order.minutes))
    if order.is_command:
        info = ScriptInfo(create_app=lambda: app)
        app.cli.commands["jobs"].main([], prog_name="jobs", standalone_mode=False, obj=info)
    elif order.processes > 1:  # the scheduler would let only one of them act
        with app.app_context():
            reminders.run()
    else:
        scheduler.tick(app, scheduler.HOLDER)


def _running_from(moment: datetime) -> Callable[[], datetime]:
    began = time.monotonic()
    return lambda: moment + timedelta(seconds=time.monotonic() - began)


def _kill_at(point: str, nth: int) -> None:
    """Wrap a function so that this process is killed before or after it is called for the nth time."""
    owner, name, when = POINTS[point]
    call, passed = getattr(owner, name), 0

    def wrapped(*arguments: Any, **options: Any) -> Any:
        nonlocal passed
        is_it = name != "send" or (isinstance(arguments[1], bytes) and arguments[1].endswith(END_OF_MAIL))
        passed += is_it
        if is_it and passed == nth and when == BEFORE:
            _die()
        answer = call(*arguments, **options)
        if is_it and passed == nth:
            time.sleep(0.02 if name == "send" else 0)  # the server shall have taken it
            _die()
        return answer

    setattr(owner, name, wrapped)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
