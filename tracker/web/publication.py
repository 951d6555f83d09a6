"""What must be published with a plan and is missing, in words and with the page where it is completed."""

from dataclasses import dataclass

from tracker.models import Plan


@dataclass(frozen=True)
class Gap:
    """An element that must be published; `address` is where it is completed."""

    key: str
    name: str
    address: str = ""


def gaps_of(plan: Plan, *, all_of_them: bool = False) -> list[Gap]:
    return []
