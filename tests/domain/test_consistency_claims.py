from decimal import Decimal

import pytest

from tracker.domain.consistency import Figure, LevelClaim, RankClaim, Scope, Source, Subject, doubts
from tracker.domain.indicators import Instrument
from tracker.domain.scores import Level

LAST, YEAR = 2567, 2568


def figure(subject: Subject, printed: str, source: Source = Source.TABLE) -> Figure:
    return Figure(subject, YEAR, Decimal(printed), source)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (RankClaim(YEAR, (1,), highest=True), "2, 3"),
        (RankClaim(YEAR, (2,), highest=True), None),
        (RankClaim(YEAR, (3,), highest=True), None),
        (RankClaim(YEAR, (3, 2, 1), highest=True), None),
        (RankClaim(YEAR, (1, 2, 3), highest=True), "2, 3, 1"),
        (RankClaim(YEAR, (2, 1), highest=True), "2, 3"),
        (RankClaim(YEAR, (9,), highest=False), None),
        (RankClaim(YEAR, (1,), highest=False, scope=Scope.IIT), None),
        (RankClaim(YEAR, (2,), highest=False, scope=Scope.IIT), "1"),
        (RankClaim(YEAR, (6,), highest=False, scope=Scope.EIT), None),
        (RankClaim(LAST, (2,), highest=False), None),
    ],
)
def test_a_claim_of_rank_holds_against_every_known_score(claim, expected):
    known = {1: "80", 2: "90", 3: "90", 9: "70"}
    found = doubts([figure(Subject(indicator=number), score) for number, score in known.items()], [claim])

    assert [doubt.expected for doubt in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("claimed", "scores", "expected"),
    [
        (Level.EXCELLENT, ["97.02", "96.26", "94.08", "93.5", "100"], "ผ่านดี"),
        (Level.GOOD, ["97.02", "96.26", "94.08", "93.5", "100"], None),
        (Level.GOOD, ["97.02"], None),
        (Level.IMPROVE, ["97.02"], "ผ่านดีเยี่ยม – ผ่าน"),
        (Level.URGENT, ["70"], "ต้องปรับปรุง"),
        (Level.URGENT, [], None),
    ],
)
def test_a_claimed_level_must_be_possible(claimed, scores, expected):
    subjects = [Subject(), *map(Subject, Instrument)]
    figures = [figure(subject, score) for subject, score in zip(subjects, scores, strict=False)]

    assert [doubt.expected for doubt in doubts(figures, [LevelClaim(YEAR, claimed)])] == (
        [expected] if expected else []
    )


def test_a_claim_is_held_against_the_corrected_score():
    figures = [
        figure(Subject(indicator=9), "99"),
        figure(Subject(indicator=10), "90"),
        *(figure(Subject(indicator=10), "99.5", source) for source in (Source.HEADING, Source.DETAIL)),
    ]

    assert [doubt.about for doubt in doubts(figures, [RankClaim(YEAR, (10,), highest=True)])] == [figures[1]]
