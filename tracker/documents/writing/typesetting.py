"""The one way to typst: the fonts of this program and typst's own, none of the machine's, and data as plain inputs."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg_sarabun

if TYPE_CHECKING:
    import typst

FONTS = fontpkg_sarabun.ROOT
TEMPLATES = Path(__file__).parents[3] / "templates" / "documents"

KEPT = 10  # how many compilations typst remembers


def compiler(template: Path, **inputs: str) -> "typst.Compiler":
    """Return what sets a template with these inputs."""
    # It takes a while to load, and most of the time nobody prints.
    import typst

    return typst.Compiler(template, font_paths=_fonts(), sys_inputs=inputs)


def forget() -> None:
    """Let go of the layouts of earlier papers: typst keeps each for ten further ones, some 50 MB for 60 pages."""
    # It has been loaded by who asks.
    import typst

    for _ in range(KEPT + 1):
        typst.Compiler(b"", font_paths=_fonts()).compile(format="svg")


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    # It has been loaded by who asks.
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
