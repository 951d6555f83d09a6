"""Everything beside e-mail: LINE by ourselves, whatever else by the library Apprise."""

import logging
import re
from typing import Any

import apprise

from tracker.channels import line
from tracker.channels.web_answers import by_status, scrubbed
from tracker.domain.channel_addresses import BadAddress, read_other, secrets_of
from tracker.domain.channels import ChannelKind
from tracker.domain.deliveries import Attempt, Outcome, Problem
from tracker.domain.sentences import N_

log = logging.getLogger(__name__)
for _library in ("apprise", "urllib3"):  # they write addresses down; what matters stands in the attempt
    logging.getLogger(_library).propagate = False

CONNECTING, ANSWERING, ALL_TOGETHER = 4.0, 8.0, 15.0  # seconds
STATUS = re.compile(r"error=(\d{3})\b")
ASSET = apprise.AppriseAsset(
    app_id="ITA",
    storage_mode="memory",  # nothing of an address is written to the disk
    http_redirects=False,
    async_mode=False,
    allow_templates=False,
    service_timeout=ALL_TOGETHER,
)


def send(kind: ChannelKind, address: str, *, title: str, text: str, key: str, line_api: str = line.API) -> Attempt:
    """
    Hand a message over. What goes wrong is returned, never raised, and without any secret of the address.

    :param address: as `domain/channel_addresses.py` made it
    :param key: the same for every attempt of one message, so that LINE takes it once
    """
    try:
        if kind == ChannelKind.LINE:
            return line.push(address, title=title, text=text, key=key, api=line_api)
        return _notify(address, title=title, text=text, key=key)
    except Exception as error:  # an error's own words may hold the address, and so may its trace
        log.error("%s: %s", kind, type(error).__name__)
        return Attempt(Outcome.FAILED, type(error).__name__, Problem.PROGRAM)


def checked(address: str) -> str:
    """
    Return the address if the library can make something of it.

    :raises BadAddress: if no service takes such an address, or it leads to several receivers
    """
    service = _service(address)
    if service is None:
        raise BadAddress(N_("This address cannot be read. Something is missing in it, or one part is mistyped."))
    if len(service) > 1:  # trying again for the one would double it for the others
        raise BadAddress(N_("An address leads to one receiver. Enter several receivers one by one."))
    return address


def _notify(address: str, *, title: str, text: str, key: str) -> Attempt:
    service = _service(address)
    if service is None:
        return Attempt(Outcome.REFUSED, "the address cannot be read", Problem.ADDRESS)
    if address.startswith("json"):
        service.headers["Idempotency-Key"] = key  # a service of one's own can tell a double from a new message
    library = apprise.Apprise(asset=ASSET)
    library.add(service)
    result = library.notify(title=title, body=text, body_format=apprise.NotifyFormat.TEXT)
    words = " ".join(entry.message for entry in result.logs())
    secrets = secrets_of(address)
    if result.status == apprise.AppriseResultStatus.SUCCESS and result.success_count:
        return Attempt(Outcome.SENT)
    if code := STATUS.search(words):
        return by_status(int(code[1]), words, secrets=secrets)
    problem = Problem.SLOW if result.status == apprise.AppriseResultStatus.TIMEOUT else Problem.UNREACHABLE
    return Attempt(Outcome.FAILED, scrubbed(words, secrets) or result.status.name, problem)


def _service(address: str) -> Any:
    """Return the library's service for an address, or None; options in the address change nothing of how we send."""
    try:
        service: Any = apprise.Apprise.instantiate(read_other(address), asset=ASSET)
    except BadAddress:
        return None
    if service is not None:
        service.socket_connect_timeout, service.socket_read_timeout = CONNECTING, ANSWERING
        service.redirects = service.optional = False
        service.retry = 0
        service.overflow_mode = apprise.OverflowMode.SPLIT  # rather than be refused for its length
        service.tags = set()
    return service
