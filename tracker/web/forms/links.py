"""What the list of watched addresses is narrowed to, and the forms of how they are checked."""

from werkzeug.datastructures import MultiDict

from tracker.domain.links import Frequency, Verdict
from tracker.queries.links import Narrowing

USES = {"items": True, "evidence": False}


def narrowing_from(arguments: MultiDict[str, str], *, division_ids: set[int]) -> Narrowing:
    """Return what an address of the list asks for; what there is not narrows nothing."""
    verdict, division_id = arguments.get("verdict", ""), arguments.get("division", type=int)
    return Narrowing(
        verdict=Verdict(verdict) if verdict in set(Verdict) else None,
        division_id=division_id if division_id in division_ids else None,
        is_of_items=USES.get(arguments.get("use", "")),
    )


def frequency_from(sent: MultiDict[str, str]) -> Frequency | None:
    """Return the rhythm that was chosen, None where there is no such."""
    chosen = sent.get("every", "")
    return Frequency(chosen) if chosen in set(Frequency) else None


def names_from(sent: MultiDict[str, str]) -> list[str]:
    """Return the names that were written, one a line."""
    return sent.get("names", "").splitlines()
