"""The charts of a workbook: each on a sheet of its own, drawn by the spreadsheet from the numbers above it."""

import re
from collections.abc import Callable

from xlsxwriter.chart import Chart as Drawn
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tracker.documents.writing.chart_drawing import value_text
from tracker.documents.writing.charts import description
from tracker.documents.writing.paper import Chart, ChartKind
from tracker.documents.writing.texts import Shown
from tracker.documents.writing.xlsx import FONT, LINE, as_text

INK, PALE, PAPER, GRID, HEAD_FILL = "#17324D", "#DBE7F0", "#FFFFFF", "#C8CDD2", "#C5CCD3"
THAI_DIGITS = "[$-D00041E]"
LETTERS = {"name": FONT, "size": 14}
WIDE = 860  # pixels
HEAD = 2  # the row that names the series
# How series are told apart without colour, the newest first.
FILLS = (
    {"fill": {"color": INK}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK, "bg_color": PALE}},
    {"fill": {"color": PAPER}},
)
DASHES, MARKERS = ("solid", "dash", "round_dot"), ("circle", "diamond", "triangle")
_NUMBER = re.compile(r"(?P<before>.*?)(?P<sign>[+−-]?)(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?P<after>\D*)", re.DOTALL)

Formats = Callable[..., Format]


def write(book: Workbook, page: Worksheet, chart: Chart, *, words: Shown, formats: Formats) -> None:
    """Write a chart's numbers on its sheet and draw them below."""
    head = formats(bold=True, bg_color=HEAD_FILL, border=1, text_wrap=True, valign="vcenter", align="center")
    page.set_column(0, 0, 36)
    page.set_column(1, len(chart.series), 18)
    for number in range(HEAD + 1 + len(chart.categories)):
        page.set_row(number, LINE)
    page.set_row(HEAD, 2 * LINE)
    page.write_string(0, 0, as_text(words(chart.title)), formats(bold=True, font_color=INK))
    page.write_string(1, 0, as_text(words(chart.finding)), formats())
    page.write_blank(HEAD, 0, None, head)
    for number, name in enumerate(chart.categories, start=HEAD + 1):
        page.write_string(number, 0, as_text(words(name)), formats(border=1, text_wrap=True, valign="top"))
    drawn = book.add_chart({"type": "line" if chart.kind is ChartKind.LINES else "bar"})
    for column, series in enumerate(chart.series, start=1):
        page.write_string(HEAD, column, as_text(words(series.name)), head)
        for number, value in enumerate(series.values, start=HEAD + 1):
            shown = number_format("" if value is None else value_text(value), thai_digits=words.thai_digits)
            look = formats(border=1, num_format=shown, valign="top")
            if value is None:
                page.write_blank(number, column, None, look)
            else:
                page.write_number(number, column, value, look)
        drawn.add_series(_series(page, chart, column, words))
    _settle(drawn, chart, words)
    options = {"description": words(description(chart)), "object_position": 2}
    page.insert_chart(HEAD + 2 + len(chart.categories), 0, drawn, options)
    page.fit_to_pages(1, 1)


def _series(page: Worksheet, chart: Chart, column: int, words: Shown) -> dict[str, object]:
    first, last = HEAD + 1, HEAD + len(chart.categories)
    age = min(len(chart.series) - column, len(FILLS) - 1)
    series: dict[str, object] = {
        "name": [page.name, HEAD, column],
        "categories": [page.name, first, 0, last, 0],
        "values": [page.name, first, column, last, column],
    }
    if chart.kind is ChartKind.LINES:
        marker = {"type": MARKERS[age], "size": 8, "fill": {"color": PAPER if age else INK}, "border": {"color": INK}}
        return series | {"line": {"color": INK, "width": 2.25, "dash_type": DASHES[age]}, "marker": marker}
    known = [value_text(value) for value in chart.series[column - 1].values if value is not None]
    shown = number_format(known[0] if known else "0", thai_digits=words.thai_digits)
    label = {"value": True, "num_format": shown, "font": {"name": FONT, "size": 12}}
    return series | FILLS[age] | {"border": {"color": INK}, "data_labels": label, "gap": 60}


def _settle(drawn: Drawn, chart: Chart, words: Shown) -> None:
    scale = {
        "min": chart.least,
        "max": chart.most,
        "num_font": LETTERS,
        "num_format": number_format("0", thai_digits=words.thai_digits),
        "major_gridlines": {"visible": True, "line": {"color": GRID}},
    }
    drawn.set_title({"none": True})  # it stands above, in a cell
    drawn.set_legend({"position": "top", "font": LETTERS} if len(chart.series) > 1 else {"none": True})
    drawn.show_blanks_as("gap")
    if chart.kind is ChartKind.LINES:
        drawn.set_x_axis({"num_font": LETTERS})
        drawn.set_y_axis(scale)
    else:
        drawn.set_x_axis(scale)
        drawn.set_y_axis({"num_font": LETTERS, "reverse": True, "crossing": "max"})  # the first category on top
    tall = 420 if chart.kind is ChartKind.LINES else 120 + len(chart.categories) * (18 + 20 * len(chart.series))
    drawn.set_size({"width": WIDE, "height": tall})


def number_format(text: str, *, thai_digits: bool) -> str:
    """Return the format in which a spreadsheet shows a number as the text does: `+3.34`, `ร้อยละ 45`, `1,250.00`."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return "General"
    digits = ("#,##0" if "," in found["whole"] else "0") + ("." + "0" * len(found["part"]) if found["part"] else "")
    before, after = (f'"{part.replace(chr(34), "")}"' if part else "" for part in (found["before"], found["after"]))
    one = f"{before}{{sign}}{digits}{after}"
    mark = THAI_DIGITS if thai_digits else ""
    if found["sign"] in ("", "-", "−"):
        return mark + one.format(sign="")
    return ";".join(mark + one.format(sign=sign) for sign in ("+", "-", ""))
