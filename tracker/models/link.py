"""Web addresses that are watched, and each look at them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.links import Cause, Frequency, Verdict
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.organization import Organization


class Link(db.Model):
    """
    An address of an organization, checked once however often it is used.

    `verdict` is what people are told: a failed look makes it broken only when a second look, later, failed as well;
    until then it is a caution. `failing_since` is the first of the failures in a row, `last_ok_at` the last look that
    opened it.
    """

    __table_args__ = (
        UniqueConstraint("organization_id", "url"),
        CheckConstraint("(failures = 0) = (failing_since IS NULL)", name="failing_together"),
        Index("ix_link_due", "next_check_at", "id"),
        # The few that cannot be opened: every list of tasks asks which of them are evidence.
        Index("ix_link_verdict", "organization_id", "verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    url: Mapped[str]  # as `domain.evidence.web_address` spells it
    added_at: Mapped[datetime] = mapped_column(Moment)
    verdict: Mapped[Verdict] = mapped_column(word(Verdict), default=Verdict.UNCHECKED)
    cause: Mapped[Cause | None] = mapped_column(word(Cause))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what fills the sentence of the cause
    checked_at: Mapped[datetime | None] = mapped_column(Moment)
    next_check_at: Mapped[datetime] = mapped_column(Moment)
    last_ok_at: Mapped[datetime | None] = mapped_column(Moment)
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    failures: Mapped[int] = mapped_column(default=0)  # looks in a row that could not open it
    leased_until: Mapped[datetime | None] = mapped_column(Moment)  # of the process that looks at it now


class LinkCheck(db.Model):
    """One look at an address, and what it alone says. Looks while the office itself was offline are not kept."""

    __table_args__ = (Index("ix_link_check_when", "link_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey(Link.id))
    at: Mapped[datetime] = mapped_column(Moment)
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    cause: Mapped[Cause | None] = mapped_column(word(Cause))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[int | None]  # of HTTP; None: there was no answer
    final_url: Mapped[str] = mapped_column(default="")
    took_ms: Mapped[int] = mapped_column(default=0)


class LinkRules(db.Model):
    """How an organization's addresses are checked; without a row, as usual: daily, and nothing inside the office."""

    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), primary_key=True)
    every: Mapped[Frequency] = mapped_column(word(Frequency), default=Frequency.DAILY)
    intranet_names: Mapped[list[str]] = mapped_column(JSON, default=list)  # the office's own hosts that may be opened
    offline_since: Mapped[datetime | None] = mapped_column(Moment)  # since when nothing outside answers; None: it does
