"""Which machines may be connected to: those of the internet, and those of the office that it names itself."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Network

from AntiSSRF import AntiSSRFPolicy, PolicyConfigOptions

from tracker.channels.links.addresses import spelled_host
from tracker.channels.links.failures import Failed

# Of IPv6 nothing but what is given out for the internet; IPv4 is written as ::ffff:0:0/96 among it and judged as such.
MAPPED, GIVEN_OUT = IPv6Network("::ffff:0:0/96"), IPv6Network("2000::/3")
NOT_GIVEN_OUT = (
    *IPv6Network("::/3").address_exclude(MAPPED),
    *(net for net in IPv6Network("::/0").subnets(new_prefix=3) if net not in {GIVEN_OUT, IPv6Network("::/3")}),
)
# What an office numbers its own machines with; of fc00::/7 without the address where a rented machine finds its keys.
KEYS_OF_RENTED_MACHINES = IPv6Network("fd00:ec2::/32")
OFFICE = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    *map(str, IPv6Network("fc00::/7").address_exclude(KEYS_OF_RENTED_MACHINES)),
)


@dataclass(frozen=True)
class Guard:
    """Which policy a host is under."""

    allowed_hosts: frozenset[str] = frozenset()  # as `spelled_host` has them, without brackets
    also_open: tuple[str, ...] = ()  # networks that a test opens

    @classmethod
    def of(cls, allowed_hosts: Collection[str], also_open: tuple[str, ...] = ()) -> "Guard":
        """Return the guard that lets these hosts lead into the office; what is no host's name lets nothing in."""
        return cls(frozenset(filter(None, map(_spelled_or_none, allowed_hosts))), also_open)

    def policy_for(self, host: str) -> AntiSSRFPolicy:
        """Return what the addresses of a host are checked against; the name must be the same to the letter."""
        inside = OFFICE if host.lower() in self.allowed_hosts else ()
        return _policy((*inside, *self.also_open))


@lru_cache(maxsize=8)
def _policy(opened: tuple[str, ...]) -> AntiSSRFPolicy:
    policy = AntiSSRFPolicy(PolicyConfigOptions.EXTERNAL_ONLY_LATEST)
    policy.allow_plain_text_http = True
    policy.add_xff_header = False
    policy.add_denied_addresses([str(network) for network in NOT_GIVEN_OUT])
    if opened:
        policy.add_allowed_addresses([*opened])
    return policy


def _spelled_or_none(name: str) -> str | None:
    try:
        return spelled_host(name.strip()).strip("[]")
    except Failed:
        return None
