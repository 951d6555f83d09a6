"""What was made last, kept in the process under the version of what it was made from: it is never out of date."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """The things made last, by version; several threads use it."""

    def __init__(self) -> None:
        self._things: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, version: Hashable) -> Kept | None:
        """Return what was made for a version, if it is still here."""
        with self._lock:
            if version in self._things:
                self._things.move_to_end(version)
            return self._things.get(version)

    def keep(self, version: Hashable, made: Kept, *, most: int) -> None:
        """Keep what was made, and give up what was not asked for longest when there is too much."""
        with self._lock:
            self._things[version] = made
            while len(self._things) > most:
                self._things.popitem(last=False)
