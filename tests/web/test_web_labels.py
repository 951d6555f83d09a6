import pytest
from flask_babel import force_locale

from tracker.domain import reminders
from tracker.domain.history import EventKind
from tracker.models import Event
from tracker.web.event_words import event_text
from tracker.web.labels import step_words

STEPS = [
    *(rung.name for rung in reminders.USUAL.ladder),
    *reminders.ESCALATED,
    reminders.RETURNED,
    reminders.ASSIGNED,
    reminders.REVIEW,
    reminders.STALLED,
    reminders.BLOCKED,
    reminders.BEHIND,
    reminders.CITIZENS,
    reminders.WEEKLY,
]


@pytest.mark.parametrize("locale", ["th", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_its_words(app, step, locale):
    with app.test_request_context(), force_locale(locale):
        assert step_words(step) not in {step, ""}


def test_no_two_steps_have_the_same_words(app):
    with app.test_request_context(), force_locale("th"):
        assert len({step_words(step) for step in STEPS}) == len(STEPS)


@pytest.mark.parametrize(
    ("step", "thai", "english"),
    [
        ("lead_7", "อีก 7 วันครบกำหนด", "due in 7 days"),
        ("lead_1", "อีก 1 วันครบกำหนด", "due in 1 day"),
        ("late_8", "ติดตามงานที่พ้นกำหนด 8 วัน", "follow-up 8 days after the deadline"),
        ("escalated_2", "งานล่าช้า แจ้งผู้บริหารขั้นที่ 2", "late, told to leadership, level 2"),
    ],
)
def test_a_step_is_told_in_both_languages(app, step, thai, english):
    with app.test_request_context():
        with force_locale("th"):
            assert step_words(step) == thai
        with force_locale("en"):
            assert step_words(step) == english


@pytest.mark.parametrize("text", ["", "x", "[]", '{"gone": 3}', '{"leads": null}', '{"escalations": [1]}'])
def test_a_change_of_rules_that_was_rewritten_is_shown_as_far_as_it_can_be_read(app, text):
    event = Event(kind=EventKind.RULES_CHANGED, before=text, after=text)

    with app.test_request_context(), force_locale("th"):
        assert event_text(event).startswith("แก้ไขหลักเกณฑ์การแจ้งเตือน")
