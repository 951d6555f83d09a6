import re
from datetime import date

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from config import ROOT
from tracker.domain.thai import read_date

FOLDER = ROOT / "translations"
LOCALES = ("th", "en")
# Words are marked for the catalogue by these; a Refusal given its words directly is marked by its name.
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "lazy_gettext": None, "lazy_ngettext": (1, 2), "Refusal": None}
PLACES = re.compile(r"%\(\w+\)[sd]|%%")
TWO_WORDS = re.compile(r"[a-z]{2,} [a-z]{2,}")


@pytest.fixture(scope="module")
def used():
    """Every message in the program, single ones as text and plural ones as pairs."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_is_ours)
    return {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}


def _is_ours(folder):
    return not any(part.startswith(".") for part in str(folder).split("/")[-1:])


@pytest.fixture(scope="module", params=LOCALES)
def catalogue(request):
    with (FOLDER / request.param / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=request.param)


@pytest.fixture(scope="module")
def thai():
    with (FOLDER / "th" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="th")


def entries(catalogue):
    return [message for message in catalogue if message.id]


def texts(message):
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def originals(message):
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def test_the_search_finds_words_in_code_in_rules_and_in_templates(used):
    assert "All tasks" in used
    assert "Write the reason in a few words: the others will read it in the history." in used
    assert ("%(num)d task", "%(num)d tasks") in used


def test_every_word_of_the_program_has_its_thai(used, thai):
    translated = {_key(message.id) for message in entries(thai) if all(texts(message)) and not message.fuzzy}

    assert sorted(map(str, used - translated)) == []


def _key(message_id):
    return tuple(message_id) if isinstance(message_id, list | tuple) else message_id


def test_a_catalogue_holds_nothing_that_the_program_does_not_say(used, catalogue):
    assert sorted(str(message.id) for message in entries(catalogue) if _key(message.id) not in used) == []
    assert list(catalogue.obsolete) == []


def test_nothing_in_a_catalogue_is_doubtful(catalogue):
    assert [message.id for message in entries(catalogue) if message.fuzzy] == []


def test_places_to_fill_are_the_same_in_every_language(catalogue):
    wrong = [
        (message.id, text)
        for message in entries(catalogue)
        for text in texts(message)
        if text and set(PLACES.findall(text)) not in [set(PLACES.findall(original)) for original in originals(message)]
    ]

    assert wrong == []


def test_thai_has_one_plural_form(thai):
    assert thai.num_plurals == 1
    assert [message.id for message in entries(thai) if message.pluralizable and len(texts(message)) != 1] == []


def test_thai_is_thai(thai):
    """A message whose Thai is its English was forgotten – unless it is nothing but a name."""
    copied = [message.id for message in entries(thai) if message.id in texts(message)]

    assert [text for text in copied if not re.fullmatch(r"[A-Z%()\w:. –-]{1,12}", text)] == []


def test_dates_that_english_pages_give_as_examples_are_english_and_can_be_typed_as_they_stand():
    with (FOLDER / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        told = [text for message in entries(read_po(file, locale="en")) for text in texts(message)]
    of_people = [text for text in told if "ทุก" not in text and "Choose from the list" not in text]

    assert [text for text in of_people if re.search(r"\d (?:[ก-ฮ]\.|เม\.|มี\.)", text)] == []
    examples = [example for text in of_people for example in re.findall(r"\b\d{1,2} [A-Z][a-z]{2} 69\b", text)]
    assert len(examples) > 10
    assert all(read_date(example, today=date(2026, 2, 20)).year == 2026 for example in examples)
