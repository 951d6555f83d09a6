"""The sample report, and the real one it was modelled on where that lies beside the repository."""

from pathlib import Path

import pytest

from tracker.documents.reading.text import read_text_report
from tracker.sample import report_bytes

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "bangpla-2568.txt"


def content_of(which):
    if which == "sample":
        return report_bytes()
    if not REAL.exists():
        pytest.skip(f"the real report is not at {REAL}")
    return REAL.read_bytes()


@pytest.fixture(params=["sample", "real"], scope="module")
def content(request):
    return content_of(request.param)


@pytest.fixture(scope="module")
def draft(content):
    return read_text_report(content)
