from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.links_certificates import Authority
from tests.links_server import HERE, QUICK, bad_server, on_to
from tracker.channels.links import look
from tracker.domain.links import CertificateFault, Failure


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def limits(authority):
    return replace(QUICK, authorities=str(authority.file))


def test_a_good_certificate_is_taken_and_its_end_noted(authority, limits):
    with bad_server(certificate=authority.issue(days=40)) as server:
        seen = look(server.url("/plan", host="localhost"), limits=limits, also_open=(*HERE, "::1/128"))

    assert seen.status == 200
    assert abs(seen.certificate_ends_on - (datetime.now(UTC) + timedelta(days=40)).date()) <= timedelta(days=1)


def test_a_certificate_for_a_number_is_taken(authority, limits):
    with bad_server(certificate=authority.issue()) as server:
        assert look(server.url("/plan"), limits=limits, also_open=HERE).status == 200


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        ({"days": -1}, CertificateFault.EXPIRED),
        ({"since": 5}, CertificateFault.NOT_YET_VALID),
        ({"names": ("other.test",)}, CertificateFault.OTHER_NAME),
        ({"names": ("*.0.0.1",)}, CertificateFault.OTHER_NAME),
        ({"own": True}, CertificateFault.SELF_MADE),
    ],
)
def test_a_bad_certificate_is_told_apart(authority, limits, made, fault):
    with bad_server(certificate=authority.issue(**made)) as server:
        seen = look(server.url("/plan"), limits=limits, also_open=HERE)

        assert server.asked == []  # nothing was said to whom nobody knows
    assert (seen.failure, seen.certificate_fault) == (Failure.BAD_CERTIFICATE, fault)
    assert seen.certificate_problem


def test_an_issuer_that_nobody_knows_is_told_apart(authority):
    with bad_server(certificate=authority.issue()) as server:
        seen = look(server.url("/plan"), limits=QUICK, also_open=HERE)

    assert (seen.failure, seen.certificate_fault) == (Failure.BAD_CERTIFICATE, CertificateFault.UNKNOWN_ISSUER)


def test_a_bad_certificate_after_a_redirect_is_found(authority, limits):
    with (
        bad_server(certificate=authority.issue(days=-1)) as second,
        bad_server({"/on": on_to(second.url("/plan"))}) as first,
    ):
        seen = look(first.url("/on"), limits=limits, also_open=HERE)

    assert seen.failure == Failure.BAD_CERTIFICATE
    assert seen.final_url == second.url("/plan")


def test_plain_words_where_tls_is_expected_are_no_answer():
    with bad_server() as server:
        seen = look(server.url("/plan").replace("http:", "https:"), limits=QUICK, also_open=HERE)

    assert seen.failure == Failure.CUT_OFF


def test_tls_where_plain_words_are_expected_is_no_answer(authority, limits):
    with bad_server(certificate=authority.issue()) as server:
        seen = look(server.url("/plan").replace("https:", "http:"), limits=limits, also_open=HERE)

    assert seen.failure == Failure.CUT_OFF


@pytest.mark.parametrize(
    ("path", "failure"),
    [("/hangs", Failure.TIMED_OUT), ("/drips-body", Failure.TIMED_OUT), ("/cut-off", Failure.CUT_OFF)],
)
def test_time_and_breaks_are_the_same_over_tls(authority, limits, path, failure):
    with bad_server(certificate=authority.issue()) as server:
        assert look(server.url(path), limits=limits, also_open=HERE).failure == failure
