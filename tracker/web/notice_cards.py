"""A digest as a card: what it told, in sections by step, as things stand now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext

from tracker.domain import reminders
from tracker.domain.statuses import OPEN, Status
from tracker.models import Message, Notice, Plan, Task
from tracker.web.labels import STATUS, step_words
from tracker.web.links import Shown, with_uses_in_sight


@dataclass
class Section:
    """What was told with one step: open tasks, settled ones with the reason, addresses, whole plans."""

    title: str
    tasks: list[Task] = field(default_factory=list)
    settled: list[tuple[Task, str]] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    links: list[Shown] = field(default_factory=list)
    links_out_of_sight: int = 0
    is_of_citizens: bool = False  # who wrote about these plans


@dataclass(frozen=True)
class Card:
    """The digest of one day."""

    id: int
    day: date
    is_read: bool
    sections: list[Section]


def cards(messages: Iterable[Message]) -> list[Card]:
    """Return the digests as cards; a task that was told with several steps stands under the first of them."""
    messages = list(messages)
    shown = links_in_sight(messages)
    return [
        Card(message.id, message.digest_on, message.read_at is not None, _sections(message.notices, shown))
        for message in messages
    ]


def links_in_sight(messages: Iterable[Message]) -> dict[int, Shown]:
    """Return, by id, those of the told addresses that the person may still see: who moved sees no evidence."""
    told = {notice.link.id: notice.link for message in messages for notice in message.notices if notice.link}
    return {shown.link.id: shown for shown in with_uses_in_sight(list(told.values())) if shown.uses}


def _sections(notices: Iterable[Notice], shown: Mapping[int, Shown]) -> list[Section]:
    sections: dict[str, Section] = {}
    seen: set[int] = set()
    for notice in sorted(notices, key=_place):
        if notice.task_id in seen:
            continue
        title = step_words(notice.step)
        section = sections.setdefault(title, Section(title, is_of_citizens=notice.step == reminders.CITIZENS))
        if notice.link is not None:
            if notice.link.id in shown:
                section.links.append(shown[notice.link.id])
            else:
                section.links_out_of_sight += 1
            continue
        if notice.task is None:
            if notice.plan not in section.plans:
                section.plans.append(notice.plan)
            continue
        seen.add(notice.task.id)
        if reason := _settled(notice.task, notice.step):
            section.settled.append((notice.task, reason))
        else:
            section.tasks.append(notice.task)
    return list(sections.values())


def _place(notice: Notice) -> tuple[tuple[int, int], date, int]:
    """Return where a notice stands in its card: by step, then by deadline."""
    return reminders.place_of(notice.step), notice.task.due_on if notice.task else date.max, notice.id


def _settled(task: Task, step: str) -> str:
    """Return why a task asks for nothing any more; nothing while it does."""
    if step == reminders.REVIEW:
        return "" if task.status == Status.SUBMITTED else gettext("no longer waiting for review")
    if task.status in OPEN:
        return ""
    return str(STATUS[task.status]) if task.status == Status.NOT_APPLICABLE else gettext("reported")
