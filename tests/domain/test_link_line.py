import pytest

from tracker.domain.link_line import asks_for_quiet, is_in_vain, is_passing, is_reached
from tracker.domain.links import Failure, Observation

URL = "https://example.go.th/"


def seen(**what):
    return Observation(URL, **what)


@pytest.mark.parametrize("failure", [Failure.NO_SUCH_HOST, Failure.REFUSED, Failure.TIMED_OUT, Failure.CUT_OFF])
def test_where_nobody_answered_it_may_be_our_own_line(failure):
    assert is_in_vain(seen(failure=failure))
    assert not is_reached(seen(failure=failure))
    assert is_passing(seen(failure=failure))


@pytest.mark.parametrize("failure", [Failure.BAD_CERTIFICATE, Failure.REDIRECTED_FOR_EVER])
def test_a_fault_of_the_other_side_is_an_answer_and_stays(failure):
    assert is_reached(seen(failure=failure))
    assert not is_in_vain(seen(failure=failure))
    assert not is_passing(seen(failure=failure))


def test_what_is_not_opened_tells_nothing_of_the_line():
    assert not is_reached(seen(failure=Failure.NOT_ALLOWED))
    assert not is_in_vain(seen(failure=Failure.NOT_ALLOWED))


@pytest.mark.parametrize(("status", "passes"), [(200, False), (404, False), (499, False), (500, True), (503, True)])
def test_a_fault_of_the_server_may_be_gone_in_a_moment(status, passes):
    assert is_reached(seen(status=status))
    assert is_passing(seen(status=status)) is passes


@pytest.mark.parametrize(
    ("what", "asks"),
    [
        ({"status": 429}, True),
        ({"status": 503, "retry_after": 60}, True),
        ({"status": 200, "retry_after": 0}, True),
        ({"status": 503}, False),
        ({"status": 200}, False),
    ],
)
def test_whoever_asks_for_quiet_is_not_tried_again_at_once(what, asks):
    assert asks_for_quiet(seen(**what)) is asks
    assert not (asks and is_passing(seen(**what)))
