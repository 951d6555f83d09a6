"""Papers and differences on screen: tables whose words stay whole, at the desk and on a phone."""

import pytest

from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

# Words of a table that stand on more than one line, but for addresses: those have no place to break.
TORN = """table => [...function* () {
  const words = new Intl.Segmenter("th", {granularity: "word"});
  const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.data.includes("://")) continue;
    for (const {segment, index, isWordLike} of words.segment(text.data)) {
      if (!isWordLike) continue;
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + segment.length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) yield segment;
    }
  }
}()]"""


@pytest.mark.parametrize("kind", ["plan", "follow_up"])
@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_no_word_of_a_paper_is_torn(visit, kind, viewport):
    page = visit("clerk", viewport=viewport)
    page.goto(f"/reports/preview?kind={kind}")

    tables = page.locator(".paper-table").all()
    assert tables
    assert [torn for table in tables for torn in table.evaluate(TORN)] == []


@pytest.mark.parametrize(("digits", "look"), [("thai", "thai"), ("arabic", "decimal")])
def test_numbered_points_have_the_digits_of_the_paper(visit, digits, look):
    page = visit("clerk")
    page.goto(f"/reports/preview?kind=plan&digits={digits}")

    assert page.locator(".paper ol").first.evaluate("list => getComputedStyle(list).listStyleType") == look
