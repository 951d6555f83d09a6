"""Measures and their steps: the report's own words beside what was read from them."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.links import LinkCheckUse
from tracker.domain.timeframes import TimeFrame
from tracker.extensions import db
from tracker.models.base import Reading, word
from tracker.models.organization import Division, Organization
from tracker.models.plan import Plan

measure_division = Table(
    "measure_division",
    db.metadata,
    Column("measure_id", ForeignKey("measure.id"), primary_key=True),
    Column("division_id", ForeignKey("division.id"), primary_key=True, index=True),
)


class Measure(db.Model):
    """What the organization promised for an indicator. `…_text` and `analysis` are the report's own words."""

    __table_args__ = (
        CheckConstraint("indicator BETWEEN 1 AND 10", name="indicator_range"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_range"),
        CheckConstraint("(link_check = 'none') = (link_check_from IS NULL)", name="link_check_together"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id), index=True)
    indicator: Mapped[int]
    title: Mapped[str]
    analysis: Mapped[list[str]] = mapped_column(JSON, default=list)
    source: Mapped[list[list[str]]] = mapped_column(JSON, default=list)  # the raw cells it was read from
    time_frame_text: Mapped[str] = mapped_column(default="")
    responsible_text: Mapped[str] = mapped_column(default="")
    budget_text: Mapped[str] = mapped_column(default="")  # where the report plans money
    success_text: Mapped[str] = mapped_column(default="")  # and by what it will tell that the measure succeeded
    # All of it as the report had it when it was last read, whatever a person corrected; None: nobody knows any more.
    printed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    schedule: Mapped[TimeFrame] = mapped_column(Reading)
    schedule_words: Mapped[str] = mapped_column(default="")  # what a person wrote instead of `time_frame_text`
    weight: Mapped[int] = mapped_column(default=1)
    needs_evidence: Mapped[bool] = mapped_column(default=False)  # then nothing is handed in without any
    link_check: Mapped[LinkCheckUse] = mapped_column(word(LinkCheckUse), default=LinkCheckUse.NONE)
    link_check_from: Mapped[date | None]  # the day it was chosen: earlier months' tasks are left alone
    is_retired: Mapped[bool] = mapped_column(default=False)  # no longer in the plan; what was done for it stays

    plan: Mapped[Plan] = relationship(back_populates="measures")
    divisions: Mapped[list[Division]] = relationship(secondary=measure_division, order_by=(Division.order, Division.id))
    steps: Mapped[list["Step"]] = relationship(back_populates="measure", order_by="(Step.order, Step.id)")

    @property
    def current_steps(self) -> list["Step"]:
        """The steps that the clerk has not taken out."""
        return [step for step in self.steps if not step.is_retired]


class Step(db.Model):
    """One step of a measure; without a schedule of its own it follows the measure's."""

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id), index=True)
    order: Mapped[int]
    text: Mapped[str]
    printed: Mapped[str | None]  # as the report has it; None: it is not in the report
    own_schedule: Mapped[TimeFrame | None] = mapped_column(Reading)
    own_schedule_words: Mapped[str] = mapped_column(default="")  # what a person wrote for it
    is_retired: Mapped[bool] = mapped_column(default=False)

    measure: Mapped[Measure] = relationship(back_populates="steps")

    @property
    def schedule(self) -> TimeFrame:
        """When this step is due: its own rhythm, or the measure's."""
        return self.own_schedule or self.measure.schedule
