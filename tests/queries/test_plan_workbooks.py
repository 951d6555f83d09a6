from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps import thrown_away
from tests.clocks import MORNING, TODAY
from tests.factories import make_assessment, make_measure, make_organization, make_plan
from tracker.documents.plan_layout import MEASURES
from tracker.documents.reading.plan_workbook import read_plan_workbook
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.workbook_cells import tidy
from tracker.documents.writing.plan_workbook import write_plan
from tracker.documents.writing.xlsx import LONGEST_TEXT
from tracker.domain.indicators import Instrument
from tracker.domain.timeframes import Kind, TimeFrame, read_time_frame
from tracker.extensions import db as database
from tracker.models import Finding, Measure, Plan, Step
from tracker.queries import differences, plan_workbooks
from tracker.services import imports

DIVISIONS = ("สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง, โยธา")
YEAR = 2569


def exported(plan):
    names = [division.name for division in plan.organization.open_divisions]
    return write_plan(plan_workbooks.whole(plan), divisions=names, say=str)


def imported(content, organization):
    """Make the plan of a workbook in an organization that has none."""
    draft = read_plan_workbook(content, tell=lambda done, total: None)
    assert draft.failed == ()
    divisions = [division.as_named() for division in organization.open_divisions]
    reading = read_draft(draft, divisions=divisions)
    return imports.create_plan(organization=organization, reading=reading, by=None, now=MORNING, today=TODAY)


def cells(content):
    """Return every cell of a workbook, but for the organization's own name."""
    book = openpyxl.load_workbook(BytesIO(content))
    found = {(page.title, cell.coordinate): cell.value for page in book for row in page.iter_rows() for cell in row}
    return {place: value for place, value in found.items() if value is not None and place != ("แผน", "B2")}


def taken_along(plan):
    """Return a plan's export, and that of the plan made of it in another organization."""
    elsewhere = make_organization("เทศบาลตำบลปลายทาง", DIVISIONS)
    before = exported(plan)
    return before, exported(imported(before, elsewhere))


@pytest.fixture
def plan(db):
    """Return a plan on which a person has decided a good deal."""
    plan = make_plan(YEAR, organization=make_organization(divisions=DIVISIONS))
    plan.rounds[0].due_on = date(2026, 2, 28)
    first, last, *_ = plan.organization.divisions
    measure = make_measure(6, steps=("จัดทำคู่มือ", ("เผยแพร่คู่มือ", "ทุกเดือน")), divisions=[first, last], weight=7)
    measure.analysis = ["=ประชาชนไม่ทราบขั้นตอน", "1. ข้อความ\n2. ที่มีหลายบรรทัด"]
    measure.needs_evidence = True
    measure.budget_text, measure.success_text = "๑๐,๐๐๐ บาท", "ร้อยละ ๘๐ 😀"
    measure.responsible_text = "สำนักปลัด และกองคลัง"
    measure.schedule_words = "28 ก.พ. 69 และ 31 ส.ค. 69"
    measure.schedule = read_time_frame(measure.schedule_words, fiscal_year=YEAR)
    measure.steps.append(Step(order=3, text="ขั้นตอนที่ตัดออก", is_retired=True))
    make_measure(9, words="เมื่อพร้อม", divisions=())
    make_measure(9, words="ทุกไตรมาส", divisions=plan.organization.divisions)
    make_assessment(2567, {"overall": "90.10", "IIT": "91.5", "OIT:o6": "0"}, level="ผ่านดี")
    latest = make_assessment(2568, {"overall": "97.02", "indicator:6": "95.00", "EIT2:e1": "88.1"}, level="ผ่านดีเยี่ยม")
    latest.findings.append(
        Finding(indicator=10, instrument=Instrument.OIT, items=["o6", "o27"], text="ไม่พบข้อมูล", recommendation="เผยแพร่")
    )
    db.session.flush()
    return plan


def test_a_plan_taken_along_is_the_same_plan_cell_by_cell(plan):
    before, after = taken_along(plan)

    assert cells(after) == cells(before)
    assert len(cells(before)) > 150


def test_a_plan_taken_along_has_the_schedules_that_were_agreed(db, plan):
    copy = imported(exported(plan), make_organization("เทศบาลตำบลปลายทาง", DIVISIONS))

    def agreed(one):
        return [
            (measure.schedule, measure.schedule_words, measure.time_frame_text, measure.weight, measure.needs_evidence)
            + tuple((step.text, step.own_schedule) for step in measure.current_steps)
            for measure in one.measures
        ]

    assert agreed(copy) == agreed(plan)
    assert copy.round_dates == plan.round_dates


def test_steps_that_were_taken_out_stay_behind(plan):
    assert "ขั้นตอนที่ตัดออก" not in cells(exported(plan)).values()


def test_the_scores_of_both_years_and_the_findings_go_along(db, plan):
    elsewhere = make_organization("เทศบาลตำบลปลายทาง", DIVISIONS)
    imported(exported(plan), elsewhere)

    found = plan_workbooks.whole(db.session.query(Plan).filter_by(organization_id=elsewhere.id).one())
    assert found.scores[2567] == {"overall": Decimal("90.10"), "IIT": Decimal("91.50"), "OIT:o6": Decimal("0.00")}
    assert found.levels == {2567: "ผ่านดี", 2568: "ผ่านดีเยี่ยม"}
    assert [finding.items for finding in found.findings] == [("o6", "o27")]


def test_a_rhythm_that_only_the_step_itself_names_is_taken_from_the_step(db, plan):
    quarter = read_time_frame("ไตรมาสที่ 2", fiscal_year=YEAR)
    step = plan.measures[0].steps[0]
    step.text, step.own_schedule, step.own_schedule_words = "รายงานผลภายในไตรมาสที่ 2", quarter, ""

    copy = imported(exported(plan), make_organization("เทศบาลตำบลปลายทาง", DIVISIONS))

    assert copy.measures[0].steps[0].own_schedule == quarter


def test_what_was_agreed_stays_agreed_where_the_words_are_read_otherwise_by_now(plan):
    agreed = TimeFrame(Kind.DATES, YEAR, date(2026, 5, 5), date(2026, 5, 5), dates=(date(2026, 5, 5),))
    plan.measures[0].schedule, plan.measures[0].schedule_words = agreed, "ทุกเดือน"

    copy = imported(exported(plan), make_organization("เทศบาลตำบลปลายทาง", DIVISIONS))

    assert copy.measures[0].schedule == agreed


def test_a_division_that_was_closed_is_left_behind_with_what_it_did(plan):
    plan.organization.divisions[1].closed_on = date(2026, 1, 1)

    (row,) = [row for place, row in cells(exported(plan)).items() if place == (MEASURES, "H2")]
    assert row == "สำนักปลัดเทศบาล"


ODD = st.sampled_from(
    [
        "=1+1",
        '"',
        "“น้ำใจ”",
        "๑๒๓",
        "😀",
        "+66",
        "@SUM(A1)",
        "_x0041_",
        "<r><t>",
        "</r>",
        "'",
        "ก\nข",
        "#N/A",
        "แผน,มาตรการ",
    ]
)
LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn"))
TEXTS = st.lists(ODD | st.text(LETTERS, max_size=20), max_size=6).map("".join).map(tidy)
NAMED = TEXTS.filter(lambda text: text and not text.startswith("ตัวอย่าง:"))
LONG = st.sampled_from(["ก" * LONGEST_TEXT, "๑ " * 9000 + "จบ"])
WORDS = st.sampled_from(
    ["ตลอดปีงบประมาณ พ.ศ. 2569", "ทุกเดือน", "31 มี.ค. 69", "ไตรมาสที่ 2", "ทุกเทศกาล", "ทุกวันจันทร์", "เมื่อพร้อม", ""]
)
STEPS = st.lists(st.tuples(NAMED | LONG, st.sampled_from(["", "ทุกเดือน", "ปีละ 2 ครั้ง", "ภายใน 5 ม.ค. 69"])), max_size=3)


@st.composite
def measures(draw):
    words = draw(WORDS)
    return {
        "indicator": draw(st.integers(1, 10)),
        "title": draw(NAMED | LONG),
        "analysis": draw(st.lists(NAMED, max_size=3)),
        "budget_text": draw(TEXTS),
        "success_text": draw(TEXTS),
        "time_frame_text": draw(TEXTS | st.just(words)),
        "schedule": read_time_frame(words, fiscal_year=YEAR),
        "schedule_words": words,
        "responsible_text": draw(TEXTS),
        "weight": draw(st.integers(1, 100)),
        "needs_evidence": draw(st.booleans()),
        "steps": draw(STEPS),
        "divisions": draw(st.sets(st.integers(0, len(DIVISIONS) - 1))),
    }


def _built(plan, facts):
    steps, chosen = facts["steps"], facts["divisions"]
    rest = {name: value for name, value in facts.items() if name not in ("steps", "divisions")}
    return Measure(
        organization_id=plan.organization_id,
        plan=plan,
        divisions=[plan.organization.divisions[place] for place in sorted(chosen)],
        steps=[
            Step(
                order=order,
                text=text,
                own_schedule=read_time_frame(words, fiscal_year=YEAR) if words else None,
                own_schedule_words=words,
            )
            for order, (text, words) in enumerate(steps, 1)
        ],
        **rest,
    )


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(measures(), min_size=1, max_size=4, unique_by=lambda one: (one["indicator"], one["title"])))
def test_any_plan_taken_along_is_the_same_plan(app, found):
    with thrown_away(app):
        plan = make_plan(YEAR, organization=make_organization(divisions=DIVISIONS))
        database.session.add_all([_built(plan, facts) for facts in found])
        database.session.flush()
        database.session.expire(plan)

        assert not compared(plan, exported(plan))
        before, after = taken_along(plan)

    assert cells(after) == cells(before)


def compared(plan, content):
    """Return what a workbook says otherwise than the plan."""
    draft = read_plan_workbook(content, tell=lambda done, total: None)
    divisions = [division.as_named() for division in plan.organization.open_divisions]
    return differences.between(plan, read_draft(draft, divisions=divisions))


def test_a_plans_own_workbook_says_nothing_otherwise_than_the_plan(plan):
    assert compared(plan, exported(plan)).changed == ()
