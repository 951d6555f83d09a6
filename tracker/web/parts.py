"""Pages of figures: a plan, or a part of it, as of a day, and where its numbers and names lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for

from tracker.domain.figures import Figures
from tracker.domain.thai import buddhist_year
from tracker.domain.verdicts import verdict
from tracker.models import Plan
from tracker.web.days import Days
from tracker.web.verdict_words import verdict_words


@dataclass(frozen=True)
class View:
    """What a page of figures is about: a plan, and the days that its address names."""

    plan: Plan
    days: Days

    @property
    def is_now(self) -> bool:
        """Whether it shows today."""
        return self.days.is_now

    @property
    def kept(self) -> dict[str, Any]:
        """What links between pages of figures keep: the year, and the day where it is not today."""
        return {"year": self.plan.fiscal_year} | ({} if self.is_now else {"on": self.days.on})

    def tasks(self, **narrowed: Any) -> str:
        """Return the address of the tasks behind a number."""
        return url_for("tasks.index", **self.kept, **narrowed)

    @staticmethod
    def due(first: date, last: date | None = None) -> dict[str, str]:
        """Return what narrows a list to the tasks that fall due on a day, or from it to a last one."""
        return {"from": _written(first), "to": _written(last or first)}


def page(template: str, *, view: View, figures: Figures, plans: Sequence[Plan] = (), **more: Any) -> str:
    """
    Return the page of a part of a plan: its figures in one sentence, then whatever the template shows of them.

    :param plans: the years that the page can be turned to
    """
    return render_template(
        template,
        view=view,
        days=view.days,
        plan=view.plan,
        plans=plans,
        figures=figures,
        verdict=verdict_words(verdict(figures, fiscal_year=view.plan.fiscal_year)),
        **more,
    )


def _written(day: date) -> str:
    """Return a day as people write it, which the list of tasks reads in any year."""
    return f"{day.day}/{day.month}/{buddhist_year(day)}"
