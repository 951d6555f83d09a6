"""The description of a plan's open data for search engines and catalogues: a Dataset of schema.org as JSON-LD."""

from collections.abc import Iterator
from typing import Any

from tracker.documents.writing.open_data import identifiers
from tracker.documents.writing.open_data.licence import LICENCE
from tracker.documents.writing.open_data.tables import TABLES, public_page
from tracker.domain.calendar import first_day, last_day
from tracker.domain.public_plans import PublicPlan

MEDIA_TYPE = "application/ld+json"
_KEYWORDS = ["ITA", "คุณธรรมและความโปร่งใส", "integrity and transparency assessment", "เทศบาล", "local government"]


def described(plan: PublicPlan, base: str) -> dict[str, Any]:
    """
    Return the description (https://schema.org/Dataset).

    :param base: the address of this installation, without the slash at its end
    """
    page = public_page(base, plan.public_name, plan.fiscal_year)
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": identifiers.plan(base, plan.id),
        "identifier": identifiers.plan(base, plan.id),
        "name": f"การดำเนินการตามมาตรการ ITA ปีงบประมาณ พ.ศ. {plan.fiscal_year} – {plan.organization}",
        "alternateName": f"Progress of the ITA measures of fiscal year {plan.fiscal_year} (B.E.), {plan.organization}",
        "description": (
            f"มาตรการส่งเสริมคุณธรรมและความโปร่งใสของ{plan.organization} ปีงบประมาณ พ.ศ. {plan.fiscal_year} "
            "ตามตัวชี้วัด ITA 10 ตัวชี้วัด: สิ่งที่ประกาศว่าจะทำ กำหนดแล้วเสร็จ สถานะของแต่ละงาน และรอบติดตามที่ปิดแล้ว ไม่มีชื่อบุคคล "
            "(What was promised and done for each of the ten ITA indicators; no names of persons.)"
        ),
        "url": f"{page}/data/",
        "inLanguage": ["th", "en"],
        "keywords": _KEYWORDS,
        "license": LICENCE.url,
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": plan.organization, "url": page},
        "publisher": {"@type": "GovernmentOrganization", "name": plan.organization, "url": page},
        "temporalCoverage": f"{first_day(plan.fiscal_year)}/{last_day(plan.fiscal_year)}",
        "dateModified": plan.changed_at.isoformat(),
        "distribution": list(_distributions(page)),
    } | ({"datePublished": plan.published_at.isoformat()} if plan.published_at else {})


def _distributions(page: str) -> Iterator[dict[str, str]]:
    for table in TABLES.values():
        for ending, media_type in (("csv", "text/csv"), ("json", "application/json")):
            yield {
                "@type": "DataDownload",
                "name": f"{table.thai} ({ending.upper()})",
                "encodingFormat": media_type,
                "contentUrl": f"{page}/data/{table.name}.{ending}",
            }
