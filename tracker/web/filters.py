"""How values look on a page: พ.ศ. dates in the page's language, percentages, sentences."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache, wraps
from typing import Literal, TypeVar, cast

from babel.dates import get_day_names, get_month_names
from flask import Flask
from flask_babel import get_locale, gettext, ngettext

from tracker import clock
from tracker.domain.budgets import written_amount
from tracker.domain.evidence import MEGABYTE
from tracker.domain.indicators import Indicator
from tracker.domain.scores import rounded
from tracker.domain.sentences import Sentence
from tracker.domain.thai import buddhist_year

Words = TypeVar("Words", bound=Callable[..., str])


def said_once(words: Words) -> Words:
    """Let a function say the same of the same values without looking for it again, in each language."""

    @lru_cache(maxsize=4096)
    def said(_language: str, *values: Hashable) -> str:
        return words(*values)

    @wraps(words)
    def say(*values: Hashable) -> str:
        return said(get_locale().language, *values)

    return cast(Words, say)


@said_once
def long_date(day: date) -> str:
    """Return `28 กุมภาพันธ์ 2569`."""
    return f"{day.day} {_months('wide')[day.month]} {buddhist_year(day)}"


@said_once
def short_date(day: date) -> str:
    """Return `28 ก.พ. 69`; in English, where nobody would take 69 for a Buddhist year, `28 Feb 2569`."""
    year = buddhist_year(day)
    short = f"{year % 100:02}" if get_locale().language == "th" else year
    return f"{day.day} {_months('abbreviated')[day.month]} {short}"


@said_once
def short_month(day: date) -> str:
    """Return `ก.พ. 69`; in English `Feb 2569`."""
    return short_date(day).partition(" ")[2]


@said_once
def month_and_year(day: date) -> str:
    """Return `กุมภาพันธ์ 2569`."""
    return f"{_months('wide')[day.month]} {buddhist_year(day)}"


def _months(width: Literal["wide", "abbreviated"]) -> Mapping[int, str]:
    return _months_of(width, get_locale().language)


@cache
def _months_of(width: Literal["wide", "abbreviated"], language: str) -> Mapping[int, str]:
    return dict(get_month_names(width, locale=language))


@said_once
def weekday(day: date) -> str:
    """Return the name of the day of the week."""
    return get_day_names("wide", locale=get_locale())[day.weekday()]


@said_once
def short_weekday(day: date) -> str:
    """Return the name of the day of the week in as few letters as there are."""
    return get_day_names("abbreviated", locale=get_locale())[day.weekday()]


@said_once
def full_date(day: date) -> str:
    """Return `วันเสาร์ที่ 28 กุมภาพันธ์ 2569`."""
    return gettext("%(weekday)s %(day)s", weekday=weekday(day), day=long_date(day))


def long_moment(moment: datetime) -> str:
    """Return `28 กุมภาพันธ์ 2569 14:05` on Thailand's clocks."""
    local = clock.local(moment)
    return f"{long_date(local.date())} {local:%H:%M}"


def days_in_words(days: int) -> str:
    """Return how far a deadline is, from the days left: 0 is today, negative is late."""
    if days < 0:
        return ngettext("%(num)d day late", "%(num)d days late", -days)
    if days == 0:
        return gettext("due today")
    return ngettext("%(num)d day left", "%(num)d days left", days)


@said_once
def cell_words(done: int, countable: int, overdue: int) -> str:
    """Return what a cell of a matrix says: `3 of 5 tasks done, 2 overdue`."""
    words = gettext("%(done)s of %(all)s tasks done", done=done, all=countable)
    return f"{words}, {gettext('%(count)s overdue', count=overdue)}" if overdue else words


def percent(value: int | None) -> str:
    """Return `64%`, or a dash when there is nothing to measure."""
    return "–" if value is None else f"{value}%"


def score(value: Decimal | None) -> str:
    """Return a score with its two decimals, or a dash."""
    return "–" if value is None else f"{rounded(value):.2f}"


def signed(value: int | Decimal | None) -> str:
    """Return a difference as `+3`, `0` or `−1.25`, its minus as wide as its plus; a dash where nothing is compared."""
    if value is None:
        return "–"
    written = f"{abs(value):.2f}" if isinstance(value, Decimal) else f"{abs(value)}"
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{written}"


def baht(amount: Decimal | None) -> str:
    """Return `12,500 บาท`; nothing used and not said yet are words of their own."""
    if amount is None:
        return gettext("not stated")
    return gettext("%(amount)s baht", amount=written_amount(amount)) if amount else gettext("no budget used")


def indicator_name(indicator: Indicator) -> str:
    """Return the official name of an indicator, in the page's language."""
    return indicator.name_th if get_locale().language == "th" else indicator.name_en


def file_size(size: int) -> str:
    """Return a number of bytes as `340 KB` or `1.2 MB`."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{-(-size // 1024)} KB"


def sentence(value: Sentence) -> str:
    """Return a rule's sentence in the page's language."""
    return gettext(value.message, **{name: _in_words(part) for name, part in value.values.items()})


def _in_words(part: object) -> object:
    if isinstance(part, Sentence):
        return sentence(part)
    return full_date(part) if isinstance(part, date) else part


def register(app: Flask) -> None:
    """Give the filters to the templates."""
    for function in (
        long_date, short_date, short_month, month_and_year, weekday, short_weekday, full_date, long_moment,
        days_in_words, percent, signed, score, baht, indicator_name,
        file_size, sentence,
    ):  # fmt: skip
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.globals |= {"get_locale": get_locale, "cell_words": cell_words}
