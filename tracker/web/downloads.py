"""Handing files out so that a browser keeps them apart from the site: as attachments, never run, never kept."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, current_app, g, send_file

from tracker.documents.writing import csv
from tracker.domain.evidence import MEDIA_TYPES, FileType

# The file is a page of its own without any rights, should a browser ever show it.
ISOLATED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def attachment(path: Path, *, kind: FileType, name: str) -> Response:
    """Return a file to be saved under its name; Thai letters in it stay whole (RFC 6266)."""
    file = send_file(path, mimetype=MEDIA_TYPES[kind], as_attachment=True, conditional=False, etag=False)
    return _isolated(named(file, name, plain=f"evidence{Path(name).suffix.encode('ascii', 'ignore').decode()}"))


def named(response: Response, name: str, *, plain: str) -> Response:
    """
    Let a browser save the answer under a Thai name; one that knows ASCII only saves it under the `plain` one.

    RFC 6266, 4.3: both may be given, and the encoded one wins where it is understood.
    """
    response.headers["Content-Disposition"] = f"attachment; filename={plain}; filename*=UTF-8''{quote(name, safe='')}"
    return response


def table(columns: Sequence[str], rows: Iterable[Sequence[csv.Value]], *, name: str, plain: str) -> Response:
    """Return a table to be saved as a CSV file under a Thai name, `plain` where only ASCII is understood."""
    response = current_app.response_class(csv.write(columns, rows), content_type=csv.MEDIA_TYPE)
    return named(response, f"{name}.csv", plain=f"{plain}.csv")


def document(path: Path, *, media_type: str, name: str, plain: str) -> Response:
    """Return a file that we made, to be saved under a Thai name, `plain` where only ASCII is understood."""
    file = send_file(path, mimetype=media_type, as_attachment=True, conditional=False, etag=False)
    return _isolated(named(file, name, plain=plain))


def picture(path: Path) -> Response:
    """Return a preview that we made ourselves, to be shown within a page."""
    return _isolated(send_file(path, mimetype=MEDIA_TYPES[FileType.JPG], conditional=False, etag=False))


def _isolated(response: Response) -> Response:
    g.is_isolated = True
    return response


def _headers(response: Response) -> Response:
    if g.get("is_isolated") and response.status_code == 200:
        response.headers.update(ISOLATED)
        response.headers.remove("Last-Modified")
    return response


def register(app: Flask) -> None:
    """Have the last word on headers: to be called before the libraries that set them for pages."""
    app.after_request(_headers)
