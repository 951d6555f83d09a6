"""What a spreadsheet says beside a cell that people fill in, and what it lets them choose there."""

from collections.abc import Callable
from typing import Any

from tracker.domain.sentences import Sentence

Say = Callable[[Sentence], str]

LONGEST_HINT, LONGEST_HINT_TITLE = 255, 32  # characters that a spreadsheet shows beside a cell


def hint(title: str, meaning: Sentence, say: Say) -> dict[str, Any]:
    """Return the words that appear beside a chosen cell of a column."""
    return {"validate": "any", "input_title": title[:LONGEST_HINT_TITLE], "input_message": say(meaning)[:LONGEST_HINT]}


def choice(sheet: str, column: str, count: int) -> dict[str, Any]:
    """Return that one of so many values can be chosen, which stand in a column of a sheet below its heading."""
    return {"validate": "list", "source": f"='{sheet}'!${column}$2:${column}${max(count, 1) + 1}"}
