"""What was measured: scores of a fiscal year, kept as printed, and the findings behind them."""

from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.indicators import Instrument
from tracker.extensions import db
from tracker.models.base import ExactDecimal, word
from tracker.models.organization import Organization


class Assessment(db.Model):
    """The result of one fiscal year (พ.ศ.)."""

    __table_args__ = (UniqueConstraint("organization_id", "fiscal_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    fiscal_year: Mapped[int]
    level: Mapped[str] = mapped_column(default="")  # as printed

    scores: Mapped[list["Score"]] = relationship(order_by="Score.id", cascade="all, delete-orphan")
    findings: Mapped[list["Finding"]] = relationship(order_by="Finding.id", cascade="all, delete-orphan")


class Score(db.Model):
    """
    One printed score.

    `key` says what was scored: `overall`, an instrument (`EIT1`), an indicator (`indicator:6`) or an item within
    its instrument (`EIT2:e1`).
    """

    __table_args__ = (UniqueConstraint("assessment_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey(Assessment.id), index=True)
    key: Mapped[str]
    value: Mapped[Decimal] = mapped_column(ExactDecimal)


class Finding(db.Model):
    """A weakness the assessors named, with the items it cost points on and their advice."""

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey(Assessment.id), index=True)
    indicator: Mapped[int]
    instrument: Mapped[Instrument] = mapped_column(word(Instrument))
    items: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str]
    recommendation: Mapped[str] = mapped_column(default="")
    is_answered: Mapped[bool] = mapped_column(default=True)
