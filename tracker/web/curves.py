"""The S-curve as it is drawn: where its lines, marks and words stand on a sheet of a given size."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask_babel import gettext, ngettext

from tracker.domain.calendar import ONE_DAY, first_day, last_day, months_of
from tracker.domain.curves import Curve, Share
from tracker.domain.thai import buddhist_year
from tracker.web.filters import short_date, short_month

GRID = (0, 25, 50, 75, 100)  # percent
BESIDE = 10  # from a mark to its words
LINE = 16  # words on two lines closer than this touch each other


class Place(NamedTuple):
    """Where something stands, with its words where it has any; `anchor` says which end of them that is."""

    x: float
    y: float
    words: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Sheet:
    """The room for a drawing, in the units of its words' size: margins, and every how many months one is named."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    step: int
    room: int  # how wide the words at a line's end may be

    def x(self, day: date, fiscal_year: int) -> float:
        """Return where the end of a day is."""
        start = first_day(fiscal_year)
        share = (day - start + ONE_DAY) / (last_day(fiscal_year) - start + ONE_DAY)
        return round(self.left + share * (self.width - self.left - self.right), 1)

    def y(self, share: Share) -> float:
        """Return how high a share is."""
        part = share.part / share.whole if share.whole else 0
        return round(self.height - self.bottom - part * (self.height - self.bottom - self.top), 1)


SHEETS = (
    Sheet("wide", width=700, height=270, left=44, right=84, top=26, bottom=44, step=1, room=104),
    Sheet("narrow", width=320, height=270, left=42, right=82, top=26, bottom=46, step=2, room=104),
)


@dataclass(frozen=True)
class Drawing:
    """A curve on a sheet."""

    sheet: Sheet
    grid: list[Place]
    months: list[Place]
    years: list[Place]
    bounds: list[float]
    planned: list[Place]
    actual: list[Place]
    today: Place | None
    ends: list[Place]  # the words at the end of the planned line, then of the actual one


def drawings(curve: Curve) -> list[Drawing]:
    """Return the curve for wide windows and for narrow ones; nothing where there is no line to draw."""
    return [_drawing(curve, sheet) for sheet in SHEETS] if curve.is_drawn else []


def curve_words(curve: Curve) -> str:
    """Return what the curve says: how much is done, against how much was planned, on its last day that has come."""
    if not curve.is_drawn:
        return gettext("Planned against actual")
    last = curve.reached[-1]
    gap, values = last.gap or 0, {"done": last.actual.percent if last.actual else 0, "day": short_date(last.day)}
    if gap == 0:
        return gettext("%(done)s%% is complete, as planned, as of %(day)s", **values)
    if gap > 0:
        return ngettext(
            "%(done)s%% is complete, %(num)d point above plan, as of %(day)s",
            "%(done)s%% is complete, %(num)d points above plan, as of %(day)s",
            gap,
            **values,
        )
    return ngettext(
        "%(done)s%% is complete, %(num)d point below plan, as of %(day)s",
        "%(done)s%% is complete, %(num)d points below plan, as of %(day)s",
        -gap,
        **values,
    )


def _drawing(curve: Curve, sheet: Sheet) -> Drawing:
    year = curve.fiscal_year
    months = [(first, sheet.x(first - ONE_DAY, year)) for first in months_of(year)]
    width = (sheet.width - sheet.left - sheet.right) / len(months)
    named = [Place(round(x + width / 2, 1), sheet.height - sheet.bottom + 18, _month(first)) for first, x in months]
    planned = [Place(sheet.x(point.day, year), sheet.y(point.planned)) for point in curve.points]
    actual = [Place(sheet.x(p.day, year), sheet.y(p.actual)) for p in curve.points if p.actual]
    return Drawing(
        sheet,
        grid=[Place(sheet.left, sheet.y(Share(percent, 100)), f"{percent}%", "end") for percent in GRID],
        months=named[:: sheet.step],
        years=[_year(place, first) for place, (first, _) in zip(named, months, strict=True) if first.month in {10, 1}],
        bounds=[x for _, x in months] + [sheet.x(last_day(year), year)],
        planned=planned,
        actual=actual,
        today=_today(curve, sheet),
        ends=_ends(curve, sheet, planned[-1], actual[-1]),
    )


def _month(first: date) -> str:
    return short_month(first).partition(" ")[0]


def _year(month: Place, first: date) -> Place:
    return Place(month.x, month.y + LINE, str(buddhist_year(first)))


def _today(curve: Curve, sheet: Sheet) -> Place | None:
    """Return where the day in view is marked, if it lies within the year."""
    if not first_day(curve.fiscal_year) <= curve.day <= last_day(curve.fiscal_year):
        return None
    x = sheet.x(curve.day, curve.fiscal_year)
    half = sheet.room / 2
    anchor = "start" if x - half < sheet.left else "end" if x + half > sheet.width else "middle"
    return Place(x, sheet.top - 10, short_date(curve.day), anchor)


def _ends(curve: Curve, sheet: Sheet, planned: Place, actual: Place) -> list[Place]:
    """Return the words that name the lines, at their ends and out of each other's way."""
    last = curve.reached[-1]
    expected, done = curve.points[-1].planned.percent, last.actual.percent if last.actual else 0
    plan = Place(planned.x + BESIDE, planned.y + 5, gettext("Plan %(percent)s%%", percent=expected), "start")
    words = gettext("Complete %(percent)s%%", percent=done)
    return [plan, _beside(sheet, actual, words, plan, is_below=(last.gap or 0) < 0)]


def _beside(sheet: Sheet, end: Place, words: str, plan: Place, *, is_below: bool) -> Place:
    """Return the words of the actual line: on the side of it that the plan leaves free, within the sheet."""
    y = end.y + LINE + 4 if is_below or end.y - LINE < sheet.top else end.y - BESIDE
    x, right, anchor = end.x + BESIDE, end.x + BESIDE + sheet.room, "start"
    if right > sheet.width:
        x, right, anchor = sheet.width - 4, sheet.width, "end"
    if right > plan.x and abs(y - plan.y) < LINE:
        y = plan.y + LINE
    return Place(x, min(y, sheet.height - sheet.bottom - 6), words, anchor)
