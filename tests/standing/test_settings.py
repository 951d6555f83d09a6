from sources import Source, offenders

import config
from config import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_explained_in_the_readme():
    assert [name for name in sorted(config.KNOWN) if f"`{config.PREFIX}{name}`" not in README] == []


def test_every_known_setting_is_one_the_program_has():
    assert {name.lower() for name in config.KNOWN} == set(config.Settings.__dataclass_fields__)


def test_only_the_settings_read_the_environment():
    assert offenders(_reads_environment) == {}
    assert not _reads_environment(Source(ROOT / "wsgi.py"))


def _reads_environment(source):
    return "environ" in source.text or source.calls & {"os.getenv", "getenv"}
