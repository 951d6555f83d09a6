"""Handing files out so that a browser keeps them apart from the site: as attachments, never run, never kept."""

from pathlib import Path

from flask import Flask, Response, g, send_file

from tracker.domain.evidence import MEDIA_TYPES, FileType

# The file is a page of its own without any rights, should a browser ever show it.
ISOLATED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def attachment(path: Path, *, kind: FileType, name: str) -> Response:
    """Return a file to be saved under its name; Thai letters in it stay whole (RFC 6266)."""
    return _isolated(
        send_file(
            path, mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=name, conditional=False, etag=False
        )
    )


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
