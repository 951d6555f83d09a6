"""LINE's Messaging API: pushed by ourselves, because it recognises a message that is sent a second time by its key."""

import uuid

import requests

from tracker.channels.web_answers import by_status, scrubbed
from tracker.domain.channel_addresses import line_parts, secrets_of
from tracker.domain.deliveries import Attempt, Outcome, Problem

API = "https://api.line.me"
TIMEOUT = (5.0, 10.0)  # seconds to connect, and to wait for the answer
KEYS = uuid.UUID("5b6c1f0e-7d0f-4b52-9d3a-2f1f5f0a6c11")  # the room of our keys; it never changes
LONGEST_TEXT, MOST_TEXTS = 4500, 5  # what one push may carry
ALREADY_TAKEN = 409


def push(address: str, *, title: str, text: str, key: str, api: str = API) -> Attempt:
    """
    Push a message to a user, group or room.

    :param key: the same for every attempt of one message; LINE takes it once within a day
    """
    token, to = line_parts(address)
    secrets = secrets_of(address)
    whole = f"{title}\n\n{text}"
    texts = [whole[start : start + LONGEST_TEXT] for start in range(0, len(whole), LONGEST_TEXT)]
    try:
        with requests.post(
            f"{api}/v2/bot/message/push",
            json={"to": to, "messages": [{"type": "text", "text": part} for part in texts[:MOST_TEXTS]]},
            headers={"Authorization": f"Bearer {token}", "X-Line-Retry-Key": str(uuid.uuid5(KEYS, key))},
            timeout=TIMEOUT,
            allow_redirects=False,
        ) as answer:
            if answer.status_code == ALREADY_TAKEN and "X-Line-Accepted-Request-Id" in answer.headers:
                return Attempt(Outcome.SENT)
            return by_status(answer.status_code, answer.text, secrets=secrets)
    except requests.Timeout as error:
        return Attempt(Outcome.FAILED, type(error).__name__, Problem.SLOW)
    except requests.RequestException as error:
        return Attempt(Outcome.FAILED, scrubbed(f"{type(error).__name__}: {error}", secrets), Problem.UNREACHABLE)
