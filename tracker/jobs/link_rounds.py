"""Going round many hosts at once, each politely: one connection at a time, a pause between, silence where asked for."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TypeAlias
from urllib.parse import urlsplit

from tracker.channels import links as channel
from tracker.domain.link_line import CONTROLS, asks_for_quiet, is_in_vain, is_passing, is_reached
from tracker.domain.link_schedules import LEASE
from tracker.domain.links import Observation

log = logging.getLogger(__name__)

Open: TypeAlias = Callable[[str, Collection[str]], Observation]

AT_ONCE = 4  # hosts
BETWEEN_LOOKS = 1.0  # seconds: so long a host is left alone between two of our connections
PAUSES = (2.0, 8.0)  # seconds before the second and the third try, before anything is said
QUIET = 1800  # seconds for a server that asks for quiet and does not say how long, and after a fault of our own
HEARTBEAT = 5.0  # seconds after which whoever waits for an answer hears that there is none yet
STOPPING = threading.Event()  # the program is told to end: no further look begins


@dataclass(frozen=True)
class Manner:
    """How addresses are opened, and how patiently; tests have a manner of their own, which waits for nothing."""

    open: Open = lambda url, hosts: channel.look(url, allowed_hosts=hosts)
    wait: Callable[[float], object] = STOPPING.wait
    controls: Sequence[str] = CONTROLS


@dataclass(frozen=True)
class Target:
    """An address to look at."""

    link_id: int
    url: str

    @property
    def host(self) -> str:
        """Who answers there; all ports of a host are one."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True)
class Answer:
    """What was seen at an address; None: it was not looked at, and may be after `quiet` seconds."""

    target: Target
    observation: Observation | None
    quiet: int = 0


@dataclass
class Round:
    """One round through addresses of one organization. It knows no database, so its threads hold nobody up."""

    manner: Manner
    hosts_of_the_office: Collection[str] = ()
    quiet: dict[str, int] = field(default_factory=dict)  # hosts that asked for it, with the seconds
    mute: set[str] = field(default_factory=set)  # hosts that do not answer: tried once each from now on
    over: threading.Event = field(default_factory=threading.Event)

    def looks(self, targets: Sequence[Target]) -> Generator[Answer | None, None, None]:
        """Yield an answer for each target as it comes, and None now and then while none comes."""
        by_host: dict[str, list[Target]] = defaultdict(list)
        for target in targets:
            by_host[target.host].append(target)
        answers: SimpleQueue[Answer] = SimpleQueue()
        ends_at = time.monotonic() + LEASE.total_seconds() / 2
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="links") as pool:
            try:
                for host, its in by_host.items():
                    pool.submit(self._visit, host, its, answers, ends_at)
                left = len(targets)
                while left:
                    try:
                        yield answers.get(timeout=HEARTBEAT)
                        left -= 1
                    except Empty:
                        yield None
            finally:
                self.over.set()  # whoever left early waits for the looks under way, not for those to come
        self.over.clear()

    def is_line_up(self) -> bool:
        """Return whether anybody outside answers at all, asked of hosts that have nothing to do with the office."""
        return any(is_reached(self._look(url)) for url in self.manner.controls)

    def _visit(self, host: str, targets: list[Target], answers: "SimpleQueue[Answer]", ends_at: float) -> None:
        for number, target in enumerate(targets):
            if number:
                self.manner.wait(BETWEEN_LOOKS)
            is_late = time.monotonic() > ends_at  # it stays due: another process might take it up meanwhile
            if STOPPING.is_set() or self.over.is_set() or is_late or host in self.quiet:
                answers.put(Answer(target, None, self.quiet.get(host, 0)))
                continue
            try:
                observation = self._look_patiently(host, target.url)
            except Exception:  # whatever one address brings up must not hold the others back
                log.exception("link %s", target.link_id)
                answers.put(Answer(target, None, QUIET))
            else:
                answers.put(Answer(target, observation))

    def _look_patiently(self, host: str, url: str) -> Observation:
        observation = self._look(url)
        for pause in () if host in self.mute else PAUSES:
            if not is_passing(observation) or STOPPING.is_set():
                break
            self.manner.wait(pause)
            observation = self._look(url)
        if is_in_vain(observation):
            self.mute.add(host)
        if asks_for_quiet(observation):
            self.quiet[host] = observation.retry_after or QUIET
        return observation

    def _look(self, url: str) -> Observation:
        return self.manner.open(url, self.hosts_of_the_office)
