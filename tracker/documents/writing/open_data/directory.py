"""What the API lists first: which organizations and plans are open to the public."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.documents.writing.open_data import identifiers
from tracker.documents.writing.open_data.fields import Field, Row, Table, Type
from tracker.documents.writing.open_data.tables import public_page
from tracker.documents.writing.open_data.usual_fields import BUDDHIST_YEAR

API = "/public/api/v1"


@dataclass(frozen=True)
class OpenPlan:
    """A plan whose window is open, and what its organization is called in addresses."""

    id: int
    organization: str
    public_name: str
    fiscal_year: int
    published_at: datetime | None


def _organizations(plans: Sequence[OpenPlan], base: str) -> Iterator[Row]:
    known = {plan.public_name: plan for plan in plans}
    for name, plan in known.items():
        yield Row(None, base, plan, sum(one.public_name == name for one in plans))


_KEY = Field(
    "organization_key", Type.TEXT, "ชื่อหน่วยงานในที่อยู่เว็บ", "Name of the organization in addresses",
    lambda row: row.about.public_name,
)  # fmt: skip
_NAME = Field("organization", Type.TEXT, "ชื่อหน่วยงาน", "Name of the organization", lambda row: row.about.organization)

ORGANIZATIONS = Table(
    "organizations",
    "หน่วยงาน",
    "Organizations that have a plan open to the public",
    (
        _KEY,
        _NAME,
        Field("plans_total", Type.INTEGER, "จำนวนแผนที่เผยแพร่", "Plans that are open", lambda row: row.within),
    ),
    _organizations,
)

OPEN_PLANS = Table(
    "open_plans",
    "แผนที่เผยแพร่",
    "Plans that are open to the public",
    (
        Field("uri", Type.ADDRESS, "ตัวระบุถาวรของแผน (URI)", "Identifier of the plan for ever (URI)",
              lambda row: identifiers.plan(row.base, row.about.id)),
        _KEY,
        _NAME,
        Field("fiscal_year_be", Type.INTEGER, "ปีงบประมาณของแผน (พ.ศ.)", "Fiscal year of the plan in the Buddhist Era",
              lambda row: row.about.fiscal_year, unit=BUDDHIST_YEAR),
        Field("published_at", Type.MOMENT, "เวลาที่เริ่มเผยแพร่ (UTC)", "When it was published (UTC)",
              lambda row: row.about.published_at),
        Field("page", Type.ADDRESS, "หน้าสาธารณะของแผน", "The public page of the plan",
              lambda row: public_page(row.base, row.about.public_name, row.about.fiscal_year)),
        Field("api", Type.ADDRESS, "ที่อยู่ของแผนใน API", "Address of the plan in this API",
              lambda row: f"{row.base}{API}/plans/{row.about.public_name}/{row.about.fiscal_year}"),
    ),
    lambda plans, base: (Row(None, base, plan) for plan in plans),
)  # fmt: skip
