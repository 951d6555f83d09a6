"""What a template of the organization's own may ask for: the one list, with what each field says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tracker.documents.writing.texts import printable
from tracker.domain import thai

BODY = "body"
Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"


@dataclass(frozen=True)
class Field:
    """A field, what it says in Thai, and an example."""

    name: str
    says: str
    example: str = ""


FIELDS = (
    Field("organization", "ชื่อหน่วยงาน", "เทศบาลตำบลตัวอย่าง"),
    Field("title", "ชื่อรายงาน", "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร"),
    Field("fiscal_year", "ปีงบประมาณ (พ.ศ.)", "2569"),
    Field("period", "รอบติดตามหรือทั้งปี", "รอบ 31 มีนาคม 2569"),
    Field("as_of", "ข้อมูล ณ วันที่", "20 กุมภาพันธ์ 2569"),
    Field("issued_on", "วันที่ออกรายงาน", "20 กุมภาพันธ์ 2569"),
    Field("issued_by", "ตำแหน่งผู้ออกรายงาน", "หัวหน้าสำนักปลัดเทศบาล"),
    Field("version", "ฉบับที่", "1"),
    Field("reason", "เหตุผลที่ออกใหม่ (ว่างในฉบับแรก)", ""),
    Field("head_hash", "ค่าแฮชหัวประวัติของแผน ใช้ตรวจสอบว่าข้อมูลไม่ถูกแก้ย้อนหลัง", "3f1a…"),
    Field(BODY, "เนื้อหาทั้งหมดของรายงานมาตรฐาน อยู่ในย่อหน้าของตัวเองตามแม่แบบตัวอย่าง"),
    Field("measures", "มาตรการทุกข้อ แสดงซ้ำทีละข้อตามแม่แบบตัวอย่าง"),
)
OF_A_MEASURE = (
    Field("indicator", "ลำดับตัวชี้วัด", "2"),
    Field("indicator_name", "ชื่อตัวชี้วัด", "การใช้งบประมาณ"),
    Field("title", "ชื่อมาตรการ", "เผยแพร่แผนการใช้จ่ายงบประมาณ"),
    Field("analysis", "ผลการวิเคราะห์ ทีละข้อ", "ผู้มีส่วนได้เสียรับรู้แผนการใช้จ่ายน้อย"),
    Field("steps", "ขั้นตอนหรือวิธีการ ทีละข้อ", "จัดทำสรุปแผนเป็นรายไตรมาส"),
    Field("time_frame", "ระยะเวลา", "ตลอดปีงบประมาณ พ.ศ. 2569"),
    Field("responsible", "ผู้รับผิดชอบ", "กองคลัง"),
    Field("budget", "งบประมาณ", "ไม่ใช้งบประมาณ"),
    Field("success", "ตัวชี้วัดความสำเร็จ", "เผยแพร่ครบ 4 ไตรมาส"),
)
LISTS = frozenset({"analysis", "steps"})
UNCHANGED = frozenset({"head_hash"})  # nobody may change its digits


def samples() -> dict[str, Value]:
    """Return an example of every field but the body, for trying a template."""
    one: Value = {field.name: [field.example] if field.name in LISTS else field.example for field in OF_A_MEASURE}
    plain = {field.name: field.example for field in FIELDS if field.name not in {BODY, "measures"}}
    return {**plain, "measures": [one]}


def shown(fields: Mapping[str, Value], *, thai_digits: bool) -> dict[str, Value]:
    """Return the fields as the paper shows them: in its digits, without letters that no paper can hold."""
    return {name: value if name in UNCHANGED else _shown(value, thai_digits) for name, value in fields.items()}


def _shown(value: Value, thai_digits: bool) -> Value:
    if isinstance(value, str):
        text = printable(value)
        return thai.thai_digits(text) if thai_digits else text
    if isinstance(value, Mapping):
        return {name: _shown(part, thai_digits) for name, part in value.items()}
    return [_shown(part, thai_digits) for part in value]
