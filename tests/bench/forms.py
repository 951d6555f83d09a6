"""Reading the report in all its forms: how many cells come letter by letter from PDF, and how long each takes."""

import io
import shutil
import time
from pathlib import Path

import pypdfium2

from tests.reports.docx import as_docx
from tests.reports.layout import blocks_of
from tests.reports.libreoffice import pdf_of
from tests.reports.pdf import as_pdf
from tests.reports.shares import letter_exact
from tests.reports.xlsx import as_xlsx
from tracker.documents.reading.decoding import decode
from tracker.documents.reading.files import read_report
from tracker.documents.reading.pdf import MOST_PAGES, rows_of_pdf
from tracker.documents.reading.text import read_text_report
from tracker.sample import report_bytes


def bench_forms(folder: Path, *, is_quick: bool) -> None:
    """Print a line for each form of the report: the share of cells read letter by letter, and the time."""
    written = read_text_report(report_bytes())
    blocks = blocks_of(decode(report_bytes()))
    docx = as_docx(blocks)
    forms = {"docx": docx, "xlsx": as_xlsx(blocks), "pdf-typst": as_pdf(blocks)}
    if not is_quick and shutil.which("soffice"):
        forms["pdf-libreoffice"] = pdf_of(docx, folder)
    for form, content in forms.items():
        began = time.perf_counter()
        read = read_report(content, f"report.{form[:4].removesuffix('-')}", tell=_untold)
        took = time.perf_counter() - began
        print(f"letter-exact form={form} share={letter_exact(read, written):.3f} ms={1000 * took:.0f}", flush=True)
    if not is_quick:
        _bench_longest(forms["pdf-typst"])


def _bench_longest(content: bytes) -> None:
    """Print what the longest PDF takes that is read: the report over and over."""
    longest = _repeated(content, MOST_PAGES)
    began = time.perf_counter()
    rows = sum(1 for _ in rows_of_pdf(longest, tell=_untold))
    print(f"pdf-longest pages={MOST_PAGES} rows={rows} seconds={time.perf_counter() - began:.1f}", flush=True)


def _repeated(content: bytes, pages: int) -> bytes:
    source, longest = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument.new()
    while left := pages - len(longest):
        longest.import_pages(source, list(range(min(left, len(source)))))
    saved = io.BytesIO()
    longest.save(saved)
    return saved.getvalue()


def _untold(done: int, total: int) -> None:
    """Nobody watches."""
