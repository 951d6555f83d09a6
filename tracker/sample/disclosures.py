"""The demo's items that must be open to the public: most with an address, some without."""

from datetime import datetime

from tracker.models import Appointment
from tracker.queries import disclosures as queries
from tracker.services import disclosure_years, disclosures

SITE = "https://www.example.go.th"
# Where each item is shown, by its meaning; what is not here has no address yet.
SHOWN_AT = {
    "structure": (("/about/structure", "โครงสร้างเทศบาล"), ("/about/duties", "หน้าที่และอำนาจ")),
    "executives": (("/about/executives", "คณะผู้บริหาร"),),
    "contact": (("/contact", "ติดต่อเทศบาล"),),
    "news": (("/news", ""),),
    "development_plan": (("/plan/development.pdf", "แผนพัฒนาท้องถิ่น"),),
    "annual_result": (("/plan/annual-result.pdf", ""),),
    "service_manual": (("/service/manual", "คู่มือประชาชน"), ("/service/forms", "แบบฟอร์ม")),
    "e_service": (("/e-service", "บริการออนไลน์"),),
    "procurement_progress": (("/procurement/monthly", "สรุปผลรายเดือน"),),
    "procurement_result": (("/procurement/annual.pdf", ""),),
    "staff_plan": (("/staff/plan.pdf", ""),),
    "ethics": (("/staff/ethics", "ประมวลจริยธรรม"),),
    "complaint_procedure": (("/complaint/procedure.pdf", ""),),
    "complaint_channel": (("/complaint", "แจ้งเรื่องร้องเรียน"),),
    "participation": (("/participation", ""),),
    "no_gift_policy": (("/no-gift-policy", "No Gift Policy"),),
    "anticorruption_plan": (("/anticorruption/plan.pdf", ""),),
    "integrity_measures": (("/ita/measures.pdf", ""),),
}


def fill(*, fiscal_year: int, by: Appointment, now: datetime) -> None:
    """Begin the list of a fiscal year (พ.ศ.); what the year before showed comes along."""
    organization_id = by.position.organization_id
    disclosure_years.begin(organization_id=organization_id, fiscal_year=fiscal_year, by=by, now=now)
    for item in queries.of_year(organization_id, fiscal_year=fiscal_year):
        for path, title in () if item.addresses else SHOWN_AT.get(item.meaning, ()):
            disclosures.add_address(item=item, written=f"{SITE}{path}", title=title, by=by, now=now)
