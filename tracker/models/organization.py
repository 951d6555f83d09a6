"""Organizations and their divisions."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain import responsibles
from tracker.extensions import db


class Organization(db.Model):
    """A local government. Every other row hangs under exactly one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str | None] = mapped_column(unique=True)  # its name in public addresses; letters, digits and hyphens
    last_seq: Mapped[int] = mapped_column(default=0, server_default="0")  # the head of the record of `Change`
    last_hash: Mapped[str] = mapped_column(default="", server_default="")

    links_seq: Mapped[int] = mapped_column(default=0, server_default="0")  # counts what happens to its addresses

    divisions: Mapped[list["Division"]] = relationship(
        back_populates="organization", order_by="(Division.order, Division.id)"
    )

    @property
    def public_name(self) -> str:
        """How public addresses name it: its slug, which begins with a letter, else its number."""
        return self.slug or str(self.id)

    @property
    def open_divisions(self) -> list["Division"]:
        """The divisions that can be given work, in official order."""
        return [division for division in self.divisions if division.closed_on is None]


class Division(db.Model):
    """A part of the organization that is responsible for tasks, in the official order."""

    __table_args__ = (UniqueConstraint("organization_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    name: Mapped[str]
    short_names: Mapped[list[str]] = mapped_column(JSON, default=list)
    head_title: Mapped[str] = mapped_column(default="")
    order: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[date | None]  # what it did stays; nothing new is given to it

    organization: Mapped[Organization] = relationship(back_populates="divisions")

    @property
    def short_name(self) -> str:
        """The shortest name people use, for table heads."""
        return self.short_names[0] if self.short_names else self.name

    def as_named(self) -> responsibles.Division:
        """Return what the reader of responsible parties compares with."""
        return responsibles.Division(self.name, short_names=tuple(self.short_names), head=self.head_title)
