"""A paper as XLSX: a cover with its texts, a sheet for each table, charts that the spreadsheet draws itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tracker.documents.writing.charts import value_text
from tracker.documents.writing.paper import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Code,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Points,
    Row,
    Section,
    Signatures,
    Table,
)
from tracker.documents.writing.texts import Shown
from tracker.documents.writing.xlsx import FONT, LINE, LONGEST_NAME, LONGEST_TEXT, MADE_AT, SIZE, sheet_name

COVER, CHARTS = "เอกสาร", "แผนภูมิ"
COVER_WIDTH = 84  # characters; a page wide
SHEET_WIDTH = 150
NARROWEST = 9
TALLEST = 409.0  # points that a row can have
A4 = 9
INK, HEAD_FILL, SECTION_FILL = "#17324D", "#C5CCD3", "#E6EEF4"
THAI_DIGITS, THAI_DATE, THAI_DATE_DIGITS = "[$-D00041E]", "[$-107041E]d mmmm yyyy", "[$-D07041E]d mmmm yyyy"
LONGEST_FOOT = 180  # of the 255 characters that a foot may have
_NUMBER = re.compile(r"(?P<before>.*?)(?P<sign>[+−-]?)(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?P<after>\D*)", re.DOTALL)
_NO_ROOM = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f]")  # vowels and marks above and below

# How a chart is told apart without colour, the newest series first.
FILLS = (
    {"fill": {"color": INK}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK, "bg_color": "#DBE7F0"}},
    {"fill": {"color": "#FFFFFF"}},
)
DASHES, MARKERS = ("solid", "dash", "round_dot"), ("circle", "diamond", "triangle")


def write(paper: Paper) -> bytes:
    """
    Return the paper as a workbook. Texts are written as texts whatever they begin with, numbers as numbers.

    The same paper gives the same bytes; the file names no person and no moment.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    words = Shown(paper)
    book.set_properties(
        {
            "title": words(paper.title),
            "subject": words(" ".join(paper.subtitle)),
            "keywords": words(", ".join(paper.keywords)),
            "author": "",
            "created": MADE_AT.replace(tzinfo=None),
        }
    )
    writer = _Writer(book, paper, words)
    writer.cover()
    for block in paper.blocks:
        if isinstance(block, Table):
            writer.table(block)
    writer.charts([block for block in paper.blocks if isinstance(block, Chart)])
    book.close()
    return target.getvalue()


@dataclass
class _Writer:
    book: Workbook
    paper: Paper
    words: Shown
    names: set[str] = field(default_factory=set)
    formats: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def cover(self) -> None:
        page = self._sheet(COVER, is_landscape=False)
        page.set_column(0, 0, COVER_WIDTH)
        number = 0
        for text, look in self._cover_lines():
            size = int(str(look.get("font_size", SIZE)))
            tall = LINE * size / SIZE * _lines(text, COVER_WIDTH * SIZE // size)
            page.set_row(number, min(tall, TALLEST))
            page.write_string(number, 0, text[:LONGEST_TEXT], self._format(text_wrap=True, valign="top", **look))
            number += 1
        page.fit_to_pages(1, 0)

    def _cover_lines(self) -> list[tuple[str, dict[str, object]]]:
        strong: dict[str, object] = {"bold": True, "font_color": INK}
        found: list[tuple[str, dict[str, object]]] = [(self.words(self.paper.title), strong | {"font_size": 22})]
        found += [(self.words(line), {"font_size": 18}) for line in [*self.paper.subtitle, self.paper.organization] if line]
        for block in self.paper.blocks:
            found += self._said(block)
        return [*found, (self.words(self.paper.foot), {"font_color": "#555555"})] if self.paper.foot else found

    def _said(self, block: Block) -> list[tuple[str, dict[str, object]]]:
        words, strong = self.words, {"bold": True, "font_color": INK}
        match block:
            case Heading(text, level):
                return [(words(text), strong | {"font_size": 24 - 2 * level})]
            case Paragraph(text, label):
                return [(words(f"{label} {text}".strip()), {})]
            case Points(items, numbered):
                marks = [f"{place}." if numbered else "•" for place in range(1, len(items) + 1)]
                return [(words(f"{mark} {item}"), {"indent": 1}) for mark, item in zip(marks, items, strict=True)]
            case Code(label, text):
                return [(f"{words(label)} {words.code(text)}".strip(), {})]
            case Signatures(places):
                said = [f"ลงชื่อ {'.' * 40} {one.role}  ({one.name or '.' * 40})  {one.position}".rstrip() for one in places]
                return [(words(line), {}) for line in said]
            case Table(title) | Chart(title):
                return [(words(f"{title} (อยู่ในแผ่นงานของตนเอง)"), {"italic": True})]
            case PageBreak():
                return []

    def table(self, table: Table) -> None:
        page = self._sheet(table.title, is_landscape=True)
        total = sum(column.share for column in table.columns)
        widths = [max(NARROWEST, round(SHEET_WIDTH * column.share / total)) for column in table.columns]
        for number, width in enumerate(widths):
            page.set_column(number, number, width)
        page.write_string(0, 0, self.words(table.title), self._format(bold=True, font_color=INK))
        page.set_row(0, LINE)
        head = self._format(bold=True, bg_color=HEAD_FILL, border=1, text_wrap=True, valign="vcenter", align="center")
        page.set_row(1, LINE * max(map(_lines, [self.words(column.title) for column in table.columns], widths)))
        for number, column in enumerate(table.columns):
            page.write_string(1, number, self.words(column.title), head)
        for number, row in enumerate(table.rows, start=2):
            self._row(page, number, row, widths)
        page.freeze_panes(2, 0)
        page.repeat_rows(1)
        page.fit_to_pages(1, 0)

    def _row(self, page: Worksheet, number: int, row: Row | Section, widths: Sequence[int]) -> None:
        if isinstance(row, Section):
            look = self._format(bold=True, bg_color=SECTION_FILL, border=1, text_wrap=True, valign="top")
            if len(widths) > 1:
                page.merge_range(number, 0, number, len(widths) - 1, "", look)
            page.write_string(number, 0, self.words(row.text)[:LONGEST_TEXT], look)
            page.set_row(number, LINE * _lines(self.words(row.text), sum(widths)))
            return
        texts = [self.words(_text(cell)) for cell in row.cells]
        page.set_row(number, min(LINE * max(map(_lines, texts, widths)), TALLEST))
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            self._cell(page, number, column, cell, text)

    def _cell(self, page: Worksheet, row: int, column: int, cell: Cell, text: str) -> None:
        look: dict[str, object] = {"border": 1, "valign": "top", "text_wrap": True, "align": str(cell.align)}
        if cell.is_strong:
            look["bold"] = True
        thai = self.words.thai_digits
        if cell.day is not None:
            date_format = THAI_DATE_DIGITS if thai else THAI_DATE
            page.write_datetime(row, column, cell.day, self._format(**look, num_format=date_format))
        elif cell.number is not None:
            page.write_number(row, column, cell.number, self._format(**look, num_format=number_format(_text(cell), thai)))
        else:
            page.write_string(row, column, text[:LONGEST_TEXT], self._format(**look))

    def charts(self, charts: Sequence[Chart]) -> None:
        if not charts:
            return
        page = self._sheet(CHARTS, is_landscape=True)
        page.set_column(0, 0, 36)
        page.set_column(1, 3, 18)
        top = 0
        for chart in charts:
            top = self._chart(page, top, chart)
        page.fit_to_pages(1, 0)

    def _chart(self, page: Worksheet, top: int, chart: Chart) -> int:
        """Write the numbers and the chart beside them; return where the next may begin."""
        words, head = self.words, self._format(bold=True, bg_color=HEAD_FILL, border=1, text_wrap=True)
        page.write_string(top, 0, words(chart.title), self._format(bold=True, font_color=INK))
        page.write_string(top + 1, 0, words(chart.finding), self._format())
        page.write_string(top + 2, 0, "", head)
        first, last = top + 3, top + 2 + len(chart.categories)
        for number, name in enumerate(chart.categories, start=first):
            page.write_string(number, 0, words(name), self._format(border=1))
        drawn = self.book.add_chart({"type": "line" if chart.kind is ChartKind.LINES else "bar"})
        for number, series in enumerate(chart.series, start=1):
            page.write_string(top + 2, number, words(series.name), head)
            for place, value in enumerate(series.values, start=first):
                if value is not None:
                    shown = number_format(value_text(value), words.thai_digits)
                    page.write_number(place, number, value, self._format(border=1, num_format=shown))
            drawn.add_series(self._series(page, chart, number, (top + 2, first, last)))
        self._settle(drawn, chart)
        page.insert_chart(top, len(chart.series) + 2, drawn, {"description": words(f"{chart.title}: {chart.finding}")})
        return max(last + 2, top + 2 + _tall(chart) // 20)

    def _series(self, page: Worksheet, chart: Chart, number: int, rows: tuple[int, int, int]) -> dict[str, object]:
        head, first, last = rows
        age = min(len(chart.series) - number, len(FILLS) - 1)
        shown = number_format(value_text(next((v for v in chart.series[number - 1].values if v is not None), 0)), self.words.thai_digits)
        series: dict[str, object] = {
            "name": [page.name, head, number],
            "categories": [page.name, first, 0, last, 0],
            "values": [page.name, first, number, last, number],
        }
        if chart.kind is ChartKind.LINES:
            marker = {"type": MARKERS[age], "size": 8, "fill": {"color": INK if not age else "#FFFFFF"}, "border": {"color": INK}}
            return series | {"line": {"color": INK, "width": 2.25, "dash_type": DASHES[age]}, "marker": marker}
        label = {"value": True, "num_format": shown, "font": {"name": FONT, "size": 12}}
        return series | FILLS[age] | {"border": {"color": INK}, "data_labels": label, "gap": 60}

    def _settle(self, drawn: xlsxwriter.chart.Chart, chart: Chart) -> None:
        letters = {"name": FONT, "size": 14}
        scale = {"min": chart.least, "max": chart.most, "num_font": letters, "major_gridlines": {"visible": True, "line": {"color": "#C8CDD2"}}}
        scale["num_format"] = number_format("0", self.words.thai_digits)
        names = {"num_font": letters}
        drawn.set_title({"name": self.words(chart.title), "name_font": letters | {"bold": True}})
        drawn.set_legend({"position": "bottom", "font": letters} if len(chart.series) > 1 else {"none": True})
        if chart.kind is ChartKind.LINES:
            drawn.set_x_axis(names)
            drawn.set_y_axis(scale)
        else:
            drawn.set_x_axis(scale)
            drawn.set_y_axis(names | {"reverse": True, "crossing": "max"})
        drawn.set_size({"width": 760, "height": _tall(chart)})

    def _sheet(self, title: str, *, is_landscape: bool) -> Worksheet:
        name = wanted = sheet_name(self.words(title))
        count = 1
        while name.casefold() in self.names:
            count += 1
            name = f"{wanted[: LONGEST_NAME - 5]} ({count})"
        self.names.add(name.casefold())
        page = self.book.add_worksheet(name)
        page.set_paper(A4)
        page.set_landscape() if is_landscape else page.set_portrait()
        page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.8)
        foot = self.words(self.paper.foot).replace("\n", " ")[:LONGEST_FOOT].replace("&", "&&")
        page.set_footer(f"&L{foot}&Rหน้า &P จาก &N")
        return page

    def _format(self, **look: object) -> Format:
        """Return the format of that look; a workbook has room for some thousands of different ones only."""
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": FONT, "font_size": SIZE} | look)
        return self.formats[key]


def number_format(text: str, thai_digits: bool) -> str:
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


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell.text, str) else "\n".join(cell.text)


def _lines(text: str, width: int) -> int:
    return max(1, sum(-(-len(_NO_ROOM.sub("", line)) // max(width, 1)) or 1 for line in text.split("\n")))


def _tall(chart: Chart) -> int:
    """Return how many pixels tall the chart is."""
    if chart.kind is ChartKind.LINES:
        return 420
    return 140 + len(chart.categories) * (16 + 22 * len(chart.series))
