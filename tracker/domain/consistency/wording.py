"""How a doubt is worded: where the figure stands, what was printed and expected, and why it is doubted."""

from decimal import Decimal

from tracker.domain.consistency.figures import Figure, Source
from tracker.domain.consistency.misprints import Misprint, Range
from tracker.domain.consistency.relations import Quantity, group_of
from tracker.domain.indicators import EIT
from tracker.domain.sentences import N_, Sentence

_PLACES = {
    "overall": N_("Overall score, %(year)s"),
    "instrument": N_("%(instrument)s, %(year)s"),
    "part": N_("EIT part %(part)s, %(year)s"),
    "indicator": N_("Indicator %(indicator)s, %(year)s"),
    "part indicator": N_("EIT part %(part)s, indicator %(indicator)s, %(year)s"),
    "item": N_("%(instrument)s, item %(item)s, %(year)s"),
    "part item": N_("EIT part %(part)s, item %(item)s, %(year)s"),
}
_PLACES_IN_TEXT = {
    "overall": N_("Overall score, %(year)s, in the text"),
    "instrument": N_("%(instrument)s, %(year)s, in the text"),
    "part": N_("EIT part %(part)s, %(year)s, in the text"),
    "indicator": N_("Indicator %(indicator)s, %(year)s, in the text"),
    "part indicator": N_("EIT part %(part)s, indicator %(indicator)s, %(year)s, in the text"),
    "item": N_("%(instrument)s, item %(item)s, %(year)s, in the text"),
    "part item": N_("EIT part %(part)s, item %(item)s, %(year)s, in the text"),
}
_DIFFERENCES = {
    "overall": N_("Overall score, difference between %(minus_year)s and %(year)s"),
    "instrument": N_("%(instrument)s, difference between %(minus_year)s and %(year)s"),
    "part": N_("EIT part %(part)s, difference between %(minus_year)s and %(year)s"),
    "indicator": N_("Indicator %(indicator)s, difference between %(minus_year)s and %(year)s"),
    "part indicator": N_("EIT part %(part)s, indicator %(indicator)s, difference between %(minus_year)s and %(year)s"),
    "item": N_("%(instrument)s, item %(item)s, difference between %(minus_year)s and %(year)s"),
    "part item": N_("EIT part %(part)s, item %(item)s, difference between %(minus_year)s and %(year)s"),
}


def place_of(figure: Figure) -> Sentence:
    """Return where a figure stands, for people."""
    one = group_of(figure).quantity
    wordings = _PLACES_IN_TEXT if figure.source is Source.TEXT else _PLACES
    part = one.instrument[-1] if one.instrument in EIT else ""
    values = {
        "year": one.year,
        "minus_year": one.minus_year,
        "instrument": one.instrument,
        "part": part,
        "indicator": one.indicator,
        "item": one.item,
    }
    message = (_DIFFERENCES if one.minus_year else wordings)[_kind(one)]
    return Sentence(message, {name: value for name, value in values.items() if f"%({name})s" in message})


def _kind(one: Quantity) -> str:
    words = ["part"] if one.instrument in EIT else []
    if one.item:
        return " ".join([*words, "item"])
    if one.indicator:
        return " ".join([*words, "indicator"])
    return "".join(words) or ("instrument" if one.instrument else "overall")


def shown(score: Decimal) -> str:
    """Return a score as people read it: Arabic digits, two decimals."""
    return f"{score:.2f}"


def shown_range(expected: Range) -> str:
    """Return one value, or the two ends of a range joined by an en dash."""
    low, high = expected
    return shown(low) if low == high else f"{shown(low)}–{shown(high)}"


def reason_of(misprint: Misprint) -> Sentence:
    """Return why a figure is doubted, for people."""
    own = misprint.group.quantity
    others = {group.quantity for group in misprint.against}
    if own in others:
        return Sentence(N_("The same score is printed differently elsewhere in the report."))
    if not others:
        return Sentence(N_("A score lies between 0 and 100."))
    if not misprint.certain:
        return Sentence(N_("It does not agree with the figures around it; one of those doubted is wrong."))
    if own.minus_year:
        return Sentence(N_("The scores of the two years differ by another amount."))
    return Sentence(_reason_by_rank(own, others))


def _reason_by_rank(own: Quantity, others: set[Quantity]) -> str:
    from_below = any(other.rank < own.rank for other in others)
    from_above = any(other.rank >= own.rank for other in others)
    if from_below and from_above:
        return N_("The scores it is made of and the totals it is part of need another value.")
    if from_below:
        return N_("The scores it is made of give another value.")
    return N_("The totals it is part of need another value.")
