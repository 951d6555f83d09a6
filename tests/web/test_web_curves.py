"""The S-curve on the overview, and where its lines and words stand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clocks import TODAY, at
from tests.factories import make_plan, make_task
from tests.statements import count_queries
from tracker.domain.calendar import ONE_DAY, first_day, last_day
from tracker.domain.curves import Share, curve, past_days
from tracker.domain.figures import Cell, Figures, Named
from tracker.domain.progress import Progress
from tracker.domain.statuses import Status
from tracker.services import tasks
from tracker.web.curves import SHEETS, curve_words, drawings

OCTOBER, JANUARY = date(2025, 10, 31), date(2026, 1, 31)


@pytest.fixture
def words(app):
    """Have a language to name things in."""
    with app.test_request_context():
        yield


def drawn(*, day=TODAY, done=17, due=18):
    """A plan of a hundred tasks of which so many are done and so many due by the day, the others at the year's end."""
    cells = [
        Cell(1, 1, Named(1, "กองคลัง"), on, Progress(not_started=count, weight=count))
        for on, count in ((first_day(2569), due), (last_day(2569), 100 - due))
    ]
    past = {one: Share(done if one == day else 0, 100) for one in past_days(2569, day=day)}
    return curve(Figures(day, tuple(cells)), fiscal_year=2569, done=past)


@pytest.mark.parametrize(
    ("done", "says"),
    [
        (17, "แล้วเสร็จ 17% ต่ำกว่าแผน 1 จุดร้อยละ ณ 20 ก.พ. 69"),
        (18, "แล้วเสร็จ 18% ตามแผน ณ 20 ก.พ. 69"),
        (30, "แล้วเสร็จ 30% สูงกว่าแผน 12 จุดร้อยละ ณ 20 ก.พ. 69"),
        (0, "แล้วเสร็จ 0% ต่ำกว่าแผน 18 จุดร้อยละ ณ 20 ก.พ. 69"),
    ],
)
def test_the_title_says_what_the_curve_shows(words, done, says):
    assert curve_words(drawn(done=done)) == says


def test_from_one_point_nothing_is_drawn_and_nothing_found(words):
    lonely = drawn(day=OCTOBER)

    assert drawings(lonely) == []
    assert curve_words(lonely) == "แผนเทียบผลจริง"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_as_low_and_everything_as_high_as_the_grid(words, sheet):
    picture = next(one for one in drawings(drawn(done=100, due=0)) if one.sheet == sheet)
    nought, *_, hundred = (place.y for place in picture.grid)

    assert [place.words for place in picture.grid] == ["0%", "25%", "50%", "75%", "100%"]
    assert (picture.planned[0].y, picture.planned[-1].y) == (nought, hundred)
    assert (picture.actual[0].y, picture.actual[-1].y) == (nought, hundred)


def test_a_point_stands_where_its_month_ends_and_the_day_between(words):
    picture = drawings(drawn())[0]

    assert [place.x for place in picture.planned if place.x in picture.bounds] == picture.bounds[1:]
    assert picture.bounds[4] < picture.today.x == picture.actual[-1].x < picture.bounds[5]


def test_months_are_named_in_order_and_the_years_below_where_they_begin(words):
    wide, narrow = drawings(drawn())

    assert [place.words for place in wide.months][::11] == ["ต.ค.", "ก.ย."]
    assert [place.words for place in narrow.months] == ["ต.ค.", "ธ.ค.", "ก.พ.", "เม.ย.", "มิ.ย.", "ส.ค."]
    assert [place.words for place in wide.years] == ["2568", "2569"]


def test_a_day_after_the_year_is_not_marked(words):
    assert drawings(drawn(day=last_day(2569) + 60 * ONE_DAY))[0].today is None


DAYS = st.dates(date(2025, 11, 30), last_day(2569))


@given(day=DAYS, done=st.integers(0, 100), due=st.integers(0, 100))
def test_every_word_stands_within_the_sheet_and_none_on_the_words_of_another_line(app, day, done, due):
    with app.test_request_context():
        for picture in drawings(drawn(day=day, done=done, due=due)):
            sheet, boxes = picture.sheet, [box(place) for place in (*picture.ends, picture.today)]
            for left, top, right, bottom in boxes:
                assert left >= 0
                assert right <= sheet.width
                assert top >= 0
                assert bottom <= sheet.height - sheet.bottom
            plan, actual, today = boxes
            assert not touching(plan, actual)
            assert not touching(actual, today)


def box(place):
    """Return about where words are: letters of the sheet's size are at most half as wide as high."""
    letters = sum(
        1 for letter in place.words if not "\u0e31" <= letter <= "\u0e3a" and not "\u0e47" <= letter <= "\u0e4e"
    )
    width = 7 * letters
    left = {"start": place.x, "middle": place.x - width / 2, "end": place.x - width}[place.anchor]
    return left, place.y - 11, left + width, place.y + 3


def touching(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def section(page):
    return next(part for part in page.root.all("section") if part.get("class") == "curve-section")


@pytest.fixture
def done_in_january(people):
    """Two tasks, one of them done in January."""
    task = make_task(status=Status.SUBMITTED, due_on=JANUARY)
    make_task(due_on=last_day(2569))
    tasks.accept(task=task, by=people.clerk, now=at(date(2026, 1, 15)))


def test_the_overview_draws_the_curve_once_for_wide_and_once_for_narrow_windows(visit, people, done_in_january):
    part = section(visit(people.executive).get("/dashboard"))

    assert "แล้วเสร็จ 50% ตามแผน ณ 20 ก.พ. 69" in part.all("h2")[0].text
    assert [picture.get("role") for picture in part.all("svg")] == ["img", "img"]
    assert all("แล้วเสร็จ 50% ตามแผน" in picture.get("aria-label") for picture in part.all("svg"))
    assert all("style" not in element.attributes for element in part.descendants)


def test_the_table_below_holds_every_number_of_the_curve(visit, people, done_in_january):
    table = section(visit(people.executive).get("/dashboard")).all("table")[0]

    rows = {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in table.all("tr")[1:]}
    assert len(rows) == 13
    assert rows["31 ธ.ค. 68"] == ["0%", "0%", "0"]
    assert rows["31 ม.ค. 69"] == ["50%", "50%", "0"]
    assert rows["30 ก.ย. 69"] == ["100%", "–", "–"]


def test_as_of_a_day_of_the_past_the_curve_ends_there(visit, people, done_in_january):
    page = visit(people.executive).get("/dashboard?on=2026-01-10")

    assert "แล้วเสร็จ 0% ตามแผน ณ 10 ม.ค. 69" in section(page).text


def test_a_plan_that_has_only_begun_has_its_table_and_says_when_the_line_comes(visit, people, clock):
    make_task(due_on=JANUARY)
    clock.set(date(2025, 10, 20))

    part = section(visit(people.executive).get("/dashboard"))

    assert part.all("svg") == []
    assert "กราฟจะแสดงเมื่อ" in part.text
    assert "100%" in part.all("table")[0].text


def test_an_empty_plan_is_no_failure(visit, people):
    make_plan()

    assert section(visit(people.executive).get("/dashboard")).all("svg") == []


def test_the_curve_costs_the_overview_no_statement(visit, people, done_in_january):
    visitor = visit(people.executive)
    with count_queries() as statements:
        visitor.get("/dashboard")

    assert len([one for one in statements.all if "task_state" in one]) == 1
