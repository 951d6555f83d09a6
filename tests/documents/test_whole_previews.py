"""What is read from the sample report, and shown as JSON, for a municipality of the usual six divisions."""

import json
from datetime import date

import pytest

from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.preview_json import as_json
from tracker.domain.deadlines import Festival
from tracker.domain.responsibles import USUAL_DIVISIONS

ROUNDS = (date(2026, 3, 31), date(2026, 9, 30))
FESTIVALS = (
    Festival("new-year", date(2025, 12, 30)),
    Festival("chinese-new-year", date(2026, 2, 16)),
    Festival("songkran", date(2026, 4, 10)),
)


@pytest.fixture(scope="module")
def shown(draft):
    return as_json(read_draft(draft, divisions=USUAL_DIVISIONS), rounds=ROUNDS, festivals=FESTIVALS)


def test_six_divisions_have_198_tasks(shown):
    assert shown["tasks"] == 198


def test_six_figures_and_claims_are_doubted_and_nothing_else(shown):
    doubts = [(doubt["printed"], doubt["expected"]) for doubt in shown["doubts"]]

    assert sorted(doubts) == [
        ("5", "1"),
        ("85.00", "90.00–100.00"),
        ("85.00", "90.00–100.00"),
        ("86.67", "96.67"),
        ("98.34", "98.33"),
        ("98.34", "98.38"),
    ]


def test_only_the_findings_at_o6_and_o27_are_answered_by_no_measure(shown):
    assert [finding["items"] for finding in shown["unanswered"]] == [["o6"], ["o27"]]


def test_each_measures_schedule_is_read(shown):
    time_frames = [measure["time_frame"] for measure in shown["measures"]]

    assert [time_frame["kind"] for time_frame in time_frames] == ["span", "dates", *["span"] * 8]
    assert time_frames[1]["deadlines"] == ["2026-02-28", "2026-08-31"]
    assert {tuple(one["deadlines"]) for one in time_frames if one["kind"] == "span"} == {("2026-03-31", "2026-09-30")}


def test_steps_follow_their_measure_unless_their_words_say_otherwise(shown):
    kinds = [{step["kind"] for step in measure["steps"]} for measure in shown["measures"]]

    assert kinds[:3] == [{"span"}, {"dates"}, {"span"}]
    assert kinds[3:8] == [{"span"}] * 5
    assert kinds[8:] == [{"monthly", "on_event"}, {"festivals"}]


def test_all_divisions_are_responsible_for_every_measure(shown):
    responsible = [measure["responsible"] for measure in shown["measures"]]

    assert [len(one["divisions"]) for one in responsible] == [6] * 10
    assert [one["unmatched"] for one in responsible] == [[]] * 10


def test_scores_are_shown_with_two_decimals_in_arabic_digits(shown):
    assert shown["overall"] == {"2567": "97.02", "2568": "96.04"}
    assert shown["instruments"]["EIT2"] == {"2567": "93.50", "2568": "95.00"}
    assert shown["indicators"]["10"] == {"2567": "100.00", "2568": "90.00"}
    assert shown["items"][0] == {"instrument": "IIT", "code": "i1", "score": "99.33"}


def test_what_is_shown_is_json(shown):
    assert json.loads(json.dumps(shown)) == shown
    assert list(shown) == [
        *("organization", "plan_year", "assessment_year", "overall", "instruments", "indicators", "level"),
        *("items", "findings", "unanswered", "measures", "doubts", "tasks"),
    ]
