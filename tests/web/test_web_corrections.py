from functools import cache

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING
from tests.factories import make_plan
from tests.statements import count_queries
from tracker.documents.reading.corrections import Corrections, MeasureCorrection
from tracker.documents.reading.text import read_text_report
from tracker.models import Draft, Measure, Plan, Task
from tracker.sample import report_bytes
from tracker.services import drafts

UNCLEAR = "ตลอดปีการศึกษา ๒๕๗๐"
BODY = "คณะกรรมการ ITA"


@cache
def short_report():
    """Return what was read of the sample, cut down to its first two measures: reading it all takes its time."""
    read = read_text_report(report_bytes()).to_json()
    return read | {"figures": [], "claims": [], "findings": [], "measures": read["measures"][:2]}


@pytest.fixture
def draft(people, db):
    """An uploaded report of two measures; with two divisions they make eight tasks."""
    draft = Draft(
        organization_id=people.clerk.user.organization_id,
        uploaded_by_id=people.clerk.id,
        uploaded_at=MORNING,
        file_name="report.txt",
        content=report_bytes(),
        report=short_report(),
    )
    db.session.add(draft)
    db.session.flush()
    return draft


@pytest.fixture
def change(draft):
    """Let the report say otherwise of its measures."""

    def change(*changes):
        measures = draft.report["measures"]
        draft.report = draft.report | {"measures": [one | other for one, other in zip(measures, changes, strict=False)]}

    return change


class Clerk:
    """The clerk, looking at what was read of a report."""

    def __init__(self, visitor, draft_id):
        self.visitor = visitor
        self.shown = f"/imports/{draft_id}"
        self.to_keep, self.to_check, self.to_create = (
            f"{self.shown}/{noun}" for noun in ("corrections", "check", "plan")
        )

    def look(self, page=1):
        return self.visitor.get(f"{self.shown}?page={page}")

    def press(self, act="keep", *, status=302, **changes):
        """Change some fields of the page as it stands and press a button."""
        page = self.visitor.page
        form = page.values(self.to_keep) | {name.replace("_", "-"): value for name, value in changes.items()}
        return self.visitor.post(self.to_keep, form | {"act": act}, status=status)

    def create(self, status=302):
        page = self.visitor.get(self.to_check)
        return self.visitor.post(self.to_create, page.values(self.to_create), status=status)


@pytest.fixture
def clerk(visit, people, draft):
    clerk = Clerk(visit(people.clerk), draft.id)
    clerk.look()
    return clerk


@pytest.fixture
def count(db):
    """Count the rows of a table."""
    return lambda table: db.session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def kept(draft):
    """What has been decided about one of the measures."""
    return lambda key: Corrections.from_json(draft.corrections).of(key)


def values(page, clerk):
    return page.values(clerk.to_keep)


def places(page):
    """Return how many places are left to look at, as the page says first."""
    return next(e for e in page.root.all("p") if e.get("class") == "lead-line").text


def test_opening_a_draft_changes_nothing(clerk, draft):
    clerk.look()
    clerk.visitor.get(clerk.to_check)

    assert (draft.corrections, draft.revision) == ({}, 0)


def test_every_field_is_kept_and_nothing_is_created(clerk, count):
    written = {
        "m0_indicator": ["7"],
        "m0_title": ["ชื่อใหม่"],
        "m0_analysis": ["ประเด็นหนึ่ง\nประเด็นสอง"],
        "m0_steps": ["ขั้นหนึ่ง\nขั้นสอง"],
        "m0_words": ["ทุกเดือน"],
        "m0_divisions": ["กองคลัง"],
        "m0_budget": ["๕,๐๐๐ บาท"],
        "m0_success": ["ร้อยละ ๘๐"],
    }

    page = clerk.press(**written)

    shown = values(page, clerk)
    assert {name: shown[name.replace("_", "-")] for name in written} == written
    assert count(Plan) == 0


def test_a_page_sent_as_it_stands_decides_nothing(clerk, draft):
    clerk.press()

    assert (draft.corrections, draft.revision) == ({}, 0)


def test_what_was_kept_before_every_field_could_be_corrected_is_still_shown(clerk, draft):
    old = {"schedule_words": "ทุกไตรมาส", "division_names": ["กองคลัง"], "indicator": None}
    draft.corrections = {"year": 2570, "measures": [old, old | {"schedule_words": ""}]}

    shown = values(clerk.look(), clerk)

    assert (shown["year"], shown["m0-words"], shown["m0-divisions"]) == (["2570"], ["ทุกไตรมาส"], ["กองคลัง"])


def test_lines_split_and_join_steps(clerk, kept):
    clerk.press(m0_steps="  หนึ่ง \r\n\r\nสอง\r\nสาม ")

    assert kept("0").steps == ("หนึ่ง", "สอง", "สาม")


def test_the_reports_own_words_stand_beside_the_fields(clerk, draft):
    page = clerk.press(m0_title="ชื่อใหม่")

    assert draft.report["measures"][0]["title"] in page.main


def test_the_number_of_tasks_follows_the_corrections(clerk):
    page = clerk.press(m0_words="28 ก.พ. 69", m0_divisions="กองคลัง")

    assert "5 งาน" in places(page)  # one task where two divisions had two rounds each


def test_creating_makes_the_plan_with_a_task_for_every_division_and_deadline(clerk, count):
    page = clerk.create()

    assert len(page.alerts) == 1
    assert [count(table) for table in (Plan, Measure, Task)] == [1, 2, 8]
    assert "แผนปีงบประมาณ พ.ศ. 2569" in page.h1


def test_the_button_says_what_will_come(clerk):
    page = clerk.press("check")

    assert "สร้างแผน 2 มาตรการ 8 งาน" in page.main


def test_creating_takes_over_what_was_corrected(clerk, db):
    clerk.press(m0_words="28 ก.พ. 69", m0_divisions="กองคลัง")
    clerk.create()

    measure = db.session.scalars(select(Measure).order_by(Measure.id)).first()
    assert measure.schedule_words == "28 ก.พ. 69"
    assert measure.time_frame_text != "28 ก.พ. 69"
    assert [division.name for division in measure.divisions] == ["กองคลัง"]


def test_pressing_create_twice_makes_one_plan_and_says_so(clerk, count):
    form = clerk.visitor.get(clerk.to_check).values(clerk.to_create)
    clerk.visitor.post(clerk.to_create, form)

    page = clerk.visitor.post(clerk.to_create, form, status=422)

    assert len(page.problems) == 1
    assert [count(table) for table in (Plan, Measure, Task)] == [1, 2, 8]


def test_a_plan_is_not_made_of_what_nobody_looked_at(clerk, count, draft):
    form = clerk.visitor.get(clerk.to_check).values(clerk.to_create)
    drafts.correct(draft=draft, corrections=Corrections(year=2570), basis=0)

    page = clerk.visitor.post(clerk.to_create, form, status=422)

    assert page.problems
    assert count(Plan) == 0


def test_a_report_that_became_a_plan_offers_no_second_one(clerk):
    clerk.create()

    assert not clerk.visitor.get(clerk.to_check).offers(clerk.to_create)
    assert not clerk.look().offers(clerk.to_keep, act="check")


def test_a_year_that_has_its_plan_is_refused_and_nothing_is_created(clerk, count):
    form = clerk.visitor.get(clerk.to_check).values(clerk.to_create)
    make_plan(2569)

    page = clerk.visitor.post(clerk.to_create, form, status=422)

    assert "มีแผนปีงบประมาณ พ.ศ. 2569 อยู่แล้ว" in page.alerts[0]
    assert not page.offers(clerk.to_create)
    assert [count(table) for table in (Plan, Measure, Task)] == [1, 0, 0]


def test_the_clerk_can_choose_another_year(clerk, db):
    clerk.press(year="๒๕๗๐")
    clerk.create()

    assert db.session.scalars(select(Plan.fiscal_year)).all() == [2570]


def test_a_report_that_names_no_year_asks_for_it_and_takes_it(clerk, draft, db):
    draft.report = draft.report | {"plan_year": None}

    assert "ต้องดู 1 จุด" in places(clerk.look())
    assert not clerk.visitor.get(clerk.to_check).offers(clerk.to_create)
    clerk.look()
    clerk.press(year="2569")
    clerk.create()

    assert db.session.scalars(select(Plan.fiscal_year)).all() == [2569]


def test_a_measure_whose_indicator_is_unknown_stops_the_plan_until_it_is_chosen(clerk, change, count):
    change({"indicator": None}, {})
    check = clerk.visitor.get(clerk.to_check)
    assert not check.offers(clerk.to_create)
    assert f"{clerk.shown}?page=1#m0-indicator" in check.links.values()
    assert clerk.visitor.post(clerk.to_create, {"basis": "0"}, status=422).problems

    clerk.look()
    clerk.press(m0_indicator="1")
    clerk.create()

    assert count(Task) == 8


def test_unclear_words_are_kept_as_typed_and_make_no_plan(clerk, count):
    page = clerk.press(m1_words=UNCLEAR)

    assert "ต้องดู 1 จุด" in places(page)
    assert values(page, clerk)["m1-words"] == [UNCLEAR]
    assert not clerk.visitor.get(clerk.to_check).offers(clerk.to_create)
    assert clerk.visitor.post(clerk.to_create, {"basis": "1"}, status=422).problems
    assert count(Plan) == 0


def test_an_unclear_time_frame_is_chosen_from_usual_ones_for_all_printed_alike(clerk, change, kept):
    change({"time_frame": UNCLEAR}, {"time_frame": "ตลอด ปีการศึกษา 2570"})
    clerk.look()

    page = clerk.press("all-words:0", m0_frame="ทุกไตรมาส")

    assert (kept("0").schedule_words, kept("1").schedule_words) == ("ทุกไตรมาส", "ทุกไตรมาส")
    assert "ใช้กับ 2 มาตรการแล้ว" in page.alerts[0]


@pytest.mark.parametrize(
    ("choice", "meant"),
    [("one:กองคลัง", ["กองคลัง"]), ("all", ["สำนักปลัดเทศบาล", "กองคลัง"]), ("none", []), ("ticked", ["กองคลัง"])],
)
def test_a_body_that_is_no_division_gets_a_meaning_for_all_that_name_it(clerk, change, kept, draft, choice, meant):
    change({"responsible": BODY}, {"responsible": "คณะกรรมการ  ita"})
    clerk.look()

    clerk.press("all-means:0:0", m0_means_0=choice, m0_divisions=["กองคลัง"] if choice == "ticked" else [])

    found = drafts.entries_of(draft=draft, corrections=Corrections.from_json(draft.corrections), year=2569)
    assert [[one.name for one in entry.reading.responsible.divisions] for entry in found] == [meant, meant]
    assert [entry.unmatched for entry in found] == [(), ()]


def test_one_measure_alone_can_get_a_meaning(clerk, change, kept):
    change({"responsible": BODY}, {"responsible": BODY})
    clerk.look()

    clerk.press(m1_means_0="one:กองคลัง")

    assert (kept("0").meanings, kept("1").meanings) == ({}, {"คณะกรรมการita": ("กองคลัง",)})


def test_divisions_count_for_all_whose_responsible_are_printed_alike(clerk, kept):
    clerk.press("all-divisions:0", m0_divisions=["กองคลัง"])

    assert kept("1").division_names == ("กองคลัง",)


def test_a_place_that_was_looked_at_is_counted_no_more(clerk, change):
    change({"steps": []}, {"steps": []})
    page = clerk.look()
    assert "ต้องดู 2 จุด" in places(page)
    seen = next(b.get("value") for b in page.root.all("button") if b.get("value").startswith("seen:"))

    page = clerk.press(seen)

    assert "ต้องดู 1 จุด" in places(page)
    page = clerk.press(f"un{seen}")
    assert "ต้องดู 2 จุด" in places(page)


def test_all_places_of_one_reason_are_looked_at_with_one_button(clerk, change):
    change({"steps": []}, {"steps": []})
    page = clerk.look()
    seen = next(b.get("value") for b in page.root.all("button") if b.get("value").startswith("seen-kind:"))

    page = clerk.press(seen)

    assert "ไม่มีจุดที่ต้องดูแล้ว" in places(page)


def test_a_measure_is_taken_out_and_brought_back(clerk, kept):
    page = clerk.press("out:1", m0_title="พิมพ์ไว้ก่อนกด")
    assert page.main.count("จะไม่อยู่ในแผน") >= 1
    assert kept("0").title == "พิมพ์ไว้ก่อนกด"

    page = clerk.press("back:1")

    assert "2 มาตรการ" in places(page)
    assert kept("1") == MeasureCorrection()


def test_a_torn_measure_is_joined_and_parted(clerk, draft):
    page = clerk.press("join:1")
    assert "1 มาตรการ" in places(page)
    assert all(one["title"] in values(page, clerk)["m0-title"][0] for one in draft.report["measures"])

    page = clerk.press("part:1")

    assert "2 มาตรการ" in places(page)
    assert draft.corrections == {}


def test_a_measure_that_was_missed_is_added_and_becomes_part_of_the_plan(clerk, db):
    clerk.press("add:")
    clerk.press(mn1_indicator="9", mn1_title="มาตรการที่ตกหล่น", mn1_words="ทุกไตรมาส", mn1_divisions=["กองคลัง"])
    clerk.create()

    added = db.session.scalars(select(Measure).where(Measure.indicator == 9)).one()
    assert added.title == "มาตรการที่ตกหล่น"
    assert db.session.scalar(select(func.count()).where(Task.measure_id == added.id)) == 4


def test_a_doubted_score_can_be_corrected_and_is_refused_where_it_is_none(clerk, draft):
    draft.report = draft.report | {"figures": read_text_report(report_bytes()).to_json()["figures"]}
    page = clerk.look()
    at = next(name for name in values(page, clerk) if name.startswith("score-"))

    refused = clerk.press(status=422, **{at: "สูง"})
    assert list(refused.problems.values()) == [at]
    assert values(refused, clerk)[at] == ["สูง"]
    clerk.press(**{at: "๙๘.๓๘"})

    assert Corrections.from_json(draft.corrections).scores == {at.removeprefix("score-"): "98.38"}


def test_what_another_kept_since_is_shown_and_not_replaced_unseen(clerk, draft, kept):
    other = Corrections(measures={"0": MeasureCorrection(title="ของคนอื่น"), "1": MeasureCorrection(budget="ห้าร้อย")})
    drafts.correct(draft=draft, corrections=other, basis=0)

    refused = clerk.press(m0_title="ของฉัน", status=422)

    assert kept("0").title == "ของคนอื่น"
    assert "ของคนอื่น" in refused.main
    assert "ห้าร้อย" in refused.main
    assert values(refused, clerk)["m0-title"] == ["ของฉัน"]
    clerk.press()  # once more, having seen it
    assert kept("0").title == "ของฉัน"


@pytest.mark.parametrize(
    "changes",
    [
        {"m0-indicator": "11"},
        {"m0-divisions": ["กองของใครก็ไม่รู้"]},
        {"m0-words": "ก" * 1000},
        {"m99-words": "ทุกเดือน", "shown": ["0", "99"]},
        {"m0-means-0": "one:x"},
        {"basis": "x"},
        {"page": "-5"},
        {"score-0": "5"},
        *({"act": act} for act in ("", "x", "out:99", "page:x", "page:" + "9" * 500, "seen:x", "go:m9")),
        *({"act": f"all-means:0:{place}"} for place in ("7", "²", "9" * 5000)),
    ],
    ids=str,
)
def test_no_value_of_the_form_is_a_failure(clerk, count, changes):
    form = clerk.visitor.page.values(clerk.to_keep)

    clerk.visitor.post(clerk.to_keep, form | changes, status=None)

    clerk.look()
    assert count(Plan) == 0


@pytest.mark.parametrize("year", ["26", "x", "๙" * 30, "9" * 5000, "2026"])
def test_a_year_that_is_none_is_refused_in_words_and_keeps_what_was_typed(clerk, count, year):
    page = clerk.press(year=year, m0_title="ชื่อใหม่", status=422)

    assert "ไม่ใช่ปีงบประมาณ" in "".join(page.problems)
    assert values(page, clerk)["m0-title"] == ["ชื่อใหม่"]
    assert values(page, clerk)["year"] == [year]
    assert count(Plan) == 0


def test_a_report_of_many_measures_comes_in_pages_and_each_keeps_its_own(clerk, draft, kept):
    draft.report = draft.report | {"measures": draft.report["measures"] * 15}
    clerk.look()

    page = clerk.press("page:2", m0_title="แก้ในหน้าแรก")
    assert values(page, clerk)["shown"] == [str(place) for place in range(20, 30)]
    clerk.press(m25_title="แก้ในหน้าสอง")

    assert (kept("0").title, kept("25").title) == ("แก้ในหน้าแรก", "แก้ในหน้าสอง")


def test_a_long_report_asks_the_database_no_more_than_a_short_one(clerk, draft):
    clerk.look()
    with count_queries() as short:
        clerk.look()
    draft.report = draft.report | {"measures": draft.report["measures"] * 100}
    with count_queries() as long:
        clerk.look()

    assert len(long) <= len(short) + 1  # what the test itself saves


def test_a_page_of_long_measures_is_kept_as_a_whole(clerk, draft, kept):
    draft.report = draft.report | {"measures": draft.report["measures"] * 10}
    clerk.look()
    steps = "\n".join(["ประชาสัมพันธ์" * 200] * 2)

    clerk.press(**{f"m{place}_steps": steps for place in range(20)})

    assert "\n".join(kept("19").steps) == steps


def test_a_doubt_on_another_page_is_reached_without_losing_what_was_typed(clerk, draft, kept):
    measures = draft.report["measures"] * 15
    draft.report = draft.report | {"measures": [*measures[:-1], measures[-1] | {"steps": []}]}
    page = clerk.look()
    assert page.offers(clerk.to_keep, act="go:m29-steps")

    page = clerk.press("go:m29-steps", m0_title="พิมพ์ไว้")

    assert "m29-steps" in values(page, clerk)
    assert kept("0").title == "พิมพ์ไว้"
