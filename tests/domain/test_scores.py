from decimal import Decimal
from random import Random

import pytest

from tracker.domain.indicators import EIT, INDICATORS, Instrument, indicator, item_codes, numbers
from tracker.domain.scores import LEVEL_TH, Level, level, mean, overall, read_score, rounded


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("๙๙.๖", "99.6"),
        ("๑๐๐", "100"),
        ("๑๐๐.๐๐", "100"),
        ("96.04", "96.04"),
        ("+ ๓.๓๔", "3.34"),
        ("+๐.๓๙", "0.39"),
        ("-๕.๐๐", "-5"),
        ("- ๗.๕๐", "-7.5"),
        ("−๕", "-5"),
        ("– ๑๐.๐๐", "-10"),
        ("๙๘.๖๗ คะแนน", "98.67"),
        ("(๙๘.๖๗ คะแนน)", "98.67"),
        ("ร้อยละ ๘๕", "85"),
        ("85 %", "85"),
        ("  ๙๕ . ๓๓ ", "95.33"),
        ("๙ ๕.๓๓", "95.33"),
        ("๙๕.๓ ๓", "95.33"),
        ("๑ ๐ ๐", "100"),
        ("\u200b๙๕\xa0", "95"),
        ("๙๕,๓๓", "95.33"),
        ("96,5", "96.5"),
        ("๙๕.oo", "95"),
        ("1OO", "100"),
        ("985.5", "985.5"),
        ("0", "0"),
    ],
)
def test_a_score_is_read_as_printed(text, score):
    assert read_score(text) == Decimal(score)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "+",
        "ผ่านดี",
        "o",
        "O6",
        "o๖",
        "95 96",
        "๙๕ / ๙๖",
        "95-96",
        "1,000",
        "12,345",
        "9.5.3",
        "ข้อ ๑๑",
        "2568.5.1",
        "๒๕๖๘",
    ],
)
def test_what_is_not_one_score_is_not_read(text):
    assert read_score(text) is None


@pytest.mark.parametrize(
    ("value", "printed"),
    [("97.015", "97.02"), ("97.0149", "97.01"), ("96.855", "96.86"), ("99.6", "99.60"), ("-0.975", "-0.98")],
)
def test_scores_are_rounded_half_up(value, printed):
    assert str(rounded(Decimal(value))) == printed


@pytest.mark.parametrize(
    ("instruments", "expected"),
    [
        (("96.26", "94.08", "93.5", "100"), "97.02"),
        (("99.6", "99.43", "95", "92.5"), "96.04"),
        (("100", "100", "100", "100"), "100"),
    ],
)
def test_the_overall_score_weighs_the_instruments(instruments, expected):
    assert overall(*map(Decimal, instruments)) == Decimal(expected)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (["98.67", "99.78", "100", "100", "99.55"], "99.60"),
        (["98.38", "95.33"], "96.86"),
        (["97.95", "98.46", "98.72"], "98.38"),
        (["95", "90"], "92.50"),
        (["80"], "80.00"),
    ],
)
def test_a_mean_is_printed_with_two_decimals(scores, expected):
    assert str(mean([Decimal(score) for score in scores])) == expected


def test_nothing_has_no_mean():
    with pytest.raises(ValueError, match="at least one"):
        mean([])


@pytest.mark.parametrize(
    ("overall_score", "instruments", "expected"),
    [
        ("95", ["95", "95", "95", "95"], Level.EXCELLENT),
        ("97.02", ["96.26", "94.08", "93.5", "100"], Level.GOOD),
        ("94.99", ["95", "95", "95", "95"], Level.GOOD),
        ("85", ["85", "85", "85", "85"], Level.GOOD),
        ("96", ["99", "99", "99", "84.99"], Level.PASS),
        ("85", ["84.99", "100", "85", "85"], Level.PASS),
        ("84.99", ["100", "100", "100", "100"], Level.IMPROVE),
        ("70", ["0", "100", "100", "100"], Level.IMPROVE),
        ("69.99", ["85", "85", "85", "85"], Level.URGENT),
        ("0", ["0", "0", "0", "0"], Level.URGENT),
    ],
)
def test_a_level_needs_its_overall_score_and_its_instruments(overall_score, instruments, expected):
    assert level(Decimal(overall_score), [Decimal(score) for score in instruments]) is expected


def test_a_higher_score_never_makes_a_worse_level():
    random, order = Random(1), list(Level)
    for _ in range(500):
        scores = [Decimal(random.randint(60, 100)) for _ in range(5)]
        better = [score + random.randint(0, 5) for score in scores]
        assert order.index(level(better[0], better[1:])) <= order.index(level(scores[0], scores[1:]))


def test_every_level_has_its_official_word():
    assert list(LEVEL_TH) == list(Level)


def test_the_indicators_are_numbered_from_one_to_ten():
    assert [one.number for one in INDICATORS] == list(range(1, 11))


def test_an_indicator_is_found_by_its_number():
    assert indicator(10).name_th == "การป้องกันการทุจริต"


@pytest.mark.parametrize("number", [0, 11, -1])
def test_there_is_no_indicator_of_another_number(number):
    with pytest.raises(KeyError):
        indicator(number)


@pytest.mark.parametrize(
    ("instruments", "expected"),
    [
        ([Instrument.IIT], (1, 2, 3, 4, 5)),
        ([Instrument.EIT2], (6, 7, 8)),
        (EIT, (6, 7, 8)),
        ([Instrument.OIT], (9, 10)),
        (Instrument, tuple(range(1, 11))),
    ],
)
def test_an_instrument_measures_its_indicators(instruments, expected):
    assert numbers(instruments) == expected


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        (1, ("i1", "i2", "i3")),
        (5, ("i13", "i14", "i15")),
        (6, ("e1", "e2", "e3")),
        (8, ("e7", "e8", "e9")),
        (9, ()),
        (10, ()),
    ],
)
def test_items_belong_to_an_indicator(number, codes):
    assert item_codes(number) == codes
