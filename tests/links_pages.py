"""Pages and files as websites of municipalities have them, worded by us, for the misbehaving server and the judge."""

import io

import pypdfium2
from PIL import Image

PLAN = (
    "<!doctype html><html lang='th'><head><meta charset='utf-8'><title>แผนปฏิบัติการป้องกันการทุจริต - เทศบาลตัวอย่าง</title>"
    "</head><body><nav><a href='/'>หน้าแรก</a> <a href='/login'>เข้าสู่ระบบ</a></nav><h1>แผนปฏิบัติการป้องกันการทุจริต</h1>"
    "<p>แผนนี้จัดทำขึ้นเพื่อยกระดับคุณธรรมและความโปร่งใสของหน่วยงาน ดาวน์โหลดเอกสารได้ด้านล่าง</p>"
    "<a href='/o1.pdf'>ดาวน์โหลด</a></body></html>"
).encode()
SIGN_IN = (
    "<title>เข้าสู่ระบบ</title><h1>เข้าสู่ระบบ</h1>"
    "<form method='post'><input name='u'><input type='password' name='p'></form>"
).encode()
DRIVE_PERMISSION = (
    "<html><head><title>Google Drive: คุณต้องมีสิทธิ์เข้าถึง</title></head><body><p>คุณต้องมีสิทธิ์เข้าถึง</p>"
    "<p>ขอสิทธิ์เข้าถึง หรือเปลี่ยนไปใช้บัญชีที่มีสิทธิ์</p></body></html>"
).encode()
NOT_FOUND_TH = "<title>เทศบาลตัวอย่าง</title><h1>ไม่พบหน้าที่ท่านต้องการ</h1><p>กลับไปหน้าแรก</p>".encode()
NOT_FOUND_EN = b"<title>404 Not Found</title><p>The page you are looking for does not exist.</p>"
BOT_WALL = b"<title>Just a moment...</title><p>Checking your browser before you go on. Enable JavaScript.</p>"


def text_pdf() -> bytes:
    """Return a PDF of one page with a text layer."""
    stream = b"BT /F1 18 Tf 72 700 Td (Integrity plan of the fiscal year 2026, page 1) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    return _joined(objects)


def locked_pdf() -> bytes:
    """Return a PDF that nobody can open without a password."""
    encrypted = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -44>>/ID[<00><00>]" % (b"00" * 32, b"11" * 32)
    return text_pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R" + encrypted)


def scanned_pdf(pages: int = 2) -> bytes:
    """Return a PDF of pictures alone."""
    target = io.BytesIO()
    pictures = [Image.new("L", (60, 84), 255 - number) for number in range(pages)]
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:])
    return target.getvalue()


def blank_pdf(pages: int = 1) -> bytes:
    """Return a PDF without a mark on it."""
    target = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(pages):
            document.new_page(595, 842).close()
        document.save(target)
    return target.getvalue()


def _joined(objects: tuple[bytes, ...]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + head + table + tail
