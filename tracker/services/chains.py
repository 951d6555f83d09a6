"""Walking a chain of rows, each of which has its predecessor's hash: is it whole, and where does it break?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import Select

from tracker.extensions import db


class Head(Protocol):
    """What remembers where a chain ends."""

    last_seq: int
    last_hash: str


class Link(Protocol):
    """One row of a chain."""

    id: int
    seq: int
    previous_hash: str
    hash: str


Row = TypeVar("Row", bound=Link)


@dataclass(frozen=True)
class Break:
    """The first row of a chain that is not what was written."""

    seq: int
    row_id: int | None  # None: rows are missing at the end


def first_break(rows: Select[Row], *, head: Head, is_as_written: Callable[[Row], bool]) -> Break | None:
    """
    Return the first row that was changed, taken out or put in; None when the chain is whole.

    :param rows: the chain's rows in the order of `seq`
    """
    previous, seq = "", 0
    with db.session.scalars(rows.execution_options(yield_per=1000)) as chain:  # left early, its cursor must be closed
        for row in chain:
            seq += 1
            if row.seq != seq or row.previous_hash != previous or not is_as_written(row):
                return Break(row.seq, row.id)
            previous = row.hash
    if (seq, previous) != (head.last_seq, head.last_hash):
        return Break(seq + 1, None)
    return None
