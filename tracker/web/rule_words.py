"""The words for a plan's reminder rules: what each is called, and how its value reads."""

import json
from collections.abc import Mapping, Sequence

from flask_babel import gettext, lazy_gettext, ngettext

from tracker.domain.reminders import ESCALATED
from tracker.models import Event

RULE = {
    "leads": lazy_gettext("Before the deadline"),
    "on_the_day": lazy_gettext("On the day of the deadline"),
    "first_follow_up": lazy_gettext("First follow-up after the deadline"),
    "follow_up_every": lazy_gettext("Then again every"),
    "follow_ups": lazy_gettext("How many times again"),
    "escalations": lazy_gettext("Told to leadership when late"),
    "stalled_after": lazy_gettext("In progress without a word for"),
    "blocked_after": lazy_gettext("An obstacle that has stood for"),
    "behind_by": lazy_gettext("A division behind by"),
    "weekly": lazy_gettext("Weekly summary for leadership"),
}


def rules_changed(event: Event) -> str:
    """Return what a change of the rules changed, as the end of a sentence that begins with who did it."""
    before, after = _read(event.before), _read(event.after)
    changes = [
        gettext(
            "%(rule)s: %(before)s → %(after)s",
            rule=RULE.get(name, name),
            before=rule_value(name, before.get(name)),
            after=rule_value(name, value),
        )
        for name, value in after.items()
    ]
    return gettext("changed when reminders are sent – %(changes)s", changes="; ".join(changes))


def rule_value(name: str, value: object) -> str:
    """Return how the value of a rule reads."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Sequence) and not isinstance(value, str):
        if name == "escalations" and len(value) == len(ESCALATED):
            first, second = map(_working_days, value)
            return gettext("level 1 %(first)s, level 2 %(second)s", first=first, second=second)
        return gettext("%(days)s days", days=", ".join(map(str, value))) if value else gettext("never")
    if not isinstance(value, int):
        return "–"
    if name == "follow_ups":
        return ngettext("%(num)d time", "%(num)d times", value)
    if not value:
        return gettext("never")
    if name == "behind_by":
        return gettext("%(points)s percentage points", points=value)
    return ngettext("%(num)d day", "%(num)d days", value)


def _working_days(days: int) -> str:
    return ngettext("%(num)d working day", "%(num)d working days", days) if days else gettext("never")


def _read(text: str) -> Mapping[str, object]:
    try:
        values = json.loads(text)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}
