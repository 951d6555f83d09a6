import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.statements import count_queries
from tracker.documents.reading.text import read_text_report
from tracker.models import Draft, Event, Measure, Task
from tracker.queries import scores
from tracker.sample import report_bytes
from tracker.services import drafts, measures, schedules, tasks
from tracker.services.measures import MeasureChange, StepChange

READ = read_text_report(report_bytes()).to_json()


@pytest.fixture
def uploaded(db, people):
    """Upload the sample cut down to its first two measures, changed like this, and return its page of differences."""

    def uploaded(first=None, more=(), **report):
        one, two = READ["measures"][:2]
        kept = READ | {"figures": [], "claims": [], "findings": [], "measures": [one | (first or {}), two, *more]}
        draft = Draft(
            organization_id=people.clerk.user.organization_id,
            uploaded_by_id=people.clerk.id,
            uploaded_at=MORNING,
            file_name="report.txt",
            content=report_bytes(),
            report=kept | report,
        )
        db.session.add(draft)
        db.session.flush()
        return f"/imports/{draft.id}/difference"

    return uploaded


@pytest.fixture
def plan(db, people, uploaded):
    draft = db.session.get(Draft, int(uploaded().split("/")[2]))
    return drafts.create_plan(draft=draft, basis=0, by=people.clerk, now=MORNING, today=TODAY)


@pytest.fixture
def clerk(visit, people, plan):
    return visit(people.clerk)


@pytest.fixture
def count(db):
    return lambda table: db.session.scalar(select(func.count()).select_from(table))


def test_an_unchanged_report_says_so_and_offers_nothing(clerk, uploaded):
    address = uploaded()

    page = clerk.get(address)

    assert "ไม่มีอะไรเปลี่ยน" in page.main
    assert not page.offers(address)


def test_the_preview_of_a_report_leads_to_what_it_would_change(clerk, uploaded):
    address = uploaded(first={"title": "ชื่อใหม่"})

    page = clerk.get(address.removesuffix("/difference"))

    assert address in page.links.values()


def test_looking_shows_both_sides_and_changes_nothing(clerk, uploaded, count):
    address = uploaded(first={"budget": "๕๐,๐๐๐ บาท"}, more=[READ["measures"][2]])
    before = count(Event)

    page = clerk.get(address)

    assert "๕๐,๐๐๐ บาท" in page.main
    assert READ["measures"][2]["title"] in page.main
    assert count(Event) == before


def test_what_will_happen_is_counted_before_anything_is_saved(clerk, uploaded, count):
    address = uploaded(more=[READ["measures"][2]])
    clerk.get(address)

    asked = clerk.post(address, clerk.page.values(address), status=200)

    assert "4 งาน" in asked.alerts[0]
    assert "ยังไม่ได้บันทึก" in asked.alerts[0]
    assert [count(table) for table in (Measure, Task)] == [2, 8]


def test_the_button_that_says_so_changes_the_plan_once(clerk, uploaded, count):
    address = uploaded(first={"title": "งานบริการตรงเวลาตามที่ประกาศ"}, more=[READ["measures"][2]])
    clerk.get(address)

    page = clerk.confirm(address, clerk.page.values(address))

    assert page.h1.startswith("มาตรการ")
    assert "จะ" not in page.alerts[0]  # it is done
    assert "งานบริการตรงเวลาตามที่ประกาศ" in page.main
    assert [count(table) for table in (Measure, Task)] == [3, 12]


def test_pressing_in_a_second_tab_changes_nothing_more(clerk, uploaded, count):
    address = uploaded(more=[READ["measures"][2]])
    clerk.get(address)
    asked = clerk.post(address, clerk.page.values(address), status=200)
    form = asked.values(address) | {"confirmed": "1"}
    clerk.post(address, form)
    before = count(Event)

    page = clerk.post(address, form, status=422)

    assert "นำเข้า" in page.alerts[0]
    assert [count(table) for table in (Measure, Task, Event)] == [3, 12, before]


def test_work_begun_meanwhile_is_shown_anew_before_it_is_confirmed(clerk, uploaded, plan, db, people):
    address = uploaded(first={"time_frame": "ทุกไตรมาส"})
    clerk.get(address)
    asked = clerk.post(address, clerk.page.values(address), status=200)
    task = db.session.scalars(select(Task).where(Task.measure_id == plan.measures[0].id)).first()
    tasks.start(task=task, by=people.member, now=MORNING)

    again = clerk.post(address, asked.values(address) | {"confirmed": "1"}, status=200)

    assert "1 งานที่มีการรายงานแล้ว" in again.alerts[0]
    assert plan.measures[0].time_frame_text == READ["measures"][0]["time_frame"]


def test_a_conflict_keeps_what_the_person_wrote_unless_the_report_is_chosen(clerk, uploaded, plan, people):
    measure = plan.measures[0]
    change = MeasureChange(
        title="ชื่อที่แก้ไว้",
        schedule_words=measure.time_frame_text,
        weight=1,
        division_ids=frozenset(one.id for one in measure.divisions),
        steps=[StepChange(step.id, step.text, step.own_schedule_words) for step in measure.steps],
        basis=measures.basis_of(measure),
    )
    measures.change(measure=measure, change=change, by=people.clerk, now=MORNING)
    schedules.apply(plan=plan, by=people.clerk, now=MORNING)
    address = uploaded(first={"title": "ชื่อใหม่ของรายงาน"})

    form = clerk.get(address).values(address)
    (choice,) = [name for name in form if name.startswith("take-")]
    assert form[choice] == ["plan"]
    clerk.confirm(address, form | {choice: "report"})

    assert measure.title == "ชื่อใหม่ของรายงาน"


def test_a_measure_that_left_the_report_is_taken_out_only_when_ticked(clerk, uploaded, plan):
    first, second = plan.measures
    address = uploaded(measures=READ["measures"][:1])
    form = clerk.get(address).values(address)
    assert "out" not in form

    page = clerk.confirm(address, form | {"out": [str(second.id)]})

    assert second.title not in page.main
    assert first.title in page.main
    assert "ไม่อยู่ในแผนแล้ว" in clerk.get(f"/measures/{second.id}").main


def test_a_measure_can_be_told_to_be_another_one(clerk, uploaded, plan, count):
    address = uploaded(first={"title": "เรื่องที่ไม่เหมือนเดิมเลย", "steps": ["ขั้นตอนใหม่ทั้งหมด"]})
    form = clerk.get(address).values(address)
    assert form["pair-0"] == [""]

    clerk.confirm(address, form | {"pair-0": str(plan.measures[0].id)})

    assert (count(Measure), plan.measures[0].title) == (2, "เรื่องที่ไม่เหมือนเดิมเลย")


@pytest.mark.parametrize(
    "sent",
    [
        {"pair-0": "99999"},
        {"pair-99": "1"},
        {"out": ["x", "๑", "99999"]},
        {"replace": ["2568"]},
        {"take-1-title": "report"},
    ],
    ids=lambda sent: next(iter(sent)),
)
def test_no_value_of_the_form_is_a_failure(clerk, uploaded, sent):
    address = uploaded(first={"budget": "๑ บาท"})
    clerk.get(address)

    assert clerk.post(address, sent, status=200).alerts


def test_a_report_whose_year_has_no_plan_leads_back_to_its_preview(visit, people, uploaded):
    address = uploaded()

    assert visit(people.clerk).get(address, status=302).response.location == address.removesuffix("/difference")


FIGURES = [
    {"subject": {"instrument": None, "indicator": number, "item": ""}, "year": 2568, "printed": printed,
     "source": "table", "minus_year": None}
    for number, printed in ((1, "91.25"), (2, "88.00"))
]  # fmt: skip


def test_a_result_alone_is_kept_with_one_button(visit, people, uploaded):
    visitor, address = visit(people.clerk), uploaded(measures=[], figures=FIGURES)
    page = visitor.get(address)
    assert "เก็บผลการประเมิน" in page.h1

    visitor.confirm(address, page.values(address))

    history = scores.history(people.clerk.user.organization_id)
    assert str(history.score("indicator:1", 2568)) == "91.25"
    assert "ไม่มีอะไรเปลี่ยน" in visitor.get(address).main


def test_the_preview_of_a_result_alone_leads_to_keeping_it(visit, people, uploaded):
    address = uploaded(measures=[], figures=FIGURES)

    assert visit(people.clerk).get(address.removesuffix("/difference")).links["เก็บผลการประเมิน"] == address


def test_a_figure_that_is_known_otherwise_is_replaced_only_when_ticked(clerk, uploaded, people):
    first = uploaded(measures=[], figures=FIGURES[:1])
    clerk.confirm(first, clerk.get(first).values(first))
    other = uploaded(measures=[], figures=[FIGURES[0] | {"printed": "95.00"}])

    page = clerk.get(other)
    assert "91.25" in page.main
    clerk.confirm(other, page.values(other) | {"replace": "2568"})

    assert str(scores.history(people.clerk.user.organization_id).score("indicator:1", 2568)) == "95.00"


def test_the_menu_knows_that_correcting_is_part_of_the_import(clerk, plan, uploaded):
    address = uploaded()

    for page in (clerk.get(address), clerk.get(address.replace("difference", "check"))):
        menu = page.root.all("nav")[0]
        assert [link.text for link in menu.all("a") if link.get("aria-current")] == ["นำเข้า"]


def test_many_measures_take_no_more_statements(clerk, uploaded):
    few, many = uploaded(first={"title": "ชื่อใหม่"}), uploaded(first={"title": "ชื่อใหม่"}, more=READ["measures"][2:])
    clerk.get(few)
    for page in (few, few.removesuffix("/difference")):
        with count_queries() as once:
            clerk.get(page)
        with count_queries() as again:
            clerk.get(page.replace(few.split("/")[2], many.split("/")[2]))

        assert len(again) == len(once) <= 12


def test_many_drafts_take_no_more_statements(clerk, uploaded):
    clerk.get("/imports")
    with count_queries() as once:
        clerk.get("/imports")
    for title in "กขคง":
        uploaded(first={"title": title})

    with count_queries() as again:
        clerk.get("/imports")

    assert len(again) == len(once) <= 8
