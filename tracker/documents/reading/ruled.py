"""The lines drawn on a page of a PDF → the cells of its ruled tables."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber.table as plumbing
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tracker.documents.reading.glyphs import Turn

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

MOST_EDGES = 3_000  # of a page; a drawing with more is no table
MOST_CROSSINGS = 20_000  # level lines times upright ones; a year's months beside sixty projects make 1,200
_THIN = 3.0  # points; lines may be drawn as thin areas
_STRAIGHT = 0.5
_NESTED = 5


@dataclass(frozen=True)
class Ruled:
    """A table as drawn: for each row the cell that begins in each column, None where a merged cell covers it."""

    box: Box
    columns: tuple[float, ...]
    rows: tuple[tuple[Box | None, ...], ...]

    @property
    def cells(self) -> Iterator[Box]:
        return (cell for row in self.rows for cell in row if cell)


def tables_of(page: pdfium.PdfPage, turn: Turn) -> list[Ruled]:
    """Return the ruled tables of a page that have more than one column, from top to bottom."""
    edges = list(_edges(page, turn))
    if not edges or len(edges) > MOST_EDGES:
        return []
    merged = plumbing.merge_edges(edges, _THIN, _THIN, _THIN, _THIN)
    level = sum(edge["orientation"] == "h" for edge in merged)
    if level * (len(merged) - level) > MOST_CROSSINGS:
        return []
    merged += [*_closing(merged, "top"), *_closing(merged, "bottom")]
    cells = plumbing.intersections_to_cells(plumbing.edges_to_intersections(merged, _THIN, _THIN))
    tables = [_ruled(found) for found in plumbing.cells_to_tables(cells)]
    return sorted((table for table in tables if len(table.columns) > 1), key=lambda table: table.box[1])


def _ruled(cells: list[Any]) -> Ruled:
    columns = sorted({cell[0] for cell in cells})
    rows = [{cell[0]: cell for cell in cells if cell[1] == top} for top in sorted({cell[1] for cell in cells})]
    box = (columns[0], min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))
    return Ruled(box, tuple(columns), tuple(tuple(row.get(left) for left in columns) for row in rows))


def _closing(edges: list[dict[str, Any]], end: str) -> Iterator[dict[str, Any]]:
    """Yield the lines missing where a page's end left a row open: at several upright lines that all end in nothing."""
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    for y in sorted({edge[end] for edge in upright}):
        near = [edge for edge in level if abs(edge["top"] - y) <= _THIN]
        xs = sorted(edge["x0"] for edge in upright if abs(edge[end] - y) < _THIN)
        for left, right in pairwise(xs if len(xs) > 2 else ()):
            is_closed = any(edge["x0"] < (left + right) / 2 < edge["x1"] for edge in near)
            missing = None if is_closed else _edge((left, y), (right, y))
            if missing:
                yield missing


def _edges(page: pdfium.PdfPage, turn: Turn) -> Iterator[dict[str, Any]]:
    found = 0
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_NESTED):
        for one, other in _strokes(path):
            edge = _edge(turn(*one), turn(*other))
            if edge:
                yield edge
                found += 1
        if found > MOST_EDGES:
            return


def _strokes(path: pdfium.PdfObject) -> Iterator[tuple[Point, Point]]:
    """Yield the straight strokes of a path; a thin area counts as one along its middle, a wide one as none."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    for outline in _outlines(path):
        if stroke.value:
            yield from ((one, other) for (one, _), (other, is_straight) in pairwise(outline) if is_straight)
        elif fill.value:
            yield from _thin_area([point for point, _ in outline])


def _thin_area(points: list[Point]) -> Iterator[tuple[Point, Point]]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across, down = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    if max(xs) - min(xs) <= _THIN:
        yield (across, min(ys)), (across, max(ys))
    elif max(ys) - min(ys) <= _THIN:
        yield (min(xs), down), (max(xs), down)


def _outlines(path: pdfium.PdfObject) -> Iterator[list[tuple[Point, bool]]]:
    """Yield the outlines of a path: its points on the page, each with whether a straight stroke leads to it."""
    matrix = _matrix(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[Point, bool]] = []
    for index in range(min(raw.FPDFPath_CountSegments(path), MOST_EDGES)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and outline:
            yield outline
            outline = []
        outline.append((matrix.on_point(x.value, y.value), kind == raw.FPDF_SEGMENT_LINETO))
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append((outline[0][0], True))
    if outline:
        yield outline


def _matrix(path: pdfium.PdfObject) -> pdfium.PdfMatrix:
    matrix, container = path.get_matrix(), path.container
    while container is not None:
        matrix, container = matrix.multiply(container.get_matrix()), container.container
    return matrix


def _edge(one: Point, other: Point) -> dict[str, Any] | None:
    x0, x1 = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    if bottom - top <= _STRAIGHT < x1 - x0:
        orientation, bottom = "h", top
    elif x1 - x0 <= _STRAIGHT < bottom - top:
        orientation, x1 = "v", x0
    else:
        return None
    sizes = {"width": x1 - x0, "height": bottom - top, "doctop": top}
    return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "orientation": orientation, **sizes}
