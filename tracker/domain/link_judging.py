"""Judging what was seen at an address: in order, to be looked at by a person, or broken."""

from datetime import date

from tracker.domain.links import Cause, Failure, Judgement, Observation, Verdict

BROKEN = {
    Failure.NO_SUCH_HOST: Cause.NO_SUCH_HOST,
    Failure.REFUSED: Cause.REFUSED,
    Failure.TIMED_OUT: Cause.TIMED_OUT,
    Failure.CUT_OFF: Cause.CUT_OFF,
    Failure.REDIRECTED_FOR_EVER: Cause.REDIRECTED_FOR_EVER,
}


def judge(observation: Observation, *, today: date) -> Judgement:
    """Return what one look says of an address; whether it is broken for good takes a second look, later."""
    if observation.failure in BROKEN:
        return Judgement(Verdict.BROKEN, BROKEN[observation.failure])
    return Judgement(Verdict.OK)
