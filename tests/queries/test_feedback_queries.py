import pytest

from tests.factories import make_measure, make_organization, make_plan
from tests.factories_public import make_comment, make_window
from tests.statements import count_queries
from tracker.domain.feedback import FeedbackState
from tracker.queries import feedback
from tracker.queries.feedback import Counts, Narrowing

SHOWN, HIDDEN, NEW = FeedbackState.SHOWN, FeedbackState.HIDDEN, FeedbackState.NEW


@pytest.fixture
def measure(db):
    return make_measure()


@pytest.fixture
def open_window(measure):
    return make_window(measure.plan, takes_feedback=True)


def of_measure(measure):
    organization = measure.plan.organization
    return feedback.measure_open_for_words(organization.public_name, measure.plan.fiscal_year, measure.id)


def test_a_measure_is_open_for_words_where_its_window_is(measure, open_window):
    assert of_measure(measure) is measure


def test_it_is_not_while_the_window_is_closed(measure):
    make_window(measure.plan, is_open=False, takes_feedback=True)

    assert of_measure(measure) is None


def test_it_is_not_unless_the_window_takes_words(measure):
    make_window(measure.plan)

    assert of_measure(measure) is None


def test_it_is_not_once_it_is_no_longer_in_the_plan(db, measure, open_window):
    measure.is_retired = True
    db.session.flush()

    assert of_measure(measure) is None


def test_a_measure_of_another_plan_is_not_found_under_this_ones_address(measure, open_window):
    other = make_measure(plan=make_plan(2570))

    assert feedback.measure_open_for_words(measure.plan.organization.public_name, 2569, other.id) is None


def test_the_public_reads_what_is_shown_newest_first_and_nothing_else(measure):
    for state in (NEW, HIDDEN):
        make_comment(measure, state=state)
    make_comment(measure, state=SHOWN, text="เก่า")
    make_comment(measure, state=SHOWN, text="ใหม่")

    said = feedback.public_on(measure.id)
    assert (said.count, [word.text for word in said.words]) == (2, ["ใหม่", "เก่า"])


def test_an_answer_that_is_not_public_is_not_in_what_the_public_reads(measure):
    make_comment(measure, state=SHOWN, answer="เฉพาะผู้ถาม")
    make_comment(measure, state=SHOWN, answer="ทุกคน", is_answer_shown=True)

    assert [word.answer for word in feedback.public_on(measure.id).words] == ["ทุกคน", ""]


def test_the_public_turns_the_pages_of_what_is_said(measure):
    for number in range(5):
        make_comment(measure, state=SHOWN, text=str(number))

    pages = [feedback.public_on(measure.id, page=page, limit=2) for page in (1, 2, 3)]

    assert [[word.text for word in said.words] for said in pages] == [["4", "3"], ["2", "1"], ["0"]]
    assert [(said.count, said.page, said.pages) for said in pages] == [(5, 1, 3), (5, 2, 3), (5, 3, 3)]


def test_a_page_that_is_not_there_is_the_first(measure):
    make_comment(measure, state=SHOWN)

    assert feedback.public_on(measure.id, page=7).page == 1
    assert feedback.public_on(make_measure().id, page=7).count == 0


def test_of_a_plan_the_public_reads_the_newest_word_on_each_measure_and_how_many_there_are(measure):
    other = make_measure(plan=measure.plan)
    for number in range(4):
        make_comment(measure, state=SHOWN, text=str(number))
    make_comment(other, state=SHOWN)

    found = feedback.public_of(measure.plan_id)
    assert [word.text for word in found[measure.id].words] == ["3"]
    assert (found[measure.id].count, found[other.id].count) == (4, 1)


def test_what_the_public_reads_takes_one_statement(measure):
    for _ in range(3):
        make_comment(measure, state=SHOWN)

    with count_queries() as statements:
        feedback.public_of(measure.plan_id)
    assert len(statements) == 1


def test_what_came_in_is_counted_by_what_became_of_it(measure):
    make_comment(measure)
    make_comment(measure, state=SHOWN, answer="ขอบคุณ")
    make_comment(measure, state=HIDDEN)
    make_comment(make_measure(plan=make_plan(2570)))

    assert feedback.counts_of(measure.plan_id) == Counts(received=3, new=1, shown=1, hidden=1, answered=1)
    assert feedback.waiting([measure.plan_id]) == {measure.plan_id: 1}


def test_a_plan_that_nobody_wrote_about_counts_nothing(measure):
    assert feedback.counts_of(measure.plan_id) == Counts()
    assert feedback.waiting([measure.plan_id]) == {}
    assert feedback.newest_unread(measure.plan_id) is None


def test_a_receipt_finds_its_word_while_the_window_is_open_for_words(db, measure, open_window):
    row = make_comment(measure, state=HIDDEN)
    assert feedback.of_receipt(row.receipt) is row

    open_window.takes_feedback = False
    db.session.flush()
    assert feedback.of_receipt(row.receipt) is None


def test_new_words_come_first_then_the_newest(measure):
    rows = [make_comment(measure, state=state) for state in (NEW, SHOWN, NEW, HIDDEN)]

    found, count = feedback.listed(measure.organization_id, Narrowing())
    assert [rows.index(row) for row in found] == [2, 0, 3, 1]
    assert count == 4


def test_a_list_has_pages(measure):
    rows = [make_comment(measure) for _ in range(3)]

    found, count = feedback.listed(measure.organization_id, Narrowing(), limit=2, page=2)
    assert (list(found), count) == ([rows[0]], 3)


def test_a_list_can_be_narrowed_to_a_state_a_measure_or_divisions(measure):
    first, second = measure.plan.organization.divisions
    theirs = make_measure(plan=measure.plan, divisions=[second])
    shown, other = make_comment(measure, state=SHOWN), make_comment(theirs)

    def narrowed(**facts):
        return list(feedback.listed(measure.organization_id, Narrowing(**facts))[0])

    assert narrowed(state=SHOWN) == [shown]
    assert narrowed(measure_id=theirs.id) == [other]
    assert narrowed(division_ids=[first.id]) == [shown]
    assert narrowed(division_ids=[]) == []


def test_another_organizations_words_are_in_no_list(measure):
    make_comment(measure)
    strangers = make_organization("เทศบาลอื่น")

    assert feedback.listed(strangers.id, Narrowing()) == ([], 0)
    assert feedback.spoken_of(strangers.id, None) == []


def test_the_measures_to_narrow_to_are_those_that_somebody_spoke_of(measure):
    make_measure(plan=measure.plan)
    make_comment(measure)
    make_comment(measure)

    assert list(feedback.spoken_of(measure.organization_id, None)) == [measure]
