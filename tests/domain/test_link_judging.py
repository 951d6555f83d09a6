import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.patience import patience
from tracker.domain.link_judging import judge
from tracker.domain.link_sentences import what_is_wrong
from tracker.domain.links import Cause, CertificateFault, Failure, Observation, Verdict

TODAY = date(2026, 2, 20)
URL = "https://www.example.go.th/ita/o1"
GOOD = Observation(
    URL,
    status=200,
    final_url=URL,
    took_ms=300,
    content_type="text/html",
    size=20_000,
    title="โครงสร้างองค์กร - เทศบาลตำบลตัวอย่าง",
    headings=("โครงสร้างองค์กร",),
    text="หน้าแรก ข้อมูลหน่วยงาน โครงสร้างองค์กร " + "สำนักปลัด กองคลัง กองช่าง " * 40,
    shows_more=True,
    certificate_ends_on=date(2026, 5, 1),
)
# Around the middle of every page of a municipality: its menu and its foot.
AROUND = "หน้าแรก ข้อมูลพื้นฐาน บุคลากร แผนงาน ข่าวประชาสัมพันธ์ จัดซื้อจัดจ้าง ITA ติดต่อเรา " * 8


def said(**seen):
    """Return what is said of a page like the good one but for this."""
    judgement = judge(replace(GOOD, **seen), today=TODAY)
    return judgement.verdict, judgement.cause


def sent_on(final_url, url=URL, **seen):
    """Return what is said of an address that led elsewhere."""
    return said(url=url, final_url=final_url, hops=(url,), **seen)


OK = (Verdict.OK, None)


def caution(cause):
    return (Verdict.CAUTION, cause)


def broken(cause):
    return (Verdict.BROKEN, cause)


def test_a_good_page_is_in_order():
    assert said() == OK


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (404, broken(Cause.GONE)),
        (410, broken(Cause.GONE)),
        (500, broken(Cause.SERVER_ERROR)),
        (502, broken(Cause.SERVER_ERROR)),
        (503, broken(Cause.SERVER_ERROR)),
        (504, broken(Cause.SERVER_ERROR)),
        (520, broken(Cause.SERVER_ERROR)),
        (401, caution(Cause.FORBIDDEN)),
        (403, caution(Cause.FORBIDDEN)),
        (429, caution(Cause.THROTTLED)),
        (400, caution(Cause.OTHER_REFUSAL)),
        (406, caution(Cause.OTHER_REFUSAL)),
        (451, caution(Cause.OTHER_REFUSAL)),
        (302, caution(Cause.OTHER_REFUSAL)),
        (304, caution(Cause.OTHER_REFUSAL)),
        (204, caution(Cause.EMPTY)),
        (206, OK),
    ],
)
def test_what_a_status_means(status, result):
    assert said(status=status) == result


@pytest.mark.parametrize(
    ("failure", "result"),
    [
        (Failure.NO_SUCH_HOST, broken(Cause.NO_SUCH_HOST)),
        (Failure.REFUSED, broken(Cause.REFUSED)),
        (Failure.TIMED_OUT, broken(Cause.TIMED_OUT)),
        (Failure.CUT_OFF, broken(Cause.CUT_OFF)),
        (Failure.REDIRECTED_FOR_EVER, broken(Cause.REDIRECTED_FOR_EVER)),
        (Failure.BAD_CERTIFICATE, caution(Cause.BAD_CERTIFICATE)),
        (Failure.NOT_ALLOWED, caution(Cause.NOT_ALLOWED)),
    ],
)
def test_what_no_answer_means(failure, result):
    judgement = judge(Observation(URL, failure=failure), today=TODAY)

    assert (judgement.verdict, judgement.cause) == result
    assert judgement.values["host"] == "www.example.go.th"


@pytest.mark.parametrize("url", ["http://[::1", "x", "", "http://a:b:c/"])
def test_what_is_no_address_at_all_is_judged(url):
    assert judge(Observation(url, failure=Failure.NO_SUCH_HOST, final_url=url), today=TODAY).verdict == Verdict.BROKEN


def test_every_failure_has_its_meaning():
    assert all(judge(Observation(URL, failure=failure), today=TODAY).cause for failure in Failure)


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found",
        "404",
        "Error 404",
        "404 - เทศบาลตำบลตัวอย่าง",
        "เทศบาลตำบลตัวอย่าง | 404",
        "Page not found - เทศบาลตำบลตัวอย่าง",
        "Page Not Found",
        "Not Found",
        "The page cannot be found",
        "This page doesn't exist",
        "Nothing found – Example municipality",
        "Sorry, the page you requested was not found.",
        "ไม่พบหน้า",
        "ไม่พบหน้าที่คุณต้องการ",
        "ไม่พบหน้าเว็บที่ท่านร้องขอ – เทศบาลตำบลตัวอย่าง",
        "ขออภัย ไม่พบหน้าที่ท่านค้นหา",
        "ไม่พบเนื้อหาที่ต้องการ",
        "ไม่พบบทความนี้",
        "ไม่พบข้อมูล",
        "ไม่พบข้อมูลที่ต้องการ",
        "404 ไม่พบหน้าเว็บ",
        "หน้านี้ไม่มีอยู่",
        "หน้าเว็บที่คุณต้องการไม่มีอยู่ในระบบ",
        "ไม่มีหน้านี้",
        "เอกสารนี้ถูกลบแล้ว",
    ],
)
def test_a_title_that_says_not_found_is_believed_however_long_the_page(title):
    assert said(title=title) == caution(Cause.SOFT_404)
    assert said(title="เทศบาลตำบลตัวอย่าง", headings=("เมนู", title)) == caution(Cause.SOFT_404)


@pytest.mark.parametrize(
    "text",
    [
        "ขออภัย ไม่พบหน้าที่ท่านต้องการ กลับหน้าแรก",
        "ไม่พบข้อมูล",
        "ไม่พบข้อมูลในระบบ",
        "ไม่พบข้อมูลที่ท่านต้องการ กรุณาติดต่อเจ้าหน้าที่",
        "เทศบาลตำบลตัวอย่าง ไม่พบไฟล์ที่ร้องขอ",
        "Oops! The page you are looking for does not exist.",
        "The requested URL /ita/o1 was not found on this server.",
        "Error 404",
        "File has been removed from the server.",
        "ลิงก์นี้อาจถูกย้ายหรือหมดอายุแล้ว หน้าที่คุณเปิดถูกลบไปแล้ว",
    ],
)
def test_a_page_that_says_little_else_is_believed(text):
    assert said(title="เทศบาลตำบลตัวอย่าง", headings=(), text=text) == caution(Cause.SOFT_404)


@pytest.mark.parametrize(
    "path", ["/404", "/404.html", "/error/404.php", "/th/not-found", "/pageNotFound.aspx", "/error404/"]
)
def test_being_sent_to_the_page_for_what_is_missing_is_named(path):
    assert sent_on(f"https://www.example.go.th{path}") == caution(Cause.SOFT_404)
    assert said(url=f"https://www.example.go.th{path}", final_url=f"https://www.example.go.th{path}") == OK


def test_being_sent_to_a_paper_of_such_a_number_is_in_order():
    assert sent_on("https://www.example.go.th/orders/404-2568.pdf") == OK
    assert sent_on("https://www.example.go.th/news/1404") == OK


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("รายงานเรื่องร้องเรียนการทุจริต ประจำปี 2568", AROUND + "ไม่พบเรื่องร้องเรียนการทุจริตในปีงบประมาณนี้"),
        ("รายงานเรื่องร้องเรียนการทุจริต", "รายงานเรื่องร้องเรียน ประจำปี 2568 ไม่พบเรื่องร้องเรียน"),
        ("ไม่พบข้อมูลการทุจริตและประพฤติมิชอบ ปีงบประมาณ พ.ศ. 2568", AROUND),
        ("ไม่พบการกระทำผิดวินัย", "เอกสารสรุป ไม่พบการกระทำผิดวินัยของเจ้าหน้าที่"),
        ("คำสั่งที่ 404/2568 เรื่อง แต่งตั้งคณะทำงาน", AROUND),
        ("ประกาศเลขที่ 404", AROUND),
        ("ห้อง 404 อาคารสำนักงาน", "ติดต่อกองคลัง ห้อง 404 ชั้น 4"),
        ("ค้นหาเอกสาร", AROUND + "ไม่พบข้อมูล ลองใช้คำค้นอื่น"),
        ("ถาม-ตอบ", AROUND + "หากเปิดแล้วขึ้นว่า 404 Not Found หรือ ไม่พบหน้าที่ต้องการ ให้แจ้งเจ้าหน้าที่"),
        ("คู่มือการใช้งานเว็บไซต์", AROUND + "Page not found หมายถึง หน้าถูกย้าย"),
        ("How to report a page that was not found on our website", AROUND),
        ("Lost and found", AROUND),
        ("ผลการตรวจสอบ: ไม่พบข้อบกพร่อง", "ผลการตรวจสอบภายใน ไม่พบข้อบกพร่อง"),
        ("งบประมาณ 404,000 บาท", "โครงการปรับปรุงถนน งบประมาณ 404 ล้านบาท"),
        ("แผนพัฒนาท้องถิ่น", "ดาวน์โหลดเอกสาร แผนพัฒนาท้องถิ่น"),
        ("นโยบายไม่รับของขวัญ (No Gift Policy)", "ไม่มีการรับของขวัญ ไฟล์แนบ"),
        ("หน้าต่างประชาสัมพันธ์", "หน้าต่างประชาสัมพันธ์ ถูกใจ แชร์"),
    ],
)
def test_a_page_that_merely_speaks_of_not_finding_is_in_order(title, text):
    assert said(title=title, headings=(title,), text=text) == OK


@pytest.mark.parametrize(
    ("url", "final_url"),
    [
        (URL, "https://example.go.th/ita/o1"),
        ("http://example.go.th/ita", "https://www.example.go.th/ita"),
        ("https://example.go.th/ita", "https://ita.example.go.th/2569"),
        ("https://EXAMPLE.go.th/ita", "https://example.go.th/ita/"),
        ("https://bit.ly/abc", "https://www.example.go.th/ita"),
        ("https://bit.ly/abc", "https://www.example.go.th/"),
        ("https://forms.gle/abc", "https://docs.google.com/forms/d/e/1/viewform"),
        ("https://youtu.be/abc", "https://www.youtube.com/watch?v=abc"),
        ("https://drive.google.com/uc?id=1", "https://drive.usercontent.google.com/download?id=1"),
        ("https://www.facebook.com/example", "https://web.facebook.com/example?_rdc=1"),
        ("https://1drv.ms/b/abc", "https://onedrive.live.com/?id=1"),
        ("https://เทศบาล.ไทย/แผน", "https://xn--o3cg7ak5c9d.xn--o3cw4h/%E0%B9%81%E0%B8%9C%E0%B8%99"),
        ("https://example.go.th/", "https://example.go.th/index.php"),
        ("https://example.go.th/home", "https://example.go.th/"),
        ("https://example.go.th/index.php?p=1", "https://example.go.th/?p=1"),
        ("https://example.go.th/ita", "https://example.go.th/?page_id=77"),
    ],
)
def test_a_redirect_within_a_site_is_in_order(url, final_url):
    assert sent_on(final_url, url) == OK


@pytest.mark.parametrize(
    ("url", "final_url"),
    [
        (URL, "https://www.casino.example/"),
        (URL, "https://example.go.th.other.example/ita/o1"),
        (URL, "https://notexample.go.th/ita/o1"),
        ("https://town.provider.example/ita", "https://provider.example/suspended"),
        ("https://www.go.th/ita", "https://other.or.th/ita"),
        (URL, "https://www.google.com/"),
    ],
)
def test_a_redirect_to_another_site_is_named(url, final_url):
    assert sent_on(final_url, url) == caution(Cause.OTHER_HOST)


def test_the_other_site_is_named_in_letters_people_read():
    seen = replace(GOOD, final_url="https://xn--o3cg7ak5c9d.xn--o3cw4h/", hops=(URL,))

    assert judge(seen, today=TODAY).values["host"] == "เทศบาล.ไทย"


@pytest.mark.parametrize(
    "final_url",
    [
        "https://www.example.go.th/",
        "https://www.example.go.th",
        "https://example.go.th/index.php",
        "https://example.go.th/th/",
        "https://example.go.th/home.html",
        "https://example.go.th/?lang=th",
        "https://example.go.th/Default.aspx",
    ],
)
def test_the_first_page_in_the_place_of_another_is_named(final_url):
    assert sent_on(final_url) == caution(Cause.HOME_PAGE)
    assert sent_on(final_url, "https://example.go.th/?id=12") == caution(Cause.HOME_PAGE)


@pytest.mark.parametrize(
    ("final_url", "seen"),
    [
        ("https://example.go.th/login", {"asks_for_password": True}),
        ("https://example.go.th/wp-login.php?redirect_to=x", {"title": "เข้าสู่ระบบ ‹ เทศบาล — WordPress"}),
        ("https://example.go.th/user/sign-in", {"title": "Sign in"}),
        ("https://accounts.google.com/v3/signin/identifier", {"title": "Sign in - Google Accounts"}),
        ("https://login.microsoftonline.com/common/oauth2", {"title": "Sign in to your account"}),
    ],
)
def test_a_page_to_sign_in_is_named(final_url, seen):
    assert sent_on(final_url, **seen) == caution(Cause.SIGN_IN_PAGE)


def test_a_page_to_sign_in_without_a_redirect_is_named():
    assert said(title="เข้าสู่ระบบสารบรรณ", asks_for_password=True) == caution(Cause.SIGN_IN_PAGE)
    assert said(title="ระบบงาน", text="ชื่อผู้ใช้ รหัสผ่าน", asks_for_password=True) == caution(Cause.SIGN_IN_PAGE)


@pytest.mark.parametrize(
    "seen",
    [
        {"asks_for_password": True},  # a box for members beside every page
        {"title": "คู่มือการเข้าสู่ระบบ e-Service สำหรับประชาชน"},
        {"headings": ("ข่าว", "เข้าสู่ระบบ"), "asks_for_password": True},
        {"final_url": "https://example.go.th/blogin/12", "url": "https://example.go.th/blogin/12"},
    ],
)
def test_a_box_to_sign_in_beside_a_page_is_in_order(seen):
    assert said(**seen) == OK


DRIVE = "https://drive.google.com/file/d/1/view"


@pytest.mark.parametrize(
    "seen",
    [
        {"final_url": "https://accounts.google.com/ServiceLogin?continue=x", "hops": (DRIVE,), "title": "ลงชื่อเข้าใช้"},
        {"title": "Google Drive: You need access", "text": "You need access. Request access."},
        {"title": "คุณต้องมีสิทธิ์เข้าถึง"},
        {"title": "Google Drive", "text": "ขอสิทธิ์เข้าถึง หรือเปลี่ยนไปใช้บัญชีที่มีสิทธิ์"},
        {"status": 401},
        {"status": 403},
    ],
)
def test_a_file_that_google_drive_keeps_back_is_named(seen):
    assert said(**{"url": DRIVE, "final_url": DRIVE, **seen}) == caution(Cause.DRIVE_PERMISSION)


def test_a_short_link_to_a_file_that_google_drive_keeps_back_is_named():
    seen = {
        "url": "https://bit.ly/x",
        "final_url": "https://accounts.google.com/x",
        "hops": ("https://bit.ly/x", DRIVE),
    }

    assert said(**seen) == caution(Cause.DRIVE_PERMISSION)


@pytest.mark.parametrize(
    "seen",
    [
        {"title": "แผนปฏิบัติการ.pdf - Google Drive", "text": "Sign in Loading", "headings": ()},
        {"title": "แผน.pdf - Google ไดรฟ์", "text": "ลงชื่อเข้าใช้ กำลังโหลด", "headings": ()},
    ],
)
def test_a_file_that_google_drive_shows_to_everybody_is_in_order(seen):
    assert said(url=DRIVE, final_url=DRIVE, **seen) == OK


def test_a_file_that_google_drive_has_no_more_is_gone():
    assert said(url=DRIVE, final_url=DRIVE, status=404) == broken(Cause.GONE)


@pytest.mark.parametrize(
    ("status", "title", "text"),
    [
        (403, "Just a moment...", "Enable JavaScript and cookies to continue"),
        (503, "Just a moment...", ""),
        (200, "Attention Required! | Cloudflare", "Please complete the security check"),
        (200, "Security check", "Verify you are human"),
        (429, "Sorry", "Our systems have detected unusual traffic from your network."),
        (200, "ตรวจสอบความปลอดภัย", "กรุณายืนยันว่าคุณไม่ใช่หุ่นยนต์"),
        (403, "", "โปรดพิสูจน์ว่าท่านเป็นมนุษย์"),
    ],
)
def test_a_wall_against_programs_is_named(status, title, text):
    assert said(status=status, title=title, text=text, headings=()) == caution(Cause.BOT_WALL)


@pytest.mark.parametrize("host", ["www.facebook.com", "m.facebook.com", "x.com", "www.linkedin.com", "www.tiktok.com"])
def test_a_network_of_people_keeps_programs_out_and_says_nothing_of_the_page(host):
    url = f"https://{host}/example"

    assert sent_on(f"https://{host}/login/?next=x", url, asks_for_password=True) == caution(Cause.BOT_WALL)
    assert said(url=url, final_url=url, status=400) == caution(Cause.BOT_WALL)
    assert said(url=url, final_url=url, status=404) == broken(Cause.GONE)
    assert said(url=url, final_url=url) == OK


def test_a_page_that_speaks_of_walls_is_in_order():
    assert said(text=AROUND + "ยืนยันว่าคุณไม่ใช่หุ่นยนต์ ก่อนส่งแบบสอบถาม") == OK
    assert said(title="รายงานความปลอดภัยทางไซเบอร์") == OK


@pytest.mark.parametrize("seen", [{"status": 404}, {"status": 500}])
def test_what_is_broken_stays_so_whatever_the_page_says(seen):
    assert said(title="Just a moment...", text="", **seen)[0] == Verdict.BROKEN


@pytest.mark.parametrize(
    "seen",
    [
        {"size": 0, "title": "", "text": "", "headings": (), "shows_more": False},
        {"size": 60, "title": "", "text": "", "headings": (), "shows_more": False},
        {"size": 900, "content_type": "application/pdf", "pdf_pages": 3, "pdf_has_text": False, "pdf_is_blank": True},
        {"size": 900, "content_type": "application/pdf", "pdf_pages": 0, "pdf_has_text": False},
    ],
)
def test_what_holds_nothing_is_named(seen):
    assert said(**seen) == caution(Cause.EMPTY)


@pytest.mark.parametrize(
    "seen",
    [
        {"size": 60, "title": "", "text": "", "headings": ()},  # a script draws it
        {"size": None, "title": "", "text": "", "headings": (), "shows_more": False},  # more than was read
        {"size": 12, "content_type": "text/plain", "title": "", "text": "", "headings": (), "shows_more": False},
        {"size": None, "content_type": "image/png", "title": "", "text": "", "headings": (), "shows_more": False},
    ],
)
def test_what_holds_something_without_words_is_in_order(seen):
    assert said(**seen) == OK


PDF = {"content_type": "application/pdf", "title": "", "text": "", "headings": (), "shows_more": False}


def test_a_pdf_of_pictures_is_named_and_one_with_text_is_in_order():
    assert said(**PDF, pdf_pages=4, pdf_has_text=False) == caution(Cause.SCANNED_PDF)
    assert said(**PDF, pdf_pages=4, pdf_has_text=True) == OK
    assert said(**PDF) == OK
    assert said(**PDF, pdf_is_unreadable=True) == caution(Cause.UNREADABLE_FILE)


@pytest.mark.parametrize(
    ("days", "result"),
    [(15, OK), (14, caution(Cause.CERTIFICATE_ENDS_SOON)), (0, caution(Cause.CERTIFICATE_ENDS_SOON))],
)
def test_a_certificate_that_ends_within_a_fortnight_is_named(days, result):
    assert said(certificate_ends_on=TODAY + timedelta(days=days)) == result


def test_the_end_of_a_certificate_can_be_kept():
    judgement = judge(replace(GOOD, certificate_ends_on=date(2026, 3, 1)), today=TODAY)

    assert judgement.values == {"host": "www.example.go.th", "status": 200, "ends_on": "2026-03-01"}


def test_the_fault_of_a_certificate_is_kept():
    seen = Observation(URL, failure=Failure.BAD_CERTIFICATE, certificate_fault=CertificateFault.EXPIRED)

    assert judge(seen, today=TODAY).values["fault"] == "expired"


@pytest.mark.parametrize(("took_ms", "result"), [(9_999, OK), (10_000, caution(Cause.SLOW))])
def test_a_page_of_ten_seconds_is_slow(took_ms, result):
    assert said(took_ms=took_ms) == result


def test_how_long_the_server_wants_peace_is_kept():
    assert judge(replace(GOOD, status=429, retry_after=90), today=TODAY).values["retry_after"] == 90


def test_the_graver_matter_is_named_first():
    assert said(title="404 Not Found", took_ms=20_000, certificate_ends_on=TODAY) == caution(Cause.SOFT_404)
    assert sent_on("https://other.example/", title="404") == caution(Cause.SOFT_404)
    assert sent_on("https://other.example/") == caution(Cause.OTHER_HOST)


OBSERVATIONS = st.builds(
    Observation,
    url=st.sampled_from([URL, DRIVE, "https://bit.ly/x", "https://เทศบาล.ไทย/แผน", "http://[2606:2800::1]/"]),
    status=st.sampled_from([200, 206, 301, 401, 403, 404, 429, 500, 999]),
    failure=st.none() | st.sampled_from(Failure),
    final_url=st.sampled_from([URL, DRIVE, "https://accounts.google.com/x", "http://xn--\u0e01/", "http://xn--0/"]),
    took_ms=st.integers(0, 10**6),
    retry_after=st.none() | st.integers(0, 10**6),
    size=st.none() | st.integers(0, 10**7),
    title=st.text(max_size=300),
    text=st.text(max_size=600),
    headings=st.lists(st.text(max_size=100), max_size=3).map(tuple),
    pdf_pages=st.none() | st.integers(0, 9),
    pdf_has_text=st.none() | st.booleans(),
    certificate_ends_on=st.none() | st.dates(),
    certificate_fault=st.none() | st.sampled_from(CertificateFault),
    hops=st.lists(st.sampled_from([URL, DRIVE, ""]), max_size=3).map(tuple),
)


@given(OBSERVATIONS)
def test_whatever_was_seen_is_judged_in_words_that_can_be_kept(seen):
    judgement = judge(seen, today=TODAY)

    assert json.loads(json.dumps(judgement.values)) == judgement.values
    assert (judgement.cause is None) == (judgement.verdict == Verdict.OK)
    if judgement.cause is not None:
        assert str(what_is_wrong(judgement.cause, judgement.values))


@pytest.mark.parametrize(
    "piece", ["ไม่พบ", "หน้า", "404 ", "page that ", "the ", "sorry", "ที่", " ", " - ", "verify ", "error:"]
)
def test_a_title_of_one_word_over_and_over_is_judged(piece):
    judge(replace(GOOD, title=(piece * 300)[:300], text=(piece * 500)[:500]), today=TODAY)
    judge(replace(GOOD, title=(piece * 80)[:80], text=(piece * 2000)[:2000]), today=TODAY)


@pytest.mark.parametrize("path", ["/" * 20_000 + "x", "/en" + "/" * 20_000 + "x", "/404" * 5000 + "x", "/index" * 3000])
def test_a_server_that_sends_on_to_an_endless_address_is_judged_in_a_moment(path):
    with patience(2):  # it was four, while nothing else in the program ran
        sent_on(f"https://example.go.th{path}")
