"""Files as people send them, each made in a moment; what attackers make of them is in the tests."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

TYPES = "application/vnd.openxmlformats-officedocument."
DOCX_MAIN, XLSX_MAIN = "wordprocessingml.document.main+xml", "spreadsheetml.sheet.main+xml"


def pdf(*, version: str = "1.7", objects: str = "", trailer: str = "") -> bytes:
    """Return a small PDF of one empty page."""
    body = f"""%PDF-{version}
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj
{objects}
xref
0 4
trailer << /Size 4 /Root 1 0 R {trailer} >>
startxref
200
%%EOF
"""
    return body.encode("latin-1")


def packed(parts: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def content_types(main: str) -> str:
    """Return the list of contents that makes an archive a document."""
    return f'<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="{TYPES}{main}"/></Types>'


def docx(more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a small Word document, with more parts where the test needs them."""
    return packed(docx_parts() | dict(more or {}))


def docx_parts() -> dict[str, str | bytes]:
    """Return the parts of a small Word document."""
    return {"[Content_Types].xml": content_types(DOCX_MAIN), "word/document.xml": "<w:document>รายงาน</w:document>"}


def xlsx() -> bytes:
    """Return a small Excel workbook."""
    return packed({"[Content_Types].xml": content_types(XLSX_MAIN), "xl/workbook.xml": "<workbook/>"})


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """Return a picture in one of Pillow's formats: its left half red, its right half blue."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (size[0] // 2, 0, *size))
    content = io.BytesIO()
    image.save(content, form, **options)
    return content.getvalue()


def photograph(form: str = "JPEG", *, orientation: int = 1) -> bytes:
    """Return a picture with what a phone writes about it: where, by which camera, which side is up."""
    exif = Image.Exif()
    exif[0x0110] = "CAMERA-MODEL"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (13.0, 45.0, 22.7), 3: "E", 4: (100.0, 30.0, 6.5), 29: "2026:02:20"})
    options = {"comment": b"WRITTEN-BESIDE"} if form == "JPEG" else {}
    return picture(form, exif=exif, **options)


def jpg() -> bytes:
    return picture("JPEG")


def png() -> bytes:
    return picture("PNG")


def heic() -> bytes:
    import pillow_heif  # here, because importing it is what makes Pillow write such files

    pillow_heif.register_heif_opener()
    return picture("HEIF")


GOOD = {
    "รายงานผลการประชุม.pdf": pdf,
    "คำสั่งแต่งตั้ง.docx": docx,
    "งบประมาณ.xlsx": xlsx,
    "ภาพกิจกรรม.jpg": jpg,
    "แผนผัง.png": png,
    "IMG_0001.HEIC": heic,
}
