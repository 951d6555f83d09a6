"""Where watched addresses are used: on items that must be open to the public, and as evidence on tasks."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from tracker.domain.evidence import EvidenceKind
from tracker.extensions import db
from tracker.models import DisclosureAddress, DisclosureItem, Division, Evidence, Link, Measure, Task
from tracker.models.evidence import is_current


@dataclass(frozen=True)
class ItemUse:
    """An item shows itself at the address."""

    item_id: int
    number: int
    fiscal_year: int
    title: str
    division: str  # empty: nobody keeps it

    @property
    def code(self) -> str:
        """How people name the item."""
        return f"O{self.number}"


@dataclass(frozen=True)
class EvidenceUse:
    """The address is evidence on a task."""

    task_id: int
    title: str
    measure: str
    indicator: int
    division: str
    due_on: date


@dataclass
class Uses:
    """Every use of one address that somebody may see."""

    items: list[ItemUse] = field(default_factory=list)
    evidence: list[EvidenceUse] = field(default_factory=list)

    @property
    def divisions(self) -> list[str]:
        """The divisions that count on it, each once."""
        names = [use.division for use in self.items] + [use.division for use in self.evidence]
        return [name for name in dict.fromkeys(names) if name]

    def __bool__(self) -> bool:
        return bool(self.items or self.evidence)


def of(links: Collection[Link], *, organization_id: int, division_ids: Collection[int]) -> Mapping[int, Uses]:
    """
    Return where addresses of an organization are used, in two statements, also those that are not watched any more.

    :param division_ids: whose evidence may be seen
    """
    uses: dict[int, Uses] = defaultdict(Uses)
    by_url = {link.url: link.id for link in links}
    items = (
        select(DisclosureAddress.link_id, DisclosureItem, Division.name)
        .join(DisclosureItem, DisclosureItem.id == DisclosureAddress.item_id)
        .outerjoin(Division, Division.id == DisclosureItem.division_id)
        .where(DisclosureAddress.link_id.in_(by_url.values()))
        .order_by(DisclosureItem.fiscal_year.desc(), DisclosureItem.number, DisclosureItem.id)
    )
    for link_id, item, division in db.session.execute(items):
        uses[link_id].items.append(ItemUse(item.id, item.number, item.fiscal_year, item.title, division or ""))
    pieces = (
        select(Evidence, Measure.title, Measure.indicator, Division.name, Task.due_on)
        .join(Task, Task.id == Evidence.task_id)
        .join(Measure, Measure.id == Task.measure_id)
        .join(Division, Division.id == Task.division_id)
        .where(
            Evidence.organization_id == organization_id,
            Evidence.kind == EvidenceKind.LINK,
            Evidence.url.in_(by_url),
            Task.division_id.in_(division_ids),
            is_current(),
        )
        .order_by(Task.due_on, Evidence.id)
    )
    for piece, measure, indicator, division, due_on in db.session.execute(pieces):
        use = EvidenceUse(piece.task_id, piece.title, measure, indicator, division, due_on)
        uses[by_url[piece.url]].evidence.append(use)
    return uses
