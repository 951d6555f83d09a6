"""Spelling an address as it goes over the line, and refusing what is none that everybody can open."""

import re
from ipaddress import IPv6Address
from urllib.parse import quote, quote_from_bytes, urljoin, urlsplit, urlunsplit

import idna

from tracker.channels.links.failures import Failed
from tracker.domain.evidence import USUAL_PORTS
from tracker.domain.links import Failure

# Ports of other services than the web, which no browser opens either (Fetch Standard, "port blocking"): what is below
# 1024 with these exceptions, and these above it.
OPEN_BELOW_1024 = {80, 81, 82, 83, 84, 85, 86, 88, 90, 443, 444, 591, 800, 808, 880, 888, 1000}
CLOSED_ABOVE_1024 = {
    1719,
    1720,
    1723,
    2049,
    3659,
    4045,
    4190,
    5060,
    5061,
    6000,
    6566,
    *range(6665, 6670),
    6679,
    6697,
    10080,
}
LONGEST_HOST = 253  # RFC 1035, 2.3.4
LONGEST_ADDRESS = 20_000  # in ASCII, in which a Thai letter is nine signs: servers take less
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
IN_PATHS = "/:@!$&'()*+,;=~%"
IN_QUERIES = IN_PATHS + "?"


def spelled(url: str) -> str:
    """
    Return an address in ASCII without its fragment, as it can be asked for.

    :raises Failed: if it is not of the web, carries a password, names no host, or is longer than any server takes
    """
    try:
        parts = urlsplit(url)
        named, port = parts.hostname or "", parts.port
    except ValueError:
        raise Failed(Failure.NO_SUCH_HOST) from None
    if parts.scheme not in USUAL_PORTS or "@" in parts.netloc or _is_closed(port):
        raise Failed(Failure.NOT_ALLOWED)
    host = spelled_host(named)
    place = host if port in {None, USUAL_PORTS[parts.scheme]} else f"{host}:{port}"
    path, query = _quoted(parts.path, IN_PATHS) or "/", _quoted(parts.query, IN_QUERIES)
    address = urlunsplit((parts.scheme, place, path, query, ""))
    if len(address) > LONGEST_ADDRESS:
        raise Failed(Failure.NOT_ALLOWED)
    return address


def spelled_host(name: str) -> str:
    """
    Return a host in ASCII and small letters, an IPv6 address in brackets.

    :raises Failed: if it can be no host
    """
    try:
        if ":" in name:
            return f"[{IPv6Address(name).compressed}]" if "%" not in name else _no_host()
        host = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except ValueError:  # idna's errors are among these
        return _no_host()
    host = host.lower().removesuffix(".")
    return host if len(host) <= LONGEST_HOST and _HOST.fullmatch(host) else _no_host()


def next_address(address: str, location: str) -> str:
    """
    Return where an answer sends on to.

    :param location: of the head, its bytes as letters (Latin-1), as Python has them; or of the page
    :raises Failed: if it is no address that is opened
    """
    if len(location) > LONGEST_ADDRESS:  # before anything looks into it
        raise Failed(Failure.NOT_ALLOWED)
    try:
        joined = urljoin(address, _decoded(location.strip()))
    except ValueError:
        return _no_host()
    return spelled(joined)


def _decoded(location: str) -> str:
    """Return it as UTF-8 where it is, otherwise with its bytes quoted: Thai servers send either."""
    try:
        sent = location.encode("latin-1")
    except UnicodeEncodeError:
        return location
    try:
        return sent.decode()
    except UnicodeDecodeError:
        return quote_from_bytes(sent, safe=IN_QUERIES + "#[]")


def _is_closed(port: int | None) -> bool:
    if port is None:
        return False
    return port not in OPEN_BELOW_1024 if port < 1024 else port in CLOSED_ABOVE_1024


def _quoted(text: str, safe: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", text), safe=safe, errors="replace")


def _no_host() -> str:
    raise Failed(Failure.NO_SUCH_HOST)
