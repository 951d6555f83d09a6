import pytest

from tests.patience import patience
from tracker.domain.responsibles import USUAL_DIVISIONS, Division, read_responsible

PALAT, KHLANG, CHANG, SUEKSA, SATHA, SAWAT = USUAL_DIVISIONS
ALL = USUAL_DIVISIONS
AUDIT = Division("หน่วยตรวจสอบภายใน")
EDUCATION = Division("กองการศึกษา ศาสนาและวัฒนธรรม")
STRATEGY = Division("กองยุทธศาสตร์และงบประมาณ")
HEALTH = Division("กองสาธารณสุขและสิ่งแวดล้อม")
WATER = Division("กองการประปา", ("กองน้ำ",), "ผู้จัดการประปา")
LARGE = (Division("สำนักปลัด"), KHLANG, CHANG, EDUCATION, HEALTH, STRATEGY, WATER, AUDIT)


def named(text: str, divisions: tuple[Division, ...] = ALL) -> tuple[Division, ...]:
    """The divisions of a text that must be understood to the last word."""
    read = read_responsible(text, divisions=divisions)
    assert read.unmatched == ()
    return read.divisions


@pytest.mark.parametrize(
    "text",
    [
        "ทุกส่วนราชการ",
        "ทุก ส่วน ราชการ",
        "ทุก ๆ ส่วนราชการ",
        "ทุก\nส่วนราชการ",
        "ทุกส่วนราชการฯ",
        "ทุกส่วนราชการในสังกัด",
        "ทุกส่วนราชการในเทศบาล",
        "ทุกส่วนราชการของเทศบาลตำบลบางปลา",
        "ทุกหน่วยงานภายในเทศบาลตำบลบางปลา",
        "ทุกหน่วยงาน",
        "ทุกส่วนงาน",
        "ทุกส่วน",
        "ทุกกอง",
        "ทุกสำนัก",
        "ทุกสำนัก/กอง",
        "ทุกสำนัก / กอง",
        "ทุกสำนัก-กอง",
        "ทุกสำนัก กอง",
        "ทุกสำนัก ทุกกอง",
        "ทุกสำนัก/ทุกกอง",
        "ทุกสำนักและทุกกอง",
        "ทุกกอง/สำนัก",
        "ทุกกอง/ฝ่าย",
        "ทุกสำนัก/กอง/หน่วยงาน",
        "ทุกสำนัก กอง และหน่วยงาน",
        "ส่วนราชการทุกส่วน",
        "ส่วนราชการทั้งหมด",
        "สำนัก/กองทุกแห่ง",
        "หน่วยงานในสังกัดทุกหน่วยงาน",
        "หัวหน้าส่วนราชการทุกส่วน",
        "ผอ.ทุกกอง",
        "บุคลากรทุกส่วนราชการ",
        "<p>ทุกส่วนราชการ</p>",
        "๑. ทุกส่วนราชการ",
        "ทุกส่วนราชการ 😀",
        "ทุกสำนัก/กอง ส่งหน่วยตรวจสอบภายใน",
        "ทุกกองส่งข้อมูลให้สำนักปลัด",
        "ทุกส่วนราชการรายงานต่อปลัดเทศบาล",
        "ทุกส่วนราชการดำเนินการ",
        "กองคลัง / ทุกกอง",
        "สำนักปลัด และทุกกอง",
        "ผู้รับผิดชอบหลัก กองคลัง ผู้รับผิดชอบร่วม ทุกกอง",
        "ทุกส่วนราชการ (สำนักปลัดเป็นหน่วยงานหลัก)",
        "ทุกส่วนราชการ โดยมีสำนักปลัดเป็นผู้ประสานงาน",
    ],
)
def test_every_division_is_meant(text):
    assert named(text) == ALL


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("กองคลัง", KHLANG),
        ("กอง คลัง", KHLANG),
        ("กอง  คลัง", KHLANG),
        ("กอง\nคลัง", KHLANG),
        ("กอง\u200bคลัง", KHLANG),
        ("กองคลัง.", KHLANG),
        ("(กองคลัง)", KHLANG),
        ("๑) กองคลัง", KHLANG),
        ("- กองคลัง", KHLANG),
        ("กองคลัง 😀", KHLANG),
        ("กองคลัง / กองคลัง", KHLANG),
        ("กองคลัง เทศบาลตำบลบางปลา", KHLANG),
        ("กองคลังเทศบาลตำบลบางปลา", KHLANG),
        ("สำนักปลัด", PALAT),
        ("สํานักปลัด", PALAT),
        ("สำนัก ปลัด", PALAT),
        ("สำนักปลัดฯ", PALAT),
        ("สำนักปลัดเทศบาล", PALAT),
        ("สำนักปลัดเทศบาลตำบลบางปลา", PALAT),
        ("สำนักปลัด อบต.", PALAT),
        ("สำนักปลัด อบจ.", PALAT),
        ("สำนักปลัดองค์การบริหารส่วนตำบล", PALAT),
        ("สำนักงานปลัดเทศบาล", PALAT),
        ("สป.", PALAT),
        ("ส.ป.", PALAT),
        ("กองสธ.", SATHA),
        ("กองสธ", SATHA),
        ("กอง สธ.", SATHA),
        ("กองสาธารณสุข", SATHA),
        ("กองสาธารณสุขฯ", SATHA),
        ("กองสาธารณสุข และสิ่งแวดล้อม", SATHA),
        ("กองการศึกษา", SUEKSA),
        ("กองการศึกษาฯ", SUEKSA),
        ("กองการศึกษา ศาสนาและวัฒนธรรม", SUEKSA),
        ("กองการศึกษาศาสนา และ วัฒนธรรม", SUEKSA),
        ("กองสวัสดิการ", SAWAT),
        ("กองสวัสดิการฯ", SAWAT),
    ],
)
def test_a_division_is_known_by_its_names(text, division):
    assert named(text) == (division,)


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("ผอ.กองช่าง", CHANG),
        ("ผอ. กองช่าง", CHANG),
        ("ผอ กองช่าง", CHANG),
        ("ผู้อำนวยการกองช่าง", CHANG),
        ("รก.ผอ.กองช่าง", CHANG),
        ("รักษาการในตำแหน่งผู้อำนวยการกองช่าง", CHANG),
        ("ผอ.กองการศึกษาฯ", SUEKSA),
        ("ผู้อำนวยการกองการศึกษา ศาสนาและวัฒนธรรม", SUEKSA),
        ("หัวหน้าสำนักปลัด", PALAT),
        ("หน.สป.", PALAT),
        ("หน.สำนักปลัด", PALAT),
        ("เจ้าหน้าที่กองคลัง", KHLANG),
        ("นักวิชาการพัสดุ กองคลัง", KHLANG),
        ("นิติกร สำนักปลัด", PALAT),
    ],
)
def test_a_division_is_known_by_its_people(text, division):
    assert named(text) == (division,)


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("งานพัสดุ กองคลัง", KHLANG),
        ("งานพัสดุกองคลัง", KHLANG),
        ("กองคลัง งานพัสดุ", KHLANG),
        ("กองคลัง (งานพัสดุ)", KHLANG),
        ("กองคลัง(งานพัสดุ/งานการเงิน)", KHLANG),
        ("กองคลัง : งานพัสดุ", KHLANG),
        ("ฝ่ายพัสดุ (กองคลัง)", KHLANG),
        ("ทุกงานในกองคลัง", KHLANG),
        ("งานธุรการ ฝ่ายบริหารงานทั่วไป สำนักปลัดเทศบาลตำบลบางปลา", PALAT),
        ("หัวหน้าฝ่ายอำนวยการ สำนักปลัด", PALAT),
        ("งานวิเคราะห์นโยบาย และแผน สำนักปลัด", PALAT),
        ("รับผิดชอบโดย กองคลัง", KHLANG),
        ("ผู้รับผิดชอบ: กองคลัง", KHLANG),
        ("หน่วยงานหลัก: กองคลัง", KHLANG),
        ("ผู้รับผิดชอบหลัก\nกองคลัง", KHLANG),
        ("มอบหมายให้กองคลังดำเนินการ", KHLANG),
        ("กองคลังเป็นผู้รับผิดชอบหลัก", KHLANG),
        ("กองคลัง (เจ้าภาพหลัก)", KHLANG),
        ("กองคลังส่งให้สำนักปลัดรวบรวม", KHLANG),
        ("กองคลัง เสนอนายกเทศมนตรี", KHLANG),
    ],
)
def test_what_only_explains_a_division_is_left_out(text, division):
    assert named(text) == (division,)


@pytest.mark.parametrize(
    "text",
    [
        "กองคลัง / กองช่าง",
        "กองคลัง/กองช่าง",
        "กองช่าง กองคลัง",
        "กองคลังกองช่าง",
        "กองคลัง, กองช่าง",
        "กองคลัง，กองช่าง",
        "กองคลัง;กองช่าง",
        "กองคลัง และ กองช่าง",
        "กองคลังและกองช่าง",
        "กองคลัง กับ กองช่าง",
        "กองคลังร่วมกับกองช่าง",
        "กองคลัง & กองช่าง",
        "กองคลัง + กองช่าง",
        "กองคลัง\nกองช่าง",
        "กองคลัง\r\nกองช่าง",
        "๑. กองคลัง ๒. กองช่าง",
        "1) กองคลัง 2) กองช่าง",
        "(๑)กองคลัง(๒)กองช่าง",
        "- กองคลัง - กองช่าง",
        "• กองคลัง • กองช่าง",
        "<ul><li>กองคลัง</li><li>กองช่าง</li></ul>",
        "ผอ.กองคลัง/ผอ.กองช่าง",
        "กองคลัง (หลัก) กองช่าง (ร่วม)",
    ],
)
def test_divisions_are_listed_in_many_ways(text):
    assert named(text) == (KHLANG, CHANG)


def test_divisions_come_in_their_own_order():
    assert named("กองสธ. กองการศึกษาฯ กองช่าง กองคลัง สำนักปลัด กองสวัสดิการสังคม") == ALL


@pytest.mark.parametrize(
    ("text", "divisions", "unmatched"),
    [
        ("สำนักปลัด / ผู้บริหาร", (PALAT,), ("ผู้บริหาร",)),
        ("ปลัดเทศบาล กองคลัง", (KHLANG,), ("ปลัดเทศบาล",)),
        ("นายกเทศมนตรี, รองปลัด, กองคลัง", (KHLANG,), ("นายกเทศมนตรี", "รองปลัด")),
        ("กองคลัง (คณะทำงานพัสดุ)", (KHLANG,), ("คณะทำงานพัสดุ",)),
        ("กองคลัง งานพัสดุ ผู้บริหาร", (KHLANG,), ("ผู้บริหาร",)),
        ("กองคลัง คณะทำงานของกองช่าง", (KHLANG,), ("คณะทำงานของกองช่าง",)),
        ("กองคลัง และคณะกรรมการตรวจสอบ", (KHLANG,), ("คณะกรรมการตรวจสอบ",)),
        ("ทุกกองและคณะกรรมการตรวจสอบ", ALL, ("คณะกรรมการตรวจสอบ",)),
        ("ทุกส่วนราชการ/สถานศึกษาในสังกัด", ALL, ("สถานศึกษาในสังกัด",)),
        ("ศูนย์พัฒนาเด็กเล็ก กองการศึกษา", (SUEKSA,), ("ศูนย์พัฒนาเด็กเล็ก",)),
        ("กองคลัง หรือ กองช่าง", (KHLANG, CHANG), ("หรือ",)),
        ("กองคลัง / กองไปรษณีย์", (KHLANG,), ("กองไปรษณีย์",)),
        ("๑) สำนักปลัด ๒) อาสาสมัคร ๓) กองคลัง", (PALAT, KHLANG), ("อาสาสมัคร",)),
        ("อาสาสมัคร / กองคลัง / อาสาสมัคร", (KHLANG,), ("อาสาสมัคร",)),
    ],
)
def test_what_is_no_division_is_kept_beside_those_that_are(text, divisions, unmatched):
    read = read_responsible(text, divisions=ALL)

    assert (read.divisions, read.unmatched) == (divisions, unmatched)


@pytest.mark.parametrize(
    "text",
    [
        "งานพัสดุ",
        "ฝ่ายบริหารงานทั่วไป",
        "งานวิจัยและนวัตกรรม",
        "คณะกรรมการตรวจรับของกองคลัง",
        "คณะทำงาน กองคลัง",
        "คณะผู้บริหาร",
        "ปลัดเทศบาล",
        "รองปลัดเทศบาล",
        "ประธานสภา",
        "โรงเรียนบ้านบางปลา",
        "เทศบาลตำบลบางปลา",
        "สำนักงานเลขานุการ",
        "สำนักงานสาธารณสุข",
        "กองสาธารณสุขอำเภอ",
        "กองทุนหลักประกันสุขภาพ",
        "กองช่างสุขาภิบาล",
        "กองคลังและพัสดุ",
        "กองพัสดุและทรัพย์สิน",
        "อาคารกองคลัง",
        "ปลัดกองคลัง",
        "กอง",
        "กองการ",
        "สำนัก",
        "ส่วนราชการ",
        "หัวหน้าส่วนราชการ",
        "หน่วยงานที่เกี่ยวข้อง",
        "ทุกส่วนราชการที่เกี่ยวข้อง",
        "ทุกส่วนราชการ ที่มีหน้าที่ให้บริการ",
        "ทุกหน่วยงานในจังหวัด",
        "ทุกกองทุน",
        "ทุกฝ่าย",
        "พนักงานทุกคน",
        "สำนัก กอง ที่ มีหน้าที่ให้บริการประชาชน",
        "สกม.",
    ],
)
def test_what_is_no_division_is_shown_as_printed(text):
    read = read_responsible(text, divisions=ALL)

    assert (read.divisions, read.unmatched) == ((), (text,))


@pytest.mark.parametrize("text", ["", " ", "-", "–", "...", "😀", "<p></p>", "\n\n", "ผู้รับผิดชอบ:"])
def test_nothing_said_is_nothing_read(text):
    assert named(text) == ()


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("ทุกส่วนราชการ ยกเว้นกองช่าง", {CHANG}),
        ("ทุกส่วนราชการยกเว้นผอ.กองช่าง", {CHANG}),
        ("ทุกส่วนราชการ (ยกเว้นกองช่างและกองคลัง)", {CHANG, KHLANG}),
        ("ทุกกอง เว้นแต่กองสธ.", {SATHA}),
        ("ทุกส่วนราชการ ไม่รวมสำนักปลัด / กองช่าง", {PALAT, CHANG}),
    ],
)
def test_an_exception_leaves_out_what_it_names(text, left_out):
    assert set(named(text)) == set(ALL) - left_out


@pytest.mark.parametrize(
    "text",
    [
        "ทุกส่วนราชการ ยกเว้นหน่วยตรวจสอบภายใน",
        "ทุกส่วนราชการ ยกเว้นกองช่าง และคณะทำงาน",
        "กองคลัง ยกเว้นกองช่าง",
        "ทุกกอง ยกเว้นทุกกอง",
        "ทุกส่วนราชการ ยกเว้น",
    ],
)
def test_an_exception_not_fully_understood_is_left_to_a_person(text):
    read = read_responsible(text, divisions=ALL)

    assert (read.divisions, read.unmatched) == ((), (text,))


@pytest.mark.parametrize(
    ("text", "divisions"),
    [
        ("กองการศึกษา", (EDUCATION,)),
        ("กองการศึกษาฯ", (EDUCATION,)),
        ("กองการศึกษา ศาสนาและวัฒนธรรม", (EDUCATION,)),
        ("กองคลัง กองการศึกษา ศาสนาและวัฒนธรรม กองช่าง", (KHLANG, CHANG, EDUCATION)),
        ("กองการศึกษาและกองคลัง", (KHLANG, EDUCATION)),
        ("กองสธ.", (HEALTH,)),
        ("กองสาธารณสุข", (HEALTH,)),
        ("กองยุทธศาสตร์ฯ", (STRATEGY,)),
        ("กองยุทธศาสตร์และงบประมาณ", (STRATEGY,)),
        ("หน่วยตรวจฯ", (AUDIT,)),
        ("หัวหน้าหน่วยตรวจสอบภายใน", (AUDIT,)),
        ("สำนักปลัดเทศบาล", (LARGE[0],)),
        ("กองน้ำ", (WATER,)),
        ("ผู้จัดการประปา", (WATER,)),
        ("กองคลัง ส่งหน่วยตรวจสอบภายใน", (KHLANG,)),
        ("ทุกสำนัก กอง และหน่วยตรวจสอบภายใน", LARGE),
        ("ทุกกอง", LARGE),
    ],
)
def test_an_organization_has_its_own_divisions(text, divisions):
    assert named(text, LARGE) == divisions


def test_a_shortened_name_that_fits_two_divisions_is_left_to_a_person():
    divisions = (Division("กองส่งเสริมการเกษตร"), Division("กองส่งเสริมคุณภาพชีวิต"))

    assert read_responsible("กองส่งเสริม", divisions=divisions).unmatched == ("กองส่งเสริม",)


def test_a_short_name_of_two_divisions_means_neither():
    divisions = (Division("กองคลัง", ("กค.",)), Division("กองการเจ้าหน้าที่", ("กค.",)))

    assert read_responsible("กค.", divisions=divisions).divisions == ()


def test_the_longest_name_is_read():
    divisions = (Division("กองช่าง"), Division("กองช่างสุขาภิบาล"))

    assert read_responsible("กองช่างสุขาภิบาล", divisions=divisions).divisions == divisions[1:]


def test_without_divisions_nothing_is_dropped():
    assert read_responsible("กองคลัง", divisions=()).unmatched == ("กองคลัง",)


@pytest.mark.parametrize(
    "piece", ["กองคลัง / ", "กอง", "ทุก", "ก", "(", "๑.", "สำนัก/กอง", "นายก ", "ที่ร่วมหลัก", "<", "ยกเว้น"]
)
def test_a_very_long_text_is_read_in_no_time(piece):
    text = piece * (100_000 // len(piece))

    with patience():
        read_responsible(text, divisions=ALL)
