"""Which year's items are in view, and what of them: by division, by how their addresses stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import abort, g, request
from flask_babel import gettext, lazy_gettext

from tracker import clock
from tracker.domain.calendar import fiscal_year_of
from tracker.domain.disclosures import Standing
from tracker.queries import disclosures as queries
from tracker.queries.disclosures import Row
from tracker.queries.plans import Year
from tracker.web import access
from tracker.web.addresses import here
from tracker.web.loaders import all_years

STANDING = {
    Standing.MISSING: lazy_gettext("no address yet"),
    Standing.BROKEN: lazy_gettext("an address cannot be opened"),
    Standing.CAUTION: lazy_gettext("an address needs a look"),
    Standing.UNCHECKED: lazy_gettext("not checked yet"),
    Standing.OK: lazy_gettext("every address opens"),
}
# What answers no citizen comes before what nobody has put there yet, and that before what is well.
TO_PUT_RIGHT = (Standing.BROKEN, Standing.CAUTION)
WORST_FIRST = (*TO_PUT_RIGHT, Standing.MISSING, Standing.UNCHECKED, Standing.OK)


@dataclass(frozen=True)
class Group:
    """Items under one heading."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class View:
    """The items in view: what is asked for, by group, and what is retired."""

    groups: list[Group]
    retired: list[Row]
    tags: list[tuple[str, str]] = field(default_factory=list)  # (words, the address without this filter)
    division_id: int | None = None
    standing: str = ""


def years_in_use() -> list[int]:
    """Return the fiscal years (พ.ศ.) that can be looked at: those of lists and plans, and this one; newest first."""
    if "disclosure_years" not in g:
        kept = queries.years(access.user().organization_id)
        known = {*kept, *(plan.fiscal_year for plan in all_years()), fiscal_year_of(clock.today())}
        g.disclosure_years = sorted(known, reverse=True)
    return g.disclosure_years


def year_in_view(*, with_next: bool = False) -> int:
    """Return the year that `?year=` names, else this fiscal year; one that has nothing yet only where it may begin."""
    years = years_in_use()
    if "year" not in request.args:
        return fiscal_year_of(clock.today())
    wanted = [year for year in [*years, *([years[0] + 1] if with_next else [])] if str(year) == request.args["year"]]
    return wanted[0] if wanted else abort(404)


def as_years(fiscal_years: Sequence[int]) -> list[Year]:
    """Return years as the switch of years takes them."""
    return [Year(year, year) for year in fiscal_years]


def view_of(rows: Sequence[Row]) -> View:
    """Return the items in view: one's own divisions' first; of each, what is to be done before what is well."""
    asked = [row for row in rows if not row.item.is_retired]
    names = {row.item.division_id: row.item.division.name for row in rows if row.item.division}
    division_id = request.args.get("division", type=int)
    division_id = division_id if division_id in names else None
    standing = request.args.get("standing", "")
    standing = standing if standing in set(Standing) else ""
    tags = []
    if division_id is not None:
        tags.append((names[division_id], here(division=None)))
        asked = [row for row in asked if row.item.division_id == division_id]
    if standing:
        tags.append((str(STANDING[Standing(standing)]), here(standing=None)))
        asked = [row for row in asked if row.standing == standing]
    groups = [Group("", asked)] if tags else _groups(asked)
    retired = [] if tags else [row for row in rows if row.item.is_retired]
    return View([group for group in groups if group.rows], retired, tags, division_id, standing)


def _groups(rows: Sequence[Row]) -> list[Group]:
    own = {division.id for division in access.divisions()}
    ours = [row for row in rows if row.item.division_id in own]
    others = sorted((row for row in rows if row.item.division_id not in own), key=_rank)
    return [
        Group(gettext("Of your division"), sorted(ours, key=_rank)),
        Group(gettext("To be put right"), [row for row in others if row.standing in TO_PUT_RIGHT]),
        Group(gettext("No address yet"), [row for row in others if row.standing == Standing.MISSING]),
        Group(gettext("With addresses"), [row for row in others if row.standing in (Standing.UNCHECKED, Standing.OK)]),
    ]


def _rank(row: Row) -> int:
    return WORST_FIRST.index(row.standing)
