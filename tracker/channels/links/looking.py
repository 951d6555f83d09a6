"""One look at one address: HEAD, then GET where something must be seen, and on to where it leads."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from requests.cookies import RequestsCookieJar

from tracker.channels.links.addresses import next_address, spelled
from tracker.channels.links.asking import Answer, ask
from tracker.channels.links.failures import Failed
from tracker.channels.links.guard import Guard
from tracker.channels.links.limits import Limits
from tracker.channels.links.pages import PageWords, decoded, words_of
from tracker.channels.links.pdfs import glance_apart
from tracker.domain.links import Failure, Observation

LATER = {429, 503}
# Kinds whose content says nothing about whether the address is right: the head is enough.
FILES = ("image/", "video/", "audio/", "font/")
OFFICE_FILES = ("application/vnd.", "application/msword", "application/zip", "application/x-zip", "application/x-rar")
PAGES = {"", "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml"}


@dataclass
class Look:
    """A look while it goes on."""

    url: str
    guard: Guard
    limits: Limits
    hops: list[str] = field(default_factory=list)
    address: str = ""
    took: float = 0.0  # seconds, without what was asked only to be spared more
    cookies: RequestsCookieJar = field(default_factory=RequestsCookieJar)
    page: str | None = None  # the last answer as text, if it is a page
    answer: Answer | None = None

    def __post_init__(self) -> None:
        self._deadline = time.monotonic() + self.limits.altogether

    def observe(self) -> Observation:
        """Open the address and return what was seen; to be called once."""
        try:
            self.address = spelled(self.url)
            return self._seen(*self._followed())
        except Failed as failed:
            return Observation(
                self.url,
                failure=failed.failure,
                final_url=self.address or self.url,
                took_ms=round(1000 * self.took),
                certificate_fault=failed.fault,
                certificate_problem=failed.problem,
                hops=tuple(self.hops),
            )

    def _followed(self) -> tuple[Answer, PageWords]:
        while True:
            answer = self.answer = self._answer()
            self.took += answer.took
            words = self._words(answer)
            if answer.location:
                self._go_on(answer.location)
            elif not words.sends_on_to or not self._goes_on_by_itself(words.sends_on_to):
                return answer, words

    def _answer(self) -> Answer:
        """Ask by HEAD, and by GET unless the head has said it all."""
        try:
            head = self._ask("HEAD", min(self.limits.head, self._left))
            if _is_enough(head, self.limits):
                return head
        except Failed as failed:
            if not failed.was_asked:
                raise
        return self._ask("GET", self._left)

    def _ask(self, method: str, seconds: float) -> Answer:
        return ask(method, self.address, guard=self.guard, limits=self.limits, seconds=seconds, cookies=self.cookies)

    @property
    def _left(self) -> float:
        return self._deadline - time.monotonic()

    def _go_on(self, location: str) -> None:
        self.hops.append(self.address)
        self.address = next_address(self.address, location)
        if len(self.hops) > self.limits.redirects:
            raise Failed(Failure.REDIRECTED_FOR_EVER)

    def _goes_on_by_itself(self, target: str) -> bool:
        """Follow a page that sends on after a moment, unless it loads itself anew or there were enough of these."""
        if len(self.hops) >= self.limits.redirects or next_address(self.address, target) in {self.address, *self.hops}:
            return False
        self._go_on(target)
        return True

    def _words(self, answer: Answer) -> PageWords:
        self.page = None
        if answer.body is None or answer.content_type not in PAGES or answer.is_pdf:
            return PageWords()
        self.page = decoded(answer.body, answer.headers.get("Content-Type", ""))
        words = words_of(self.page)
        if answer.status >= 300:
            words.sends_on_to = ""
        return words

    def _seen(self, answer: Answer, words: PageWords) -> Observation:
        return Observation(
            self.url,
            status=answer.status,
            final_url=self.address,
            took_ms=round(1000 * self.took),
            retry_after=answer.retry_after(most=self.limits.most_wait),
            content_type=answer.content_type,
            size=len(answer.body) if answer.body is not None and answer.is_whole else None,
            title=words.title,
            text=words.text,
            headings=words.headings,
            shows_more=words.shows_more,
            asks_for_password=words.asks_for_password,
            certificate_ends_on=answer.certificate_ends_on,
            hops=tuple(self.hops),
            **self._of_pdf(answer),
        )

    def _of_pdf(self, answer: Answer) -> Mapping[str, Any]:
        if answer.body is None or not answer.is_pdf or not answer.is_whole or answer.status >= 300:
            return {}
        found = glance_apart(answer.body, seconds=self.limits.looking_into_pdf)
        if found is None:
            return {}
        return {
            "pdf_pages": found.pages,
            "pdf_has_text": found.has_text,
            "pdf_is_blank": found.is_blank,
            "pdf_is_unreadable": found.is_unreadable,
        }


def _is_enough(head: Answer, limits: Limits) -> bool:
    """Return whether nothing more needs to be asked: it is a file of no interest, or the server wants peace."""
    if head.status in LATER:
        return head.status == 429 or head.retry_after(most=limits.most_wait) is not None
    is_file = head.content_type.startswith((*FILES, *OFFICE_FILES))
    return 200 <= head.status < 300 and is_file and head.headers.get("Content-Length", "").strip("0") != ""
