from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from tracker.domain.consistency import (
    Doubt,
    Figure,
    LevelClaim,
    RankClaim,
    Scope,
    Source,
    Subject,
    doubts,
)
from tracker.domain.indicators import EIT, INDICATORS, Instrument, item_codes, numbers
from tracker.domain.scores import WEIGHTS, Level, rounded

IIT, EIT1, EIT2, OIT = Instrument
LAST, YEAR = 2567, 2568
ROUNDING = Decimal("0.02")

# The figures of a real report, misprints and all.
INSTRUMENTS = {
    IIT: ("96.26", "99.6", "3.34"),
    EIT1: ("94.08", "99.43", "5.35"),
    EIT2: ("93.5", "95", "1.50"),
    OIT: ("100", "92.5", "-7.50"),
    None: ("97.02", "96.04", "-0.98"),
}
TEN = {
    1: ("98.28", "98.67", "0.39"),
    2: ("96.56", "99.78", "3.22"),
    3: ("99.35", "100.00", "0.65"),
    4: ("90.75", "100.00", "9.25"),
    5: ("96.34", "99.55", "3.21"),
    6: ("96.66", "98.33", "1.67"),
    7: ("94.74", "96.86", "2.12"),
    8: ("89.97", "96.46", "6.49"),
    9: ("100.00", "95.00", "-5.00"),
    10: ("100.00", "90.00", "-10.00"),
}
DETAILS = [
    (IIT, 1, {"i1": "99.33", "i2": "96.67"}, "98.67"),
    (IIT, 2, {"i4": "99.33"}, "99.78"),
    (IIT, 5, {"i14": "99.33", "i15": "99.33"}, "99.55"),
    (EIT1, 7, {"e4": "97.95", "e5": "98.46", "e6": "98.72"}, "98.34"),
    (EIT1, 8, {"e7": "99.74"}, "99.91"),
    (EIT2, 6, {"e1": "85.00", "e2": "85.00"}, "86.67"),
    (EIT2, 7, {"e5": "94.00"}, "95.33"),
    (EIT2, 8, {"e7": "89.00", "e8": "93.00"}, "93.00"),
    (OIT, 9, {f"o{number}": "50" if number == 6 else "100" for number in range(1, 21)}, "95.00"),
    (OIT, 10, {f"o{number}": "50" if number == 27 else "100" for number in range(21, 29)}, "90.00"),
]
IN_SENTENCES = {3: "100.00", 4: "100", 2: "99.78", 10: "90.00", 5: "99.55", 6: "98.34", 8: "96.46"}
CLAIMS = [
    LevelClaim(LAST, Level.GOOD),
    LevelClaim(YEAR, Level.GOOD),
    RankClaim(YEAR, (3, 4, 2), highest=True),
    RankClaim(YEAR, (10,), highest=False),
    RankClaim(YEAR, (4,), highest=True, scope=Scope.IIT),
    RankClaim(YEAR, (5,), highest=False, scope=Scope.IIT),
    RankClaim(YEAR, (6,), highest=True, scope=Scope.EIT),
    RankClaim(YEAR, (8,), highest=False, scope=Scope.EIT),
]


def figure(subject: Subject, printed: str, source: Source = Source.TABLE, year: int = YEAR) -> Figure:
    return Figure(subject, year, Decimal(printed), source)


def compared(subject: Subject, last: str, now: str, difference: str) -> list[Figure]:
    return [
        figure(subject, last, year=LAST),
        figure(subject, now),
        Figure(subject, YEAR, Decimal(difference), minus_year=LAST),
    ]


def real_report() -> list[Figure]:
    found = [one for name, row in INSTRUMENTS.items() for one in compared(Subject(name), *row)]
    for number, row in TEN.items():
        found += compared(Subject(indicator=number), *row)
        found.append(figure(Subject(indicator=number), row[1], Source.HEADING))
    for instrument, number, items, average in DETAILS:
        found.append(figure(Subject(instrument, number), average, Source.DETAIL))
        found += [figure(Subject(instrument, number, code), printed, Source.DETAIL) for code, printed in items.items()]
    return found + [figure(Subject(indicator=number), printed, Source.TEXT) for number, printed in IN_SENTENCES.items()]


def in_short(found: tuple[Doubt, ...]) -> set[tuple[str, str, str]]:
    return {(str(doubt.where), doubt.printed, doubt.expected) for doubt in found}


def test_the_real_report_raises_exactly_its_six_doubts():
    assert in_short(doubts(real_report(), CLAIMS)) == {
        ("EIT part 2, indicator 6, 2568", "86.67", "96.67"),
        ("EIT part 2, item e1, 2568", "85.00", "90.00–100.00"),
        ("EIT part 2, item e2, 2568", "85.00", "90.00–100.00"),
        ("Indicator 6, 2568, in the text", "98.34", "98.33"),
        ("EIT part 1, indicator 7, 2568", "98.34", "98.38"),
        ("What the text calls the lowest indicators of IIT, 2568", "5", "1"),
    }


def test_doubts_do_not_depend_on_the_order_of_figures():
    shuffled = real_report()
    Random(5).shuffle(shuffled)

    assert in_short(doubts(shuffled, CLAIMS)) == in_short(doubts(real_report(), CLAIMS))


def test_without_figures_there_is_nothing_to_doubt():
    assert doubts([], [LevelClaim(YEAR, Level.GOOD), RankClaim(YEAR, (1,), highest=True)]) == ()


def printed(score: Fraction) -> Decimal:
    return rounded(Decimal(score.numerator) / Decimal(score.denominator))


def as_measured(instrument: Instrument, number: int) -> Subject:
    return Subject(instrument if instrument in EIT else None, number)


def random_scores(random: Random, carried: Callable[[Fraction], Fraction]) -> dict[Subject, Fraction]:
    """Every score of a year, where `carried` says how a score goes into the next: rounded or not."""
    scores: dict[Subject, Fraction] = {}
    lowest = random.choice([60, 85, 97])

    def mean(parts: list[Subject]) -> Fraction:
        return sum((carried(scores[part]) for part in parts), start=Fraction(0)) / len(parts)

    for one in INDICATORS:
        for instrument in one.instruments:
            items = [Subject(instrument, one.number, code) for code in item_codes(one.number)]
            for item in items or [as_measured(instrument, one.number)]:
                full = random.random() < 0.3
                scores[item] = Fraction(100) if full else Fraction(random.randint(lowest * 10**6, 10**8), 10**6)
            if items:
                scores[as_measured(instrument, one.number)] = mean(items)
        if one.instrument in EIT:
            scores[Subject(indicator=one.number)] = mean([Subject(part, one.number) for part in EIT])
    for instrument in Instrument:
        scores[Subject(instrument)] = mean([as_measured(instrument, number) for number in numbers([instrument])])
    weighted = (Fraction(weight) * carried(scores[Subject(name)]) for name, weight in WEIGHTS.items())
    return scores | {Subject(): sum(weighted, start=Fraction(0))}


def consistent_report(random: Random, *, shown: float) -> list[Figure]:
    """A report of random scores, computed with or without rounding, or now this way now that."""

    def carried(score: Fraction) -> Fraction:
        return Fraction(printed(score)) if random.random() < rounding else score

    rounding = random.choice([0, 0.5, 1])
    last, now = random_scores(random, carried), random_scores(random, carried)
    found = []
    for subject in now:
        if subject.item or (subject.instrument and subject.indicator):
            if random.random() < shown:
                found.append(Figure(subject, YEAR, printed(now[subject]), Source.DETAIL))
            continue
        difference = carried(now[subject]) - carried(last[subject])
        sign = 1 if difference >= 0 else -1
        found += [
            Figure(subject, LAST, printed(last[subject])),
            Figure(subject, YEAR, printed(now[subject])),
            Figure(subject, YEAR, sign * printed(abs(difference)), minus_year=LAST),
        ]
        if random.random() < 0.3:
            found.append(Figure(subject, YEAR, printed(now[subject]), Source.TEXT))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_a_right_figure_is_never_doubted(seed):
    random = Random(seed)

    assert doubts(consistent_report(random, shown=random.choice([0, 0.3, 0.7, 1]))) == ()


@pytest.mark.parametrize("seed", range(60))
def test_a_single_misprint_is_found_and_its_true_value_expected(seed):
    random = Random(seed)
    report = consistent_report(random, shown=1)
    place = random.randrange(len(report))
    right = report[place]
    slip = random.choice([3, 10, Decimal("3.6")])
    wrong = replace(right, printed=right.printed + (slip if right.printed < 50 else -slip))

    found = {doubt.about: doubt for doubt in doubts([*report[:place], wrong, *report[place + 1 :]])}

    assert wrong in found
    low, _, high = found[wrong].expected.partition("–")
    assert Decimal(low) - ROUNDING <= right.printed <= Decimal(high or low) + ROUNDING


@pytest.mark.parametrize("seed", range(8))
def test_a_hopeless_report_still_gets_an_answer(seed):
    random = Random(seed)
    report = [
        replace(one, printed=Decimal(random.randint(0, 100))) if random.random() < 0.15 else one
        for one in consistent_report(random, shown=0.5)
    ]

    assert doubts(report)


@pytest.mark.parametrize("source", [Source.TEXT, Source.HEADING, Source.DETAIL])
def test_a_repetition_that_differs_is_doubted_rather_than_the_table(source):
    table, elsewhere = figure(Subject(indicator=9), "95.00"), figure(Subject(OIT, 9), "95.50", source)

    assert [(doubt.about, doubt.expected) for doubt in doubts([table, elsewhere])] == [(elsewhere, "95.00")]


def test_two_repetitions_outweigh_one_table():
    table = figure(Subject(indicator=9), "95.00")
    others = [figure(Subject(indicator=9), "95.50", source) for source in (Source.TEXT, Source.HEADING)]

    assert [doubt.about for doubt in doubts([table, *others])] == [table]


@pytest.mark.parametrize(("value", "is_doubted"), [("100.01", True), ("985.5", True), ("-1", True), ("100", False)])
def test_a_score_lies_between_0_and_100(value, is_doubted):
    assert bool(doubts([figure(Subject(indicator=3), value)])) is is_doubted


def test_trailing_zeros_do_not_make_another_figure():
    assert doubts([figure(Subject(IIT), "99.6"), figure(Subject(IIT), "99.60", Source.TEXT)]) == ()


@pytest.mark.parametrize(("mean", "is_doubted"), [("66.67", False), ("33.34", False), ("66.68", True), ("33.32", True)])
def test_questions_left_out_may_have_any_score(mean, is_doubted):
    figures = [
        figure(Subject(EIT1, 6), mean),
        figure(Subject(EIT1, 6, "e1"), "0"),
        figure(Subject(EIT1, 6, "e2"), "100"),
    ]

    assert bool(doubts(figures)) is is_doubted


@pytest.mark.parametrize("number", [9, 10])
def test_the_items_of_oit_say_nothing_about_its_indicators(number):
    assert doubts([figure(Subject(indicator=number), "95"), figure(Subject(OIT, number, "o21"), "50")]) == ()


@pytest.mark.parametrize(("mean", "is_doubted"), [("96.85", False), ("96.86", False), ("96.87", True), ("96.84", True)])
def test_a_half_cent_may_be_rounded_from_scores_before_or_after_rounding(mean, is_doubted):
    figures = [figure(Subject(EIT1, 7), "98.38"), figure(Subject(EIT2, 7), "95.33"), figure(Subject(indicator=7), mean)]

    assert bool(doubts(figures)) is is_doubted


@pytest.mark.parametrize(
    ("difference", "is_doubted"), [("1.49", False), ("1.50", False), ("1.51", False), ("-1.50", True), ("1.52", True)]
)
def test_a_difference_follows_from_the_two_years(difference, is_doubted):
    figures = compared(Subject(EIT2), "93.5", "95", difference)

    assert [doubt.about for doubt in doubts(figures)] == ([figures[2]] if is_doubted else [])


def test_where_several_figures_may_be_wrong_each_is_doubted_and_the_reason_says_so():
    items = [figure(Subject(EIT1, 6, f"e{number}"), "80") for number in (1, 2, 3)]
    found = doubts([*items, figure(Subject(EIT1, 6), "82")])

    assert [(doubt.printed, doubt.expected) for doubt in found] == [*[("80.00", "86.00")] * 3, ("82.00", "80.00")]
    assert all("one of those doubted is wrong" in str(doubt.why) for doubt in found)
