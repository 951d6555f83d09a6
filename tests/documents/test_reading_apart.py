"""Whatever the process that reads a document does, whoever waits for it gets a draft or a sentence."""

import os
import resource
import subprocess
import sys
import time
from threading import BoundedSemaphore

import pytest
from word import HEADINGS, document, table

from tests.hostile.reports import paragraphs, word
from tracker.documents.reading import apart
from tracker.documents.reading.apart import read, read_apart
from tracker.documents.reading.refusals import NoMeasures, ReadingBroke, TookTooLong, TookTooMuch, TooManyAtOnce
from tracker.domain.sentences import Refusal
from tracker.sample import report_bytes

MEGABYTE = 1024 * 1024
PLAN = document(table(HEADINGS, *[("ไม่ทราบ", "เปิดเผย", "ประกาศ", "ทุกเดือน", "กองคลัง")] * 3))


def say(program):
    """Return a command that runs this instead of the reader."""
    return (sys.executable, "-c", program)


def ignore(_done, _total):
    pass


def test_a_document_is_read_as_it_would_be_here():
    draft = read(PLAN, "แผน.docx", tell=ignore)

    assert [measure.title for measure in draft.measures] == ["เปิดเผย"] * 3


def test_text_starts_no_process(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)

    assert read(report_bytes(), "report.txt", tell=ignore).measures


def test_who_waits_hears_how_far_it_is():
    told = []

    read(PLAN, "แผน.docx", tell=lambda *far: told.append(far))

    assert told[0] == (1, 4)


def test_a_refusal_keeps_its_sentence_and_numbers():
    with pytest.raises(Refusal) as refused:
        read_apart("มาตรการ".encode(), "a.txt", tell=ignore)

    assert refused.value.sentence == NoMeasures().sentence


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("", ReadingBroke),
        ("raise SystemExit(3)", ReadingBroke),
        ("import os; os.abort()", ReadingBroke),
        ("print('unexpected')", ReadingBroke),
        ("print('[' * 100000)", ReadingBroke),
        ("print('7')", ReadingBroke),
        ("print('{}')", ReadingBroke),
        ('print(\'{"done": "x", "total": 1}\')', ReadingBroke),
        ("print('{\"draft\": {}}')", ReadingBroke),
        ("print('{\"draft\": 7}')", ReadingBroke),
        ('print(\'{"refusal": "x"}\')', ReadingBroke),
        ('print(\'{"done": 1, "total": 2}\')', ReadingBroke),
        ("import sys; sys.stdout.buffer.write(bytes(range(256)))", ReadingBroke),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", TookTooMuch),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", TookTooLong),
        ("while True: print('x' * 1000000, end='')", TookTooMuch),
        ("while True: print('{\"done\": 1, \"total\": 2}' + ' ' * 1000000)", TookTooMuch),
    ],
)
def test_every_end_of_the_process_has_its_sentence(program, reason):
    with pytest.raises(reason):
        read_apart(b"", "a", tell=ignore, command=say(program))


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(60)",
        "while True: pass",
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.pause()",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])",
        'import time\nwhile True: print(\'{"done": 1, "total": 2}\', flush=True); time.sleep(.1)',
    ],
)
def test_what_never_ends_is_ended(program):
    began = time.perf_counter()

    with pytest.raises(TookTooLong):
        read_apart(b"", "a", tell=ignore, command=say(program), seconds=1)

    assert time.perf_counter() - began < 20


def test_who_waits_hears_that_a_silent_process_is_alive(monkeypatch):
    monkeypatch.setattr(apart, "HEARTBEAT", 0.1)
    told = []

    with pytest.raises(TookTooLong):
        read_apart(b"", "a", tell=lambda *far: told.append(far), command=say("import time; time.sleep(60)"), seconds=1)

    assert (0, 0) in told


def test_the_process_is_gone_when_whoever_waits_gives_up():
    class GivesUp(Exception):
        pass

    def give_up(_done, _total):
        raise GivesUp

    with pytest.raises(GivesUp):
        read_apart(b"", "a", tell=give_up, command=say('print(\'{"done": 1, "total": 2}\', flush=True); input()'))
    assert _children() == []


def _children():
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True)
    return [line for line in listed.stdout.decode().splitlines() if "total" in line]


def test_the_process_gets_no_password_or_key_of_ours(monkeypatch):
    monkeypatch.setenv("TRACKER_SECRET_KEY", "not for the reader")
    program = "import os, json; print(json.dumps({'refusal': {'message': ' '.join(os.environ), 'values': {}}}))"

    with pytest.raises(Refusal) as refused:
        read_apart(b"", "a", tell=ignore, command=say(program))

    assert "TRACKER" not in str(refused.value)


def test_what_the_process_complains_of_is_in_the_log(caplog):
    with pytest.raises(ReadingBroke):
        read_apart(
            b"", "a", tell=ignore, command=say("import sys; print('x' * 9**6 + 'the last line', file=sys.stderr)")
        )

    assert "the last line" in caplog.text
    assert len(caplog.text) < 5000


def test_a_process_that_would_fill_the_memory_is_refused_it():
    program = (
        "import tracker.documents.reading.__main__ as own\n"
        "own.read_report = lambda *_, **__: bytearray(own.MOST_MEMORY)\n"
        "own.main()"
    )

    with pytest.raises(Refusal) as refused:
        read_apart(b"", "a", tell=ignore, command=say(program))

    assert refused.value.sentence == TookTooMuch().sentence


def test_the_process_starts_no_other():
    program = (
        "import os, tracker.documents.reading.__main__ as own\n"
        "own.bind(own.LIMITS)\n"
        "import resource\n"
        "print(resource.getrlimit(resource.RLIMIT_NPROC))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert done.stdout.strip() == b"(0, 0)"


def test_reading_the_largest_document_takes_no_more_memory_than_an_office_machine_has():
    with pytest.raises(Refusal, match="lines"):
        read(word(paragraphs(1_000_000)), "a.docx", tell=ignore)

    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 < 700  # megabytes


def test_the_reader_is_small_because_the_application_is_not_in_it():
    program = "import sys, tracker.documents.reading.__main__; print(' '.join(sys.modules))"

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout.decode()

    assert not {"flask", "sqlalchemy", "docx", "openpyxl", "PIL"} & set(loaded.split())


def test_half_a_letter_is_replaced_and_a_letter_in_two_halves_is_joined():
    program = r"""print(r'{"draft": ["\ud800ก", "\ud83d\ude00"]}')"""

    answer = apart.ask(say(program), b"", seconds=20)

    assert answer == {"draft": ["?ก", "😀"]}


@pytest.fixture
def full(monkeypatch):
    """Let as many be read as may be at once."""
    places = BoundedSemaphore(1)
    places.acquire()
    monkeypatch.setattr(apart, "PLACES", places)
    monkeypatch.setattr(apart, "HEARTBEAT", 0.01)
    return places


def test_one_too_many_is_told_to_come_back(full):
    with pytest.raises(TooManyAtOnce):
        read_apart(PLAN, "แผน.docx", tell=ignore, seconds=0.05)


def test_who_waits_for_a_place_gives_signs_of_life_and_gets_it(full):
    told = []

    def tell(done, total):
        if not told:
            full.release()
        told.append((done, total))

    read_apart(PLAN, "แผน.docx", tell=tell)

    assert told[0] == (0, 0)


def test_a_place_is_free_again_after_a_file_that_broke_the_process(full):
    full.release()
    for _ in range(2):
        with pytest.raises(ReadingBroke):
            read_apart(PLAN, "แผน.docx", tell=ignore, command=say("raise SystemExit(3)"))
