"""The Sarabun font, served from its package so that no page asks another site for it."""

from pathlib import Path

import fontpkg_sarabun
from flask import Blueprint, Response, abort, send_from_directory

from tracker.web.access import public

bp = Blueprint("assets", __name__)

FONTS = frozenset(f"Sarabun-{style}.ttf" for style in ("Regular", "Medium", "Bold"))
FOLDER = Path(fontpkg_sarabun.ROOT) / "files"
ONE_YEAR = 365 * 24 * 60 * 60


@bp.get("/fonts/<name>")
@public
def font(name: str) -> Response:
    if name not in FONTS:
        abort(404)
    return send_from_directory(FOLDER, name, mimetype="font/ttf", max_age=ONE_YEAR)
