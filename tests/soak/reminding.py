"""Reminders under a thousand kills, and four processes that collect and deliver very many rows at once."""

import itertools
import time
from pathlib import Path

from tests.clocks import TODAY
from tests.jobs import kills, worlds
from tests.jobs.kills import Outcome
from tests.jobs.mortals import Order
from tests.jobs.worlds import Store

WORLDS_AT_ONCE = 50
PEOPLE, TASKS_EACH, PROCESSES = 1_000, 10, 4
LATER = 2  # minutes: a run is given up after one, and the next tick goes on


def soak_kills(folder: Path, database: str, store: Store, wanted: int) -> bool:
    """Kill so many processes, print what came of it, and return whether all is as promised."""
    began, done, numbers = time.monotonic(), Outcome(), itertools.count()
    with worlds.prepared(store, folder, worlds.build) as world:
        while done.kills < wanted and not done.problems:
            some = kills.run(world, itertools.islice(numbers, WORLDS_AT_ONCE))
            done.killed.update(some.killed)
            done.raw_doubles += some.raw_doubles
            done.problems += some.problems
    seconds = time.monotonic() - began
    print(f"reminder-kills database={database} kills={done.kills} points={len(done.killed)} worlds={next(numbers)} "
          f"seconds={seconds:.0f} lost_or_doubled={len(done.problems)} same_mail_twice={done.raw_doubles}",
          flush=True)  # fmt: skip
    return _nothing(done.problems)


def soak_rows(folder: Path, database: str, store: Store, people: int) -> bool:
    """Let four processes tell very many people at once, print what came of it, return whether all is as promised."""
    with worlds.prepared(store, folder, worlds.build_large, people=people, tasks_each=TASKS_EACH) as world:
        world.begin()
        began, ends, minutes = time.monotonic(), [0], 0
        while len({to for _, to, _ in world.sink.accepted}) < people and not any(ends) and minutes < 60 * LATER:
            ends = world.obey(Order(TODAY.isoformat(), minutes=minutes, processes=PROCESSES, batch=25))
            minutes += LATER
        seconds = time.monotonic() - began
        problems = world.problems({TODAY}, kills=0)
    problems += [f"a process ended with {end}" for end in ends if end]
    if "locked" in (folder / "nursery.log").read_text(encoding="utf-8"):
        problems.append("the log speaks of a locked database")
    print(f"reminders-at-once database={database} processes={PROCESSES} rows={people * TASKS_EACH} mails={people} "
          f"runs={minutes // LATER} seconds={seconds:.0f} problems={len(problems)}", flush=True)  # fmt: skip
    return _nothing(problems)


def _nothing(problems: list[str]) -> bool:
    for problem in problems[:20]:
        print(f"  {problem}", flush=True)
    return not problems
