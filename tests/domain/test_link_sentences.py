import json
from datetime import date

import pytest

from tracker.domain.link_sentences import CERTIFICATE, REMEDY, SENTENCE, VERDICT, what_is_wrong, what_to_do
from tracker.domain.links import Cause, CertificateFault, Verdict


def test_every_cause_has_its_sentence_and_what_to_do():
    assert set(SENTENCE) == set(REMEDY) == set(Cause)
    assert set(VERDICT) == set(Verdict)
    assert set(CERTIFICATE) == set(CertificateFault) - {CertificateFault.OTHER}


@pytest.mark.parametrize("cause", Cause)
def test_a_sentence_can_be_said_even_if_its_values_were_lost(cause):
    assert str(what_is_wrong(cause, {})).endswith(".")
    assert str(what_to_do(cause)).endswith(".")


def test_the_values_come_back_from_json():
    kept = json.loads(json.dumps({"host": "a.go.th", "ends_on": "2026-03-01"}))

    sentence = what_is_wrong(Cause.CERTIFICATE_ENDS_SOON, kept)

    assert str(sentence) == "The security certificate of a.go.th ends on 2026-03-01."
    assert sentence.values["ends_on"] == date(2026, 3, 1)


def test_a_bad_certificate_says_what_is_bad():
    assert "has run out" in str(what_is_wrong(Cause.BAD_CERTIFICATE, {"host": "a.go.th", "fault": "expired"}))
    assert "is not valid:" in str(what_is_wrong(Cause.BAD_CERTIFICATE, {"host": "a.go.th", "fault": "other"}))
    assert "is not valid:" in str(what_is_wrong(Cause.BAD_CERTIFICATE, {"host": "a.go.th"}))
