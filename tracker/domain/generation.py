"""From schedules to tasks: what a plan asks for, and what must change so that its tasks say so (DESIGN 2, Task)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.deadlines import Festival, slots
from tracker.domain.statuses import Placement
from tracker.domain.timeframes import TimeFrame


@dataclass(frozen=True, order=True)
class TaskKey:
    """What makes a task unique: the measure, the division and the slot (rows by their ids)."""

    measure: int
    division: int
    slot: str


@dataclass(frozen=True)
class ExistingTask:
    """A task as it stands, as far as the schedule cares."""

    key: TaskKey
    scheduled_on: date
    placement: Placement
    is_touched: bool
    is_open: bool = True


@dataclass(frozen=True)
class Changes:
    """What brings the tasks into line with the schedule; the mappings give the day on which each task falls due."""

    add: Mapping[TaskKey, date] = field(default_factory=dict)
    restore: Mapping[TaskKey, date] = field(default_factory=dict)
    move: Mapping[TaskKey, date] = field(default_factory=dict)
    retire: frozenset[TaskKey] = frozenset()
    keep_outside: frozenset[TaskKey] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.add or self.restore or self.move or self.retire or self.keep_outside)


def days_by_slot(
    schedules: Iterable[TimeFrame], *, rounds: Sequence[date], festivals: Sequence[Festival]
) -> dict[str, date]:
    """Return the slots that a measure's schedules ask for; where two name the same slot, the earlier day counts."""
    days: dict[str, date] = {}
    for schedule in dict.fromkeys(schedules):  # most steps follow their measure
        for slot in slots(schedule, rounds=rounds, festivals=festivals):
            days[slot.key] = min(slot.due_on, days.get(slot.key, slot.due_on))
    return days


def changes(wanted: Mapping[TaskKey, date], existing: Iterable[ExistingTask]) -> Changes:
    """
    Return what must change. Running it again after the change finds nothing: generating is idempotent.

    A task that nobody touched is retired when it is no longer wanted; one with work stays, outside the schedule. What
    was handed in keeps the day it was handed in for, and moves when it is opened again.
    """
    known = {task.key: task for task in existing}
    unwanted = [task for key, task in known.items() if key not in wanted and task.placement == Placement.SCHEDULED]
    return Changes(
        add={key: day for key, day in wanted.items() if key not in known},
        restore={
            key: day for key, day in wanted.items() if key in known and known[key].placement != Placement.SCHEDULED
        },
        move={key: day for key, day in wanted.items() if key in known and _must_move(known[key], day)},
        retire=frozenset(task.key for task in unwanted if not task.is_touched),
        keep_outside=frozenset(task.key for task in unwanted if task.is_touched),
    )


def _must_move(task: ExistingTask, day: date) -> bool:
    return task.placement == Placement.SCHEDULED and task.is_open and task.scheduled_on != day
