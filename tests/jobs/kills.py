"""Killing process after process in worlds that are put back each time, until the last one may finish in peace."""

import signal
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from tests.clocks import TODAY
from tests.jobs.mortals import COLLECTING, DELIVERING, ONCE, Order
from tests.jobs.worlds import MONDAY, World

KILLS_EACH = 5  # in one world
LATER = 11  # minutes: what a dead process had in hand is free by then
SLOWEST = 0.25  # seconds within which a process that is left alone has told everybody


@dataclass
class Outcome:
    """How many processes were killed, and where; what was accepted twice; what went wrong."""

    killed: Counter[str] = field(default_factory=Counter)
    raw_doubles: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return self.killed.total()


def run(world: World, numbers: Iterable[int]) -> Outcome:
    """Go through worlds of these numbers; the number decides where each process is killed."""
    done = Outcome()
    for number in numbers:
        world.begin()
        orders = orders_of(number)
        ends = [(order, world.obey(order)[0]) for order in orders]
        killed = [order.point or "by time" for order, end in ends if end == -signal.SIGKILL]
        days = {TODAY, MONDAY} if orders[-1].day == MONDAY.isoformat() else {TODAY}
        problems = world.problems(days, kills=len(killed))
        problems += [f"a process ended with {end}" for _, end in ends if end not in (0, -signal.SIGKILL)]
        done.problems += [f"world {number}, {killed}: {problem}" for problem in problems]
        done.killed.update(killed)
        done.raw_doubles += len(world.sink.accepted) - len({header_id for header_id, *_ in world.sink.accepted})
    return done


def orders_of(number: int) -> list[Order]:
    """Return which processes live in a world, one after the other: in every third the night falls between two."""
    chance = Random(number)
    points = [list(COLLECTING)[number % len(COLLECTING)]]
    rounds, place = divmod(number * (KILLS_EACH - 2), len(DELIVERING))  # each comes once in a round, in another order
    points += Random(rounds).sample(list(DELIVERING), len(DELIVERING))[place : place + KILLS_EACH - 2]
    points.insert(chance.randrange(1, KILLS_EACH), "")  # one by time, wherever that hits
    night = chance.randrange(1, KILLS_EACH + 1) if number % 3 == 0 else KILLS_EACH + 1
    orders = []
    for place, point in enumerate([*points, None]):
        day = (TODAY if place < night else MONDAY).isoformat()
        minutes = LATER * place
        seconds = chance.uniform(0.001, SLOWEST) if point == "" else 0.0
        nth = 1 if point in ONCE else chance.choice((1, 1, 2, 3))
        orders.append(Order(day, minutes, point or "", nth=nth, seconds=seconds))
    return orders
