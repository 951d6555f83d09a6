import re

import pytest

from config import ROOT

FOLDER = ROOT / "templates"
TEMPLATES = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*"))
    if path.suffix in {".html", ".txt"}
}
FORBIDDEN = {
    "a style in the page": r"""\sstyle\s*=|<style\b""",
    # Data in the page is none: no browser runs it, and a policy for scripts says nothing of it.
    "a script in the page": r"""<script\b(?![^>]*(\bsrc=|type="application/ld\+json"))""",
    "an event handler in the page": r"""<[^>]*\son[a-z]+\s*=\s*["']""",
    "text that is not escaped": r"""\|\s*safe\b|{%-?\s*autoescape\s+false|Markup\(""",
    "a length that the rules know": r"""maxlength=["']2000["']""",
    "something from another site": r"""(src|href)\s*=\s*["'](https?:)?//""",
}


def test_every_template_compiles(app):
    for name in TEMPLATES:
        app.jinja_env.get_template(name)


# Mail programs know no style sheets and have no policy for content; the index of a pack is a file of its own.
EXEMPT = {"a style in the page": ("emails/", "packs/")}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    held = [name for name, text in TEMPLATES.items() if re.search(FORBIDDEN[what], text)]

    assert [name for name in held if not name.startswith(EXEMPT.get(what, "no folder"))] == []


def test_templates_stay_short():
    assert [name for name, text in TEMPLATES.items() if len(text.splitlines()) > 120] == []


def test_every_template_is_used():
    program = "".join([*TEMPLATES.values(), *(p.read_text(encoding="utf-8") for p in (ROOT / "tracker").rglob("*.py"))])

    assert {name for name in TEMPLATES if f'"{name}"' not in program} == set()
