"""Column types that every table may use: aware moments, exact decimals, readings of a time frame."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Enum, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from tracker.domain.reminders import Rules
from tracker.domain.timeframes import TimeFrame

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused rather than guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A score exactly as printed: SQLite has no decimal numbers, so it is kept as text."""

    impl = String(16)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Reading(TypeDecorator[TimeFrame]):
    """What was read from a time frame, kept so that a better reader never rewrites an agreed schedule."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: TimeFrame | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else value.to_json()

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> TimeFrame | None:
        return None if value is None else TimeFrame.from_json(value)


class ReminderRules(TypeDecorator[Rules]):
    """A plan's rules for reminding; what an older version of the program did not know is as usual."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Rules | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else value.to_json()

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Rules | None:
        return None if value is None else Rules.from_json(value)


def word(kind: type[StrEnum]) -> Enum:
    """Return a column type that stores an enumeration by its value, on every database alike."""
    return Enum(kind, native_enum=False, length=24, values_callable=lambda members: [str(m) for m in members])
