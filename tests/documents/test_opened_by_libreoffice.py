"""What we write is opened by another program, which must find every text where we put it."""

import os
import re
import shutil
import subprocess

import pypdfium2
import pytest

from tests.sample_papers import every_block, plan_facts, texts_of
from tracker.documents.composing import plan
from tracker.documents.writing import docx, workbook

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="there is no LibreOffice here")
PAPERS = {"blocks": every_block(), "plan": plan.compose(plan_facts(), thai_digits=False)}
WRITERS = {"docx": docx.write, "xlsx": workbook.write}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Return the text of every file as LibreOffice prints it, by its name."""
    folder = tmp_path_factory.mktemp("opened")
    names = [f"{name}.{kind}" for name in PAPERS for kind in WRITERS]
    for name in names:
        paper, kind = name.split(".")
        (folder / name).write_bytes(WRITERS[kind](PAPERS[paper]))
    texts = {}
    for kind in WRITERS:  # two calls: the PDF of a paper has the same name whichever file it was made of
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        files = [str(folder / name) for name in names if name.endswith(kind)]
        command = [SOFFICE, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300, env=os.environ | {"HOME": str(folder)})
        texts |= {f"{name}.{kind}": _text_of(folder / f"{name}.pdf") for name in PAPERS}
    return texts


def _text_of(path):
    with pypdfium2.PdfDocument(path) as document:
        return joined("".join(page.get_textpage().get_text_bounded() for page in document))


def joined(text):
    """Return the letters of a text that every program prints alike: no blanks, and no marks above or below."""
    return re.sub("[\\s\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\ufffe\u200b−-]", "", text)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", WRITERS)
def test_libreoffice_opens_it_and_prints_every_text(printed, paper, kind):
    found = printed[f"{paper}.{kind}"]

    short = [text for text in texts_of(PAPERS[paper]) if len(text) < 60 and text.isprintable()]
    assert len(short) > 20
    assert [text for text in short if joined(text) not in found] == []
