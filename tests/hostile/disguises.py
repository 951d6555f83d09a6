"""Honest files under names that say something else."""

from tests.papers import docx, heic, jpg, pdf, png, xlsx
from tracker.documents.evidence.refusals import Unacceptable, WrongEnding

NAMES = {"pdf": "PDF", "docx": "Word (.docx)", "xlsx": "Excel (.xlsx)", "jpg": "JPG", "png": "PNG", "heic": "HEIC"}
CONTENTS = {"pdf": pdf(), "docx": docx(), "xlsx": xlsx(), "jpg": jpg(), "png": png(), "heic": heic()}

# Each kind under each other kind's ending.
DISGUISES: dict[str, tuple[str, bytes, Unacceptable]] = {
    f"{kind} as {ending}": (f"หลักฐาน.{ending}", content, WrongEnding(ending, NAMES[kind]))
    for kind, content in CONTENTS.items()
    for ending in CONTENTS
    if ending != kind
} | {
    "a pdf that would be a program": ("รายงาน.pdf.exe", pdf(), WrongEnding("exe", "PDF")),
    "a jpg that would be a page": ("a.html", jpg(), WrongEnding("html", "JPG")),
    "a png that would be a drawing": ("a.svg", png(), WrongEnding("svg", "PNG")),
    "a jpg that would be a script": ("a.php", jpg(), WrongEnding("php", "JPG")),
    "a document that would have macros": ("a.docm", docx(), WrongEnding("docm", "Word (.docx)")),
    "a document that would be an archive": ("a.zip", docx(), WrongEnding("zip", "Word (.docx)")),
    "a jpg that is read backwards": ("a\u202egpj.exe", jpg(), WrongEnding("exe", "JPG")),
    "a pdf behind a zero byte": ("a.exe\0.pdf.exe", pdf(), WrongEnding("exe", "PDF")),
    "a pdf behind a folder": ("..\\..\\startup\\a.bat", pdf(), WrongEnding("bat", "PDF")),
}
