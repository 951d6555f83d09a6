from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.link_histories import Look, Standing, after, days, reachable_share, spells
from tracker.domain.links import AGAIN_AFTER, Cause, Judgement, Verdict

START = datetime(2026, 2, 20, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAILED = Judgement(Verdict.BROKEN, Cause.TIMED_OUT)
OK = Judgement(Verdict.OK)


def told(*looks):
    """Return how an address stands after looks, each given as hours since the start and what it said."""
    standing = Standing()
    for hours, judgement in looks:
        standing = after(standing, judgement, now=START + hours * HOUR)
    return standing


def test_one_failed_look_is_a_caution():
    standing = told((0, OK), (24, FAILED))

    assert (standing.verdict, standing.cause, standing.is_in_doubt) == (Verdict.CAUTION, Cause.TIMED_OUT, True)


def test_two_failed_looks_far_enough_apart_make_it_broken():
    standing = told((0, OK), (24, FAILED), (30, FAILED))

    assert standing.verdict == Verdict.BROKEN
    assert (standing.last_ok_at, standing.failing_since) == (START, START + 24 * HOUR)
    assert standing.failures == 2


@pytest.mark.parametrize(
    "seen", [[(0, FAILED), (6, FAILED)], [(0, Judgement(Verdict.CAUTION, Cause.FORBIDDEN))], [(0, OK)], []]
)
def test_only_what_failed_once_is_in_doubt(seen):
    assert not told(*seen).is_in_doubt


def test_pressing_the_button_again_and_again_makes_nothing_broken():
    assert told((0, FAILED), (1, FAILED), (2, FAILED), (5.9, FAILED)).verdict == Verdict.CAUTION


def test_an_answer_between_two_failures_begins_the_row_anew():
    assert told((0, FAILED), (3, OK), (6, FAILED)).verdict == Verdict.CAUTION


@pytest.mark.parametrize("answer", [OK, Judgement(Verdict.CAUTION, Cause.FORBIDDEN)])
def test_what_was_broken_is_cleared_by_one_answer(answer):
    standing = told((0, FAILED), (6, FAILED), (7, answer))

    assert (standing.verdict, standing.failing_since, standing.failures) == (answer.verdict, None, 0)


@pytest.mark.parametrize(
    ("cause", "opened"), [(Cause.SLOW, True), (Cause.CERTIFICATE_ENDS_SOON, True), (Cause.SIGN_IN_PAGE, False)]
)
def test_the_last_success_is_a_look_that_saw_the_page_itself(cause, opened):
    standing = told((0, OK), (24, Judgement(Verdict.CAUTION, cause)))

    assert standing.last_ok_at == (START + 24 * HOUR if opened else START)


JUDGEMENTS = st.sampled_from([OK, FAILED, Judgement(Verdict.CAUTION, Cause.FORBIDDEN)])
SEQUENCES = st.lists(st.tuples(st.integers(0, 48 * 60), JUDGEMENTS), min_size=1, max_size=30)


@given(SEQUENCES)
def test_nothing_is_broken_by_looks_less_than_six_hours_apart_and_every_answer_counts_at_once(sequence):
    standing, now = Standing(), START
    row = []  # the failed looks since the last answer
    for minutes, judgement in sequence:
        now += timedelta(minutes=minutes)
        standing = after(standing, judgement, now=now)
        row = [*row, now] if judgement is FAILED else []
        is_settled = bool(row) and row[-1] - row[0] >= AGAIN_AFTER
        assert (standing.verdict == Verdict.BROKEN) == is_settled
        assert standing.failures == len(row)
        assert standing.failing_since == (row[0] if row else None)
        if judgement is OK:
            assert standing.verdict == Verdict.OK


def looks(*seen):
    return [Look(START + hours * HOUR, verdict) for hours, verdict in seen]


def test_a_look_holds_until_the_next():
    seen = looks((0, Verdict.OK), (6, Verdict.BROKEN), (18, Verdict.OK))

    assert reachable_share(seen, since=START, now=START + 24 * HOUR) == Fraction(1, 2)


def test_the_look_before_the_span_counts_from_its_beginning():
    seen = looks((-100, Verdict.BROKEN), (12, Verdict.OK))

    assert reachable_share(seen, since=START, now=START + 24 * HOUR) == Fraction(1, 2)


def test_time_before_the_first_look_counts_for_nothing():
    assert reachable_share(looks((20, Verdict.OK)), since=START, now=START + 24 * HOUR) == 1


def test_what_answers_oddly_was_reachable():
    assert reachable_share(looks((0, Verdict.CAUTION)), since=START, now=START + HOUR) == 1


def test_of_an_address_nobody_looked_at_there_is_no_share():
    assert reachable_share([], since=START, now=START + HOUR) is None


SEEN = st.lists(st.tuples(st.integers(-500, 500), st.sampled_from([Verdict.OK, Verdict.BROKEN])), max_size=20)


@given(SEEN, st.integers(-400, 400))
def test_the_share_is_that_of_both_halves_weighed_by_their_time(seen, cut):
    row = looks(*sorted(seen, key=lambda one: one[0]), (-501, Verdict.OK))
    row.sort(key=lambda look: look.at)
    first, middle, last = (START + hours * HOUR for hours in (-450, cut, 450))
    whole = reachable_share(row, since=first, now=last)

    parts = ((first, middle), (middle, last))
    halves = [reachable_share(row, since=begins, now=ends) * ((ends - begins) // HOUR) for begins, ends in parts]

    assert whole * 900 == sum(halves)


def test_a_day_in_thailand_shows_the_worst_that_was_seen_on_it():
    late = datetime(2026, 2, 20, 18, tzinfo=UTC)  # one o'clock at night on the 21st in Bangkok
    seen = [Look(START, Verdict.BROKEN), Look(START + HOUR, Verdict.OK), Look(late, Verdict.CAUTION)]

    assert days(seen, first=date(2026, 2, 19), last=date(2026, 2, 21)) == [
        (date(2026, 2, 19), None),
        (date(2026, 2, 20), Verdict.BROKEN),
        (date(2026, 2, 21), Verdict.CAUTION),
    ]


def test_looks_that_said_the_same_stand_together():
    seen = looks((0, Verdict.OK), (1, Verdict.OK), (2, Verdict.BROKEN), (3, Verdict.OK))

    told = [(spell.first.at, spell.last.at, spell.count) for spell in spells(seen)]

    assert told == [(seen[0].at, seen[1].at, 2), (seen[2].at, seen[2].at, 1), (seen[3].at, seen[3].at, 1)]


def test_another_reason_begins_another_spell():
    seen = [Look(START, Verdict.BROKEN, Cause.GONE), Look(START + HOUR, Verdict.BROKEN, Cause.TIMED_OUT)]

    assert len(spells(seen)) == 2
