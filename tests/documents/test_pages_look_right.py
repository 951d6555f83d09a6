"""The pages of the plan as they were looked at and found right; a page that looks otherwise must be looked at again."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from tests.sample_papers import plan_facts
from tracker.documents.composing import plan
from tracker.documents.writing import pdf

SEEN = Path(__file__).parent / "pages"
SCALE = 0.8  # dots for each point
DIFFERENT, MOST = 96, 0.001  # shades of grey from which a dot is another; the share of them that no eye notices


@pytest.fixture(scope="module")
def drawn():
    content = pdf.write(plan.compose(plan_facts(), thai_digits=True))
    return [page.render(scale=SCALE).to_pil().convert("L") for page in pypdfium2.PdfDocument(content)]


def test_the_plan_has_as_many_pages_as_were_looked_at(drawn):
    assert len(drawn) == len(list(SEEN.glob("*.png")))


@pytest.mark.parametrize("seen", sorted(SEEN.glob("*.png")), ids=lambda path: path.stem)
def test_a_page_looks_as_it_did(drawn, seen, tmp_path):
    now = drawn[int(seen.stem) - 1]
    before = Image.open(seen).convert("L")
    now.save(tmp_path / seen.name)  # to be looked at, and put into `pages` where it is better

    assert now.size == before.size
    others = ImageChops.difference(now, before).point(lambda shade: 255 * (shade >= DIFFERENT))
    assert ImageStat.Stat(others).mean[0] / 255 <= MOST, f"look at {tmp_path / seen.name}"
