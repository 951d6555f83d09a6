"""What the cells of a measure in a plan's workbook say, and what is wrong with them."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from tracker.documents import plan_layout as layout
from tracker.documents.plan_layout import Field
from tracker.documents.reading.naming import bare_number, indicator_named
from tracker.domain.sentences import N_, Sentence
from tracker.domain.thai import arabic_digits, clean
from tracker.domain.timeframes import Kind, read_time_frame, step_time_frame

_WEIGHT = re.compile("[0-9]{1,3}")
_YES = {layout.YES, "ต้อง", "ต้องมี", "มี", "yes", "y", "true", "1", "✓", "/"}
_NO = {"", layout.NO, "ไม่", "ไม่ต้อง", "ไม่ต้องมี", "ไม่มี", "no", "n", "false", "0", "-"}


def indicator(cell: str) -> int | None:
    """Return the indicator's number, 1 to 10, however the cell names it; None if it names none."""
    return bare_number(cell) or indicator_named(cell)


def weight(cell: str) -> int | None:
    """Return a weight, 1 to 100; 1 where nothing is written, None where it cannot be one."""
    written = arabic_digits(cell) or "1"
    number = int(written) if _WEIGHT.fullmatch(written) else 0
    return number if 1 <= number <= 100 else None


def yes_or_no(cell: str) -> bool | None:
    """Return what was answered; nothing is no, None cannot be understood."""
    answer = arabic_digits(clean(cell)).lower()
    return True if answer in _YES else False if answer in _NO else None


def problems(own: Mapping[Field, str], *, fiscal_year: int | None) -> list[Sentence]:
    """Return why the cells of a measure make none; empty if they do."""
    return list(_problems(own, fiscal_year))


def _problems(own: Mapping[Field, str], fiscal_year: int | None) -> Iterator[Sentence]:
    named, title = own.get(Field.INDICATOR, ""), own.get(Field.TITLE, "")
    if not named:
        yield Sentence(N_("The indicator is missing. Write its number, 1 to 10."))
    elif indicator(named) is None:
        yield _said(N_("“%(written)s” is no indicator. Write its number, 1 to 10."), named)
    if not title:
        yield Sentence(N_("The measure has no name."))
    elif title.startswith(layout.EXAMPLE_BEGINS):
        yield Sentence(N_("This is an example of the form. Write a name of your own instead."))
    if words := own.get(Field.TIME_FRAME):
        yield from _unclear(words, fiscal_year)
    if weight(own.get(Field.WEIGHT, "")) is None:
        yield _said(N_("“%(written)s” is no weight. Write a whole number from 1 to 100."), own[Field.WEIGHT])
    if yes_or_no(own.get(Field.NEEDS_EVIDENCE, "")) is None:
        yield _said(N_("“%(written)s” is neither yes nor no. Choose ใช่ or ไม่ใช่."), own[Field.NEEDS_EVIDENCE])


def step_problem(step: str, words: str, *, fiscal_year: int | None) -> Sentence | None:
    """Return why a step's own time frame cannot be read, or None."""
    if not words:
        return None
    if not step:
        return Sentence(N_("There is a time frame of a step, but no step beside it."))
    if words == layout.AS_IN_THE_STEP:
        is_clear = fiscal_year is None or step_time_frame(step, fiscal_year=fiscal_year)
        return None if is_clear else Sentence(N_("The step's own words do not say when it is due."))
    return next(_unclear(words, fiscal_year), None)


def _unclear(words: str, fiscal_year: int | None) -> Iterator[Sentence]:
    if fiscal_year is not None and not _is_clear(words, fiscal_year):
        yield Sentence(
            N_("It is not clear when “%(words)s” falls due. Write it like “ทุกเดือน” or “28 ก.พ. 69 และ 31 ส.ค. 69”."),
            {"words": words},
        )


@lru_cache(maxsize=1024)  # a plan says the same few words again and again
def _is_clear(words: str, fiscal_year: int) -> bool:
    return read_time_frame(words, fiscal_year=fiscal_year).kind != Kind.UNCLEAR


def _said(message: str, written: str) -> Sentence:
    return Sentence(message, {"written": written[:60]})
