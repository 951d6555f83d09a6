"""Names of the office's own hosts that may be opened although they lead into its network: which can never be one."""

import re
from collections.abc import Iterable

from tracker.domain.sentences import N_, Refusal

MOST_NAMES = 20
LONGEST_NAME = 253  # of a host (RFC 1035, 2.3.4)
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# A number in the last place makes an address of the whole (WHATWG URL, "ends in a number"): 10.1, 0x7f.1, 2130706433.
NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
THIS_MACHINE = frozenset({"localhost", "localdomain", "ip6-localhost", "ip6-loopback", "broadcasthost"})


class NoHostName(Refusal):
    """What was written cannot be let in."""


def read_names(written: Iterable[str]) -> list[str]:
    """
    Return host names in one spelling, each once, in the order of the alphabet; empty lines count for nothing.

    :raises NoHostName: if one can never be let in: an address in numbers, this machine itself, or a pattern
    """
    names = sorted({read_name(one) for one in written if one.strip()})
    if len(names) > MOST_NAMES:
        raise NoHostName(N_("At most %(count)s names can be allowed."), count=MOST_NAMES)
    return names


def read_name(written: str) -> str:
    """
    Return one host name in small letters.

    :raises NoHostName: if it can never be let in
    """
    name = written.strip().lower().rstrip(".")
    if "*" in name:
        raise NoHostName(
            N_("“%(name)s” has a star. Write each name in full: a pattern would open more than you mean."), name=name
        )
    if "/" in name or "@" in name:
        raise NoHostName(
            N_("“%(name)s” is more than a name. Write the host alone, such as intranet.example.go.th."), name=name
        )
    labels = name.split(".")
    if ":" in name or "[" in name or NUMBER.fullmatch(labels[-1]):
        raise NoHostName(N_("“%(name)s” is an address in numbers or has a port. Only names can be allowed."), name=name)
    if THIS_MACHINE & {labels[0], labels[-1]}:
        raise NoHostName(N_("“%(name)s” is this machine itself. That can never be opened."), name=name)
    name = _in_ascii(name)
    if len(name) > LONGEST_NAME or not all(LABEL.fullmatch(label) for label in name.split(".")):
        raise NoHostName(
            N_("“%(name)s” is no host name. Write it as in the address, between // and the next /."), name=name
        )
    return name


def _in_ascii(name: str) -> str:
    """Return a name as it is asked for; one in Thai is written in its ASCII form (IDNA)."""
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
