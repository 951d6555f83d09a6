"""Why there was no answer: what the libraries raise, as one of a few words."""

import socket
import ssl
import zlib
from collections.abc import Iterator
from http.client import HTTPException

from AntiSSRF import AntiSSRFError
from requests import RequestException
from requests.exceptions import InvalidURL
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError
from urllib3.util.ssl_match_hostname import CertificateError

from tracker.domain.links import CertificateFault, Failure

# Everything that a server, its name or its certificate can bring about.
EXPECTED = (AntiSSRFError, RequestException, HTTPError, HTTPException, OSError, UnicodeError, zlib.error)
# OpenSSL's numbers (X509_V_ERR_…).
CERTIFICATE_FAULTS = {
    9: CertificateFault.NOT_YET_VALID,
    10: CertificateFault.EXPIRED,
    18: CertificateFault.SELF_MADE,
    19: CertificateFault.UNKNOWN_ISSUER,
    20: CertificateFault.UNKNOWN_ISSUER,
    21: CertificateFault.UNKNOWN_ISSUER,
    62: CertificateFault.OTHER_NAME,
    64: CertificateFault.OTHER_NAME,
}


class Failed(Exception):
    """There was no answer."""

    def __init__(
        self,
        failure: Failure,
        *,
        fault: CertificateFault | None = None,
        problem: str = "",
        was_asked: bool = False,
    ) -> None:
        """:param was_asked: the connection stood, so that asking in another way may help"""
        super().__init__(failure)
        self.failure = failure
        self.fault = fault
        self.problem = problem
        self.was_asked = was_asked


def failure_of(error: BaseException) -> Failed:
    """Return what an error means, found in it or in what it came from."""
    causes = [*_chain(error)]
    for kinds, failure in (
        (AntiSSRFError, Failure.NOT_ALLOWED),
        ((socket.gaierror, UnicodeError, InvalidURL), Failure.NO_SUCH_HOST),
    ):
        if any(isinstance(cause, kinds) for cause in causes):
            return Failed(failure)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            fault = CERTIFICATE_FAULTS.get(cause.verify_code, CertificateFault.OTHER)
            return Failed(Failure.BAD_CERTIFICATE, fault=fault, problem=cause.verify_message)
        if isinstance(cause, CertificateError):
            return Failed(Failure.BAD_CERTIFICATE, fault=CertificateFault.OTHER_NAME, problem=str(cause))
    if any(isinstance(cause, ConnectTimeoutError) and not isinstance(cause, NewConnectionError) for cause in causes):
        return Failed(Failure.TIMED_OUT)
    if any(isinstance(cause, NewConnectionError) for cause in causes):
        return Failed(Failure.REFUSED)
    if any(isinstance(cause, ReadTimeoutError | TimeoutError) for cause in causes):
        return Failed(Failure.TIMED_OUT, was_asked=True)
    return Failed(Failure.CUT_OFF, was_asked=True)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and everything it came from: libraries wrap each other's in several ways."""
    waiting, known = [error], set[int]()
    while waiting:
        one = waiting.pop(0)
        if id(one) not in known:
            known.add(id(one))
            yield one
            inner = (*one.args, getattr(one, "reason", None), one.__cause__, one.__context__)
            waiting += [part for part in inner if isinstance(part, BaseException)]
