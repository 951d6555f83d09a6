"""How much of time, bytes and patience one look at an address may take."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one look may take; tests have smaller ones."""

    connecting: float = 10.0  # seconds until the connection stands, that of TLS included
    answering: float = 20.0  # seconds without a byte
    head: float = 20.0  # seconds for a HEAD request: what hangs at that is asked by GET
    altogether: float = 60.0  # seconds for the whole look, however slowly something drips
    redirects: int = 5
    most_page: int = 2 * MEGABYTE  # bytes of a web page, unpacked
    most_pdf: int = 10 * MEGABYTE  # scans are large; what is larger still is not looked into
    most_wait: int = 24 * 60 * 60  # seconds of a Retry-After
    looking_into_pdf: float = 20.0  # seconds
    authorities: str | None = None  # a file of certificates to trust instead of the usual ones


LIMITS = Limits()
