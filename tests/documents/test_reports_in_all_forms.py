"""The report as municipalities publish it – Word, Excel, PDF – says what its text says."""

from dataclasses import replace

import pytest

from tests.reports.docx import as_docx
from tests.reports.layout import blocks_of
from tests.reports.libreoffice import pdf_of
from tests.reports.pdf import as_pdf
from tests.reports.shares import letter_exact
from tests.reports.xlsx import as_xlsx
from tracker.documents.reading.decoding import decode
from tracker.documents.reading.files import read_report
from tracker.domain.responsibles import USUAL_DIVISIONS, read_responsible
from tracker.domain.timeframes import read_time_frame

LEAST_SHARE = 0.95  # 82 of 84 cells of the sample; where a space does not fit on its line LibreOffice leaves it out


def untold(done, total):
    pass


def without_sources(draft):
    return replace(draft, measures=tuple(replace(measure, source=()) for measure in draft.measures))


@pytest.fixture(scope="module")
def blocks(content):
    return blocks_of(decode(content))


@pytest.mark.parametrize(("ending", "made"), [("docx", as_docx), ("xlsx", as_xlsx), ("pdf", as_pdf)])
def test_every_form_says_the_same_letter_by_letter(draft, blocks, ending, made):
    read = read_report(made(blocks), f"report.{ending}", tell=untold)

    assert without_sources(read) == without_sources(draft)


@pytest.fixture(scope="module")
def from_libreoffice(blocks, tmp_path_factory):
    return read_report(pdf_of(as_docx(blocks), tmp_path_factory.mktemp("libreoffice")), "report.pdf", tell=untold)


@pytest.mark.parametrize("part", ["organization", "assessment_year", "plan_year", "level", "figures", "claims"])
def test_libreoffices_pdf_says_the_same(draft, from_libreoffice, part):
    assert getattr(from_libreoffice, part) == getattr(draft, part)


def test_libreoffices_pdf_has_the_same_measures_for_the_same_time_and_divisions(draft, from_libreoffice):
    def read(measure):
        return (
            measure.indicator,
            len(measure.analysis),
            len(measure.steps),
            read_time_frame(measure.time_frame, fiscal_year=2569),
            read_responsible(measure.responsible, divisions=USUAL_DIVISIONS),
        )

    assert list(map(read, from_libreoffice.measures)) == list(map(read, draft.measures))


def test_libreoffices_pdf_has_the_same_findings(draft, from_libreoffice):
    assert [(one.indicator, one.instrument, one.items) for one in from_libreoffice.findings] == [
        (one.indicator, one.instrument, one.items) for one in draft.findings
    ]


def test_nearly_every_cell_of_libreoffices_pdf_is_read_letter_by_letter(draft, from_libreoffice):
    assert letter_exact(from_libreoffice, draft) >= LEAST_SHARE
