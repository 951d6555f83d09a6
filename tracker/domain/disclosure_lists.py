"""The items that must be open to the public (O-items of the OIT), as far as the handbooks of two years are known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracker.domain.years import a_year_later


@dataclass(frozen=True)
class Entry:
    """An item of a year's list: what it is about, its number that year, and how the handbook names it."""

    meaning: str
    number: int
    title: str
    is_confirmed: bool = True  # False: the title is not known from that year's handbook


def _confirmed(meaning: str, number: int, title: str) -> Entry:
    return Entry(meaning, number, title)


def _unconfirmed(meaning: str, number: int, title: str) -> Entry:
    return Entry(meaning, number, title, is_confirmed=False)


# The same meaning bears the same key in every year. What could not be found in a handbook has short words of our own.
_LIST_2568 = (
    _confirmed("structure", 1, "โครงสร้างและอำนาจหน้าที่"),
    _confirmed("executives", 2, "ข้อมูลผู้บริหาร"),
    _confirmed("contact", 3, "ข้อมูลการติดต่อ"),
    _confirmed("news", 4, "ข่าวประชาสัมพันธ์"),
    _unconfirmed("development_plan", 5, "แผนพัฒนาท้องถิ่น"),
    _confirmed("work_plan", 6, "แผนและความก้าวหน้าในการดำเนินงานและการใช้งบประมาณ"),
    _unconfirmed("annual_result", 7, "ผลการดำเนินงานประจำปี"),
    _confirmed("staff_manual", 8, "คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่"),
    _confirmed("service_manual", 9, "คู่มือหรือแนวทางการขอรับบริการสำหรับผู้รับบริการหรือผู้มาติดต่อ"),
    _confirmed("e_service", 10, "E-Service"),
    _confirmed("service_statistics", 11, "ข้อมูลสถิติการให้บริการ"),
    _confirmed(
        "procurement_progress",
        12,
        "รายการการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ และความก้าวหน้าการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ",
    ),
    _confirmed("procurement_result", 13, "รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี"),
    _confirmed("staff_plan", 14, "แผนการบริหารและพัฒนาทรัพยากรบุคคล"),
    _confirmed("staff_result", 15, "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี"),
    _confirmed("ethics", 16, "ประมวลจริยธรรมและการขับเคลื่อนจริยธรรม"),
    _confirmed("complaint_procedure", 17, "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
    _confirmed("complaint_channel", 18, "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
    _confirmed("complaint_statistics", 19, "ข้อมูลสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ ประจำปี"),
    _confirmed("participation", 20, "การเปิดโอกาสให้เกิดการมีส่วนร่วม"),
    _confirmed("no_gift_policy", 21, "ประกาศเจตนารมณ์และการสร้างวัฒนธรรม ตามนโยบาย No Gift Policy จากการปฏิบัติหน้าที่"),
    _confirmed("gift_report", 22, "รายงานการรับทรัพย์สินหรือประโยชน์อื่นใดโดยธรรมจรรยา"),
    _confirmed("risk_assessment", 23, "การประเมินความเสี่ยงที่อาจเกิดการให้หรือรับสินบนจากการดำเนินงานตามภารกิจของหน่วยงาน"),
    _confirmed("risk_result", 24, "รายงานผลการดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ"),
    _confirmed("anticorruption_plan", 25, "แผนปฏิบัติการป้องกัน(ปราบปราม)การทุจริต"),
    _confirmed("anticorruption_result", 26, "รายงานผลการดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต"),
    _confirmed("integrity_measures", 27, "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"),
    _unconfirmed("integrity_result", 28, "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"),
)
_LIST_2569 = (
    _confirmed("structure", 1, "โครงสร้าง หน้าที่และอำนาจ"),
    _unconfirmed("executives", 2, "ข้อมูลผู้บริหาร"),
    _confirmed("contact", 3, "ข้อมูลการติดต่อและช่องทางการสอบถาม"),
    _confirmed("news", 4, "ข่าวประชาสัมพันธ์"),
    _unconfirmed("development_plan", 5, "แผนพัฒนาท้องถิ่น"),
    _unconfirmed("work_plan", 6, "แผนดำเนินงาน ความก้าวหน้า และการใช้งบประมาณ"),
    _unconfirmed("annual_result", 7, "ผลการดำเนินงานของปีที่ผ่านมา"),
    _confirmed("staff_manual", 8, "คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่"),
    _confirmed("service_manual", 9, "คู่มือหรือแนวทางการขอรับบริการสำหรับผู้รับบริการหรือผู้มาติดต่อ"),
    _confirmed("e_service", 10, "ระบบการให้บริการผ่านช่องทางออนไลน์ (E-SERVICE)"),
    _confirmed("procurement_progress", 11, "สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน ประจำปีงบประมาณ พ.ศ. 2569"),
    _confirmed("procurement_result", 12, "รายงานสรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุของหน่วยงาน ประจำปีงบประมาณ พ.ศ. 2568"),
    _confirmed("staff_plan", 13, "หลักเกณฑ์และแผนการบริหารและพัฒนาทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2569"),
    _confirmed("staff_result", 14, "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2568"),
    _confirmed("ethics", 15, "ประมวลจริยธรรมการขับเคลื่อนจริยธรรม"),
    _confirmed("complaint_procedure", 16, "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
    _confirmed("complaint_channel", 17, "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
    _confirmed("complaint_statistics", 18, "ข้อมูลสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ ประจำปีงบประมาณ พ.ศ. 2568"),
    _confirmed("participation", 19, "ผลการเปิดโอกาสให้มีส่วนร่วมในการดำเนินงาน ปีงบประมาณ พ.ศ. 2569"),
    _confirmed(
        "no_gift_policy",
        20,
        "การขับเคลื่อนนโยบาย NO GIFT POLICY จากการปฏิบัติหน้าที่และการเสริมสร้างความรู้เกี่ยวกับหลักเกณฑ์"
        "การรับทรัพย์สินหรือประโยชน์อื่นใดโดยธรรมจรรยาของเจ้าพนักงานของรัฐ",
    ),
    _confirmed("risk_assessment", 21, "การประเมินความเสี่ยงการทุจริตในหน่วยงานภาครัฐ ประจำปีงบประมาณ พ.ศ. 2569"),
    _confirmed(
        "risk_result", 22, "รายงานผลการดำเนินการตามแผนบริหารจัดการความเสี่ยงการทุจริตของหน่วยงาน ประจำปีงบประมาณ พ.ศ. 2568"
    ),
    _confirmed("anticorruption_plan", 23, "แผนปฏิบัติการป้องกันการทุจริต ปีงบประมาณ พ.ศ. 2569"),
    _confirmed("anticorruption_result", 24, "รายงานผลการดำเนินการป้องกันการทุจริต ปีงบประมาณ พ.ศ. 2568"),
    _confirmed("integrity_measures", 25, "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร"),
    _confirmed(
        "integrity_result", 26, "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ปีงบประมาณ พ.ศ. 2568"
    ),
)
KNOWN: Mapping[int, tuple[Entry, ...]] = {2568: _LIST_2568, 2569: _LIST_2569}
MEANINGS = frozenset(entry.meaning for entries in KNOWN.values() for entry in entries)


def known_list(fiscal_year: int) -> tuple[Entry, ...]:
    """Return the list of a fiscal year (พ.ศ.); where that is not known, the nearest one in its words, unconfirmed."""
    if fiscal_year in KNOWN:
        return KNOWN[fiscal_year]
    nearest = min(KNOWN, key=lambda year: abs(year - fiscal_year))
    return tuple(moved(entry, nearest, fiscal_year) for entry in KNOWN[nearest])


def moved(entry: Entry, before: int, after: int) -> Entry:
    """Return an entry of one fiscal year (พ.ศ.) as it will probably stand in another: nobody has confirmed that."""
    title = entry.title
    for year in range(before, after):
        title = a_year_later(title, fiscal_year=year)
    return replace(entry, title=title, is_confirmed=False)
