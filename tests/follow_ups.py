"""Follow-up reports for tests of their paper: facts without a database, and what stands in the paper."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tracker.documents.composing.follow_up import Facts, Promise, Work, compose
from tracker.documents.writing.paper import Cell, Code, Heading, Paper, Paragraph, Points, Row, Section, Table
from tracker.domain.curves import Share, curve, past_days
from tracker.domain.figures import Cell as Counted
from tracker.domain.figures import Figures, Named
from tracker.domain.lateness import is_overdue, was_on_time
from tracker.domain.progress import Progress
from tracker.domain.statuses import Status

DAY = date(2026, 2, 20)
DUE = date(2026, 1, 31)
YEAR = 2569
DIVISIONS = tuple(
    Named(number, name) for number, name in enumerate(("สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง", "กองการศึกษา"), start=1)
)
MEASURE = Promise(1, 1, "1.1", "มาตรการบริการโปร่งใส", "ตลอดปีงบประมาณ", "ทุกส่วนราชการ")


def done(division: Named = DIVISIONS[0], *, due_on: date = DUE, submitted_on: date | None = None, **more: Any) -> Work:
    """Return a task that was accepted, handed in on its last day unless another is given."""
    more = {"measure_id": 1, "accepted_on": due_on} | more
    return Work(division=division, due_on=due_on, status=Status.DONE, submitted_on=submitted_on or due_on, **more)


def open_task(division: Named = DIVISIONS[0], *, due_on: date = DUE, **more: Any) -> Work:
    """Return a task that nobody has begun."""
    more = {"measure_id": 1, "status": Status.NOT_STARTED} | more
    return Work(division=division, due_on=due_on, **more)


def facts(*works: Work, day: date = DAY, measures: Sequence[Promise] = (MEASURE,), **more: Any) -> Facts:
    """Return the facts of a plan with these tasks, its figures counted from them."""
    figures = figures_of(works, measures, day)
    shares = {one: Share(figures.total.done_weight, figures.total.weight) for one in past_days(YEAR, day=day)}
    known = Facts(
        organization="เทศบาลตำบลตัวอย่าง",
        fiscal_year=YEAR,
        day=day,
        figures=figures,
        curve=curve(figures, fiscal_year=YEAR, done=shares),
        measures=measures,
        works=works,
        head_seq=12,
        head_hash="ab" * 32,
    )
    return replace(known, **more)


def figures_of(works: Sequence[Work], measures: Sequence[Promise], day: date) -> Figures:
    """Return what the figures count of these tasks."""
    indicators = {measure.id: measure.indicator for measure in measures}
    return Figures(
        day,
        tuple(
            Counted(indicators[work.measure_id], work.measure_id, work.division, work.due_on, _progress(work, day))
            for work in works
        ),
    )


def _progress(work: Work, day: date) -> Progress:
    if work.status == Status.NOT_APPLICABLE:
        return Progress(not_applicable=1)
    is_done, is_due = work.status == Status.DONE, work.due_on <= day
    counts = Counter({work.status.value: 1, "weight": 1, "due": is_due, "due_weight": is_due, "done_weight": is_done})
    counts["overdue"] = is_overdue(status=work.status, due_on=work.due_on, today=day)
    if is_done and work.submitted_on:
        counts["done_on_time"] = was_on_time(submitted_on=work.submitted_on, due_on=work.due_on)
    return Progress(**{name: int(count) for name, count in counts.items()})


def paper(*works: Work, thai_digits: bool = False, **more: Any) -> Paper:
    """Return the paper of a plan with these tasks."""
    return compose(facts(*works, **more), thai_digits=thai_digits)


def table(found: Paper, title: str) -> Table:
    """Return the table of this title."""
    [one] = [block for block in found.blocks if isinstance(block, Table) and block.title == title]
    return one


def rows(found: Paper, title: str) -> list[list[str]]:
    """Return the rows of a table as texts, the lines of a cell joined; a section is a row of one."""
    return [
        [row.text] if isinstance(row, Section) else [text(cell) for cell in row.cells]
        for row in table(found, title).rows
    ]


def text(cell: Cell) -> str:
    """Return what a cell says, its lines joined."""
    return cell.text if isinstance(cell.text, str) else "\n".join(cell.text)


def words(found: Paper) -> str:
    """Return everything that the paper says, block by block."""
    return "\n".join([found.title, *found.subtitle, *(line for block in found.blocks for line in _lines(block))])


def _lines(block: Any) -> Iterator[str]:
    if isinstance(block, Heading | Code):
        yield block.text
    elif isinstance(block, Paragraph):
        yield f"{block.label} {block.text}"
    elif isinstance(block, Points):
        yield from block.items
    elif isinstance(block, Table):
        for row in block.rows:
            yield from [row.text] if isinstance(row, Section) else (text(cell) for cell in _cells(row))


def _cells(row: Row) -> Sequence[Cell]:
    return row.cells
