"""Every task of a plan: narrowed by the address, a page at a time. Part of the addresses of tasks."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from flask import get_template_attribute, render_template, request, url_for
from flask_babel import get_locale, gettext
from markupsafe import Markup

from tracker import clock
from tracker.domain.calendar import months_of
from tracker.domain.permissions import Act
from tracker.domain.selection import MOST
from tracker.queries import directories
from tracker.queries import task_list as queries
from tracker.web import access, labels, rows
from tracker.web.addresses import GREATEST_ID, PLACES, asked_here, here
from tracker.web.filters import month_and_year, short_date
from tracker.web.forms.task_list import STANDINGS, Narrowing, Tag, narrowing_from
from tracker.web.forms.task_selection import DEEDS
from tracker.web.loaders import all_years, year_in_view
from tracker.web.tasks import bp


@bp.get("/tasks")
@access.signed_in
def index() -> str:
    plan = year_in_view()
    if plan is None:
        return render_template("tasks/none.html")
    names = directories.directory(access.user().organization_id, plan.id)
    today = clock.today()
    chosen = narrowing_from(request.args, fiscal_year=plan.fiscal_year, names=names, today=today)
    day = chosen.filter.as_of
    page = queries.page(plan.id, chosen.filter, today=today, cursor=chosen.cursor)
    return render_template(
        "tasks/index.html",
        plan=plan,
        all_plans=all_years(),
        chosen=chosen,
        tags=[(tag.words, without(tag)) for tag in chosen.tags],
        page=page,
        day=day,
        shown=rows.of_list(page.rows, names, today=day or today, is_now=day is None),
        turns=_turns(page),
        position=_position(page) if page.has_previous or page.has_next else "",
        most=queries.MOST_COUNTED,
        most_selected=MOST,
        every=_address([*_arguments(), ("every", "1"), ("next", here(ticked=None))], "selection.show"),
        sheet=_address(_arguments(), "sheets.all_tasks"),
        deeds=DEEDS,
        may_select=access.may_here(Act.EDIT_PLAN) and bool(page.rows) and day is None,
        is_all_ticked=request.args.get("ticked") == "1",
        form=_form(_choices(plan.fiscal_year, names, chosen), chosen),
    )


class Choices(NamedTuple):
    """What the filters can be set to, in the page's language."""

    fiscal_year: int
    divisions: tuple[tuple[int, str], ...]
    posts: tuple[directories.Post, ...]
    language: str
    month: str = ""  # the month that is chosen, which may lie outside the year: tasks can be moved there

    @property
    def standings(self) -> dict[str, str]:
        return _standings(self.language)

    @property
    def months(self) -> dict[str, str]:
        months = _months(self.fiscal_year, self.language)
        if not self.month or self.month in months:
            return months
        return dict(sorted({**months, self.month: month_and_year(date.fromisoformat(f"{self.month}-01"))}.items()))


def _choices(fiscal_year: int, names: directories.Directory, chosen: Narrowing) -> Choices:
    asked = set(chosen.filter.division_ids)  # a closed division is no longer offered, but may have been asked for
    divisions = tuple((id, name) for id, name in names.divisions.items() if id not in names.closed - asked)
    posts = tuple(names.reporting_posts())
    return Choices(fiscal_year, divisions, posts, get_locale().language, chosen.value("month"))


def _form(choices: Choices, chosen: Narrowing) -> Markup:
    """Return the form of the filters. Most often nothing is set, and the form is as it was for the last who looked."""
    if chosen.tags or chosen.problems:
        return _write_form(choices, chosen, request.args)
    return _blank_form(choices, request.script_root)


@lru_cache(maxsize=64)
def _blank_form(choices: Choices, _root: str) -> Markup:
    return _write_form(choices, Narrowing(), {})


def _write_form(choices: Choices, chosen: Narrowing, written: Mapping[str, str]) -> Markup:
    return get_template_attribute("tasks/filters.html", "form")(choices, chosen, written)


def without(tag: Tag) -> str:
    """Return the list's address without one of its filters."""
    kept = [(name, value) for name, value in _arguments() if (name, value) != (tag.name, tag.value)]
    if len(kept) == len(_arguments()):  # written otherwise than it is read, in Thai digits say
        kept = [(name, value) for name, value in kept if name != tag.name]
    return _address(kept)


def _turns(page: queries.Page) -> dict[str, str]:
    """Return the addresses of the neighbouring pages that there are."""
    turns, before = {}, _before(page)
    if page.rows and page.has_previous:
        turns["previous"] = _turn("before", page.rows[0], before and max(before - queries.PAGE, 0))
    if page.rows and page.has_next:
        turns["next"] = _turn("after", page.rows[-1], None if before is None else before + len(page.rows))
    return turns


def _turn(cursor: str, row: queries.Row, at: int | None) -> str:
    """Return the address of a neighbouring page, with how many tasks stand before it where that is known."""
    return _address([*_arguments(), (cursor, _place(row)), *([("at", str(at))] if at else [])])


def _before(page: queries.Page) -> int | None:
    """Return how many tasks stand before a page: counted where that costs nothing, else as its address says."""
    if not page.has_previous:
        return 0
    is_counted = page.count <= queries.MOST_COUNTED
    if not page.has_next and is_counted:
        return page.count - len(page.rows)
    said = request.args.get("at", default=0, type=int)
    is_possible = 0 < said <= (page.count - len(page.rows) if is_counted else GREATEST_ID)
    return said if is_possible else None


def _position(page: queries.Page) -> str:
    """Return which tasks of the list a page shows: by number where that is known, else by their deadlines."""
    if not page.rows:
        return ""
    before = _before(page)
    if before is None:
        first, last = (short_date(row.due_on) for row in (page.rows[0], page.rows[-1]))
        return gettext("tasks due from %(first)s to %(last)s", first=first, last=last)
    return gettext("tasks %(first)s–%(last)s", first=f"{before + 1:,}", last=f"{before + len(page.rows):,}")


def _place(row: queries.Row) -> str:
    return f"{row.due_on.isoformat()}.{row.id}"


def _arguments() -> list[tuple[str, str]]:
    """Return what the address says, without the page it is about."""
    return asked_here("ticked", *PLACES)


def _address(arguments: list[tuple[str, str]], endpoint: str = "tasks.index") -> str:
    address = url_for(endpoint)
    return f"{address}?{urlencode(arguments)}" if arguments else address


@cache
def _standings(_language: str) -> dict[str, str]:
    """Return what can be chosen as a status, in the page's language."""
    return labels.statuses() | {name: str(words) for name, (_, words) in STANDINGS.items()}


@lru_cache(maxsize=32)
def _months(fiscal_year: int, _language: str) -> dict[str, str]:
    """Return what can be chosen as a month, in the page's language."""
    return {f"{month:%Y-%m}": month_and_year(month) for month in months_of(fiscal_year)}
