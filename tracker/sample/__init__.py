"""The sample report: an invented municipality's, with every trap of form that real ones set."""

from pathlib import Path

_REPORT = Path(__file__).with_name("report-2568.txt")


def report_bytes() -> bytes:
    """Return the sample report as it would be uploaded: a UTF-8 text file."""
    return _REPORT.read_bytes()
