import ast
import re
import sys

from sources import offenders

# What each room may import of ours; a room may always import itself.
UP_TO_SERVICES = {"domain", "documents", "extensions", "models", "queries", "services"}
BELOW = {
    "domain": set(),
    "extensions": set(),
    "clock": set(),
    "documents": {"domain"},
    "channels": {"domain", "documents", "extensions"},
    "models": {"domain", "extensions"},
    "queries": {"domain", "documents", "extensions", "models"},
    "services": UP_TO_SERVICES - {"services"},
    "sample": UP_TO_SERVICES | {"clock"},
    "jobs": UP_TO_SERVICES | {"clock", "channels"},
    "web": UP_TO_SERVICES | {"clock", "channels"},
    "cli": UP_TO_SERVICES | {"clock", "jobs", "sample", "web"},
    "building": {"cli", "extensions", "web"},
    "__init__": {"building"},
}
MAY_COMMIT = re.compile(r"tracker/(web/transactions|jobs/\w+|cli/\w+)\.py")
SYSTEM_CLOCKS = re.compile(r"(\w+\.)*(now|today|utcnow|fromtimestamp|localtime|gmtime)|time\.time(_ns)?")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "base"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def test_a_room_imports_only_from_rooms_below_it():
    def find(source):
        rooms = {name.split(".")[1] for name in source.imports if name.startswith("tracker.")}
        return rooms - {source.room} - BELOW[source.room]

    assert offenders(find) == {}


def test_rules_need_nothing_but_the_standard_library():
    def find(source):
        names = {name.partition(".")[0] for name in source.imports if source.room == "domain"}
        return names - {"tracker"} - sys.stdlib_module_names

    assert offenders(find) == {}


def test_imports_stand_at_the_top_or_say_why_not():
    def find(source):
        return [
            node.lineno
            for function in source.functions
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
            if "#" not in source.lines[node.lineno - 1] + source.lines[node.lineno - 2]
        ]

    assert offenders(find) == {}


def test_only_the_clock_reads_the_system_clock():
    def find(source):
        asked = {call for call in source.calls if SYSTEM_CLOCKS.fullmatch(call) and not call.startswith("clock.")}
        return asked if source.room != "clock" else None

    assert offenders(find) == {}


def test_the_clock_is_asked_by_its_name_so_that_tests_can_hold_it():
    assert offenders(lambda source: [name for name in source.imports if name.startswith("tracker.clock.")]) == {}


def test_only_the_edges_commit():
    def find(source):
        return not MAY_COMMIT.fullmatch(source.name) and {call for call in source.calls if call.endswith(".commit")}

    assert offenders(find) == {}


def test_a_file_is_named_after_what_it_is_about():
    named = offenders(lambda source: source.name.rpartition("/")[2].removesuffix(".py") in FORBIDDEN_NAMES)

    assert set(named) == {"tracker/models/base.py"}


def test_a_file_says_in_its_first_line_what_it_is_for():
    assert offenders(lambda source: not ast.get_docstring(source.tree)) == {}


def test_files_and_functions_stay_short():
    def find(source):
        long = [f.name for f in source.functions if f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION]
        return long or len(source.lines) > LONGEST_FILE

    assert offenders(find) == {}
