"""The picture that others show beside a link to the public page: a card of 1200 × 630 pixels, as PNG."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from threading import Lock

from tracker.documents.writing.glyphs import with_glyphs
from tracker.documents.writing.typesetting import TEMPLATES, compiler

TEMPLATE = TEMPLATES / "share.typ"
PIXELS_PER_POINT = 2.0  # the card is set on 600 × 315 points
KEPT = 16  # pictures; each some 80 KB

_setting = Lock()


@dataclass(frozen=True)
class Card:
    """What the picture says; `share` is how much is done, in percent."""

    organization: str
    title: str
    figure: str
    share: int
    line: str
    foot: str


def write(card: Card) -> bytes:
    """Return the picture. Of the same card it is made once; two that are asked for at once are made one by one."""
    with _setting:
        return _written(card)


@lru_cache(maxsize=KEPT)
def _written(card: Card) -> bytes:
    content = compiler(TEMPLATE, card=json.dumps(_shown(card), ensure_ascii=False)).compile(
        format="png", ppi=72 * PIXELS_PER_POINT
    )
    first = content[0] if isinstance(content, list) else content  # what does not fit goes to pages that nobody sees
    assert isinstance(first, bytes)
    return first


def _shown(card: Card) -> Mapping[str, object]:
    return {name: with_glyphs(value) if isinstance(value, str) else value for name, value in asdict(card).items()}
