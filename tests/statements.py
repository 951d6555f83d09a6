"""Counts what a test asks of the database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


@dataclass
class Statements:
    """What the database was asked, without the savepoints of the tests themselves."""

    all: list[str]
    values: list[Any]  # of each, as the database got them

    def __len__(self) -> int:
        return len(self.all)

    @property
    def writes(self) -> list[str]:
        """The statements that change rows."""
        return [statement for statement in self.all if re.match(r"\s*(INSERT|UPDATE|DELETE)\b", statement, re.I)]


@contextmanager
def count_queries() -> Iterator[Statements]:
    """Collect the statements that reach the database meanwhile."""
    heard = Statements([], [])

    def listen(_connection, _cursor, statement: str, values: Any, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            heard.all.append(statement)
            heard.values.append(values)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
