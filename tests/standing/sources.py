"""The program's own files: what they import, call and hold. Each rule of the house is one look over all of them."""

import ast
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from config import ROOT


class Source:
    """One file of the program."""

    def __init__(self, path: Path) -> None:
        self.name = path.relative_to(ROOT).as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.lines = self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @cached_property
    def room(self) -> str:
        """The room it stands in: `models`, `web`; a file beside the rooms is a room of its own."""
        return self.name.split("/")[1].removesuffix(".py")

    @cached_property
    def imports(self) -> list[str]:
        """Everything it imports, in full: `tracker.models.task.Task`, `flask`."""
        return [name for node in ast.walk(self.tree) for name in _imported(node)]

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Its functions, methods and inner ones included."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @cached_property
    def calls(self) -> set[str]:
        """Everything it calls, as written: `db.session.commit`, `date.today`."""
        return {ast.unparse(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are written in full"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


PROGRAM = [Source(path) for path in sorted((ROOT / "tracker").rglob("*.py"))]


def offenders(find: Callable[[Source], Any]) -> dict[str, Any]:
    """Return what a rule finds wrong, by file; nothing where all is well."""
    return {source.name: wrong for source in PROGRAM if (wrong := find(source))}
