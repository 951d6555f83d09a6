"""Handing lists out as XLSX files: the one blueprint of them, and how a list becomes a file."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from flask import Blueprint, Response, request, send_file
from flask_babel import gettext

from tracker.documents.writing.xlsx import MEDIA_TYPE, MOST_ROWS, Column, Sheet, Value, write
from tracker.web import downloads

bp = Blueprint("sheets", __name__)


def list_file(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Response:
    """Return a list as a file to be saved; a list too long for one says so in its last row."""
    cut = gettext("The list is longer: only its first %(count)s rows are here.", count=f"{MOST_ROWS:,}")
    return workbook(write(Sheet(title, columns, rows, cut)), name=title)


def workbook(content: bytes, *, name: str) -> Response:
    """Return a workbook to be saved under a name in the reader's language."""
    plain = str(request.endpoint).rpartition(".")[2].replace("_", "-")
    return downloads.named(send_file(BytesIO(content), MEDIA_TYPE), f"{name}.xlsx", plain=f"{plain}.xlsx")
