"""The report as LibreOffice makes a PDF of the DOCX: Word's own PDFs cannot be made here."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from fontpkg_sarabun import ROOT

_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{folder}/fonts</cachedir></fontconfig>"""


def pdf_of(docx: bytes, folder: Path) -> bytes:
    """Return the document as PDF, set in the same font; the test is skipped where there is no LibreOffice."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    (folder / "fonts.conf").write_text(_FONTS.format(fonts=ROOT / "files", folder=folder))
    (folder / "report.docx").write_bytes(docx)
    subprocess.run(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
        + ["--outdir", str(folder), str(folder / "report.docx")],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "report.pdf").read_bytes()
