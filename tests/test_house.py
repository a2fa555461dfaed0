"""The house rules, kept true: which room may import what, and what no file may say."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "studyctl"
FLOORS = {"core": set(), "adapters": {"core"}, "ui": {"core"}, "cli": {"core", "adapters", "ui"}}
CORE_MAY = sys.stdlib_module_names | {"numpy", "studyctl", "__future__"}
OUTSIDE = ("subprocess", "socket", "random", "secrets", "urllib", "http")  # not for core
ONE_ROOM = {
    "fsrs": "adapters", "genanki": "adapters", "sqlite3": "adapters", "yaml": "adapters",
    "markdown_it": "adapters", "pylatexenc": "adapters", "rich": "ui", "plotille": "ui", "click": "cli",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imports(path: Path) -> set[str]:
    """Every module that a file imports, inside functions, too; not those for type checkers only."""
    told: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            told.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            told.add(node.module)
            told.update(f"{node.module}.{alias.name}" for alias in node.names if node.module == "studyctl")
    return told


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_between_rooms_run_downward_only(path: Path):
    here = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "studyctl" and len(parts) > 1 and parts[1] in FLOORS and here in FLOORS:
            assert parts[1] == here or parts[1] in FLOORS[here], f"{here} imports {name}"


@pytest.mark.parametrize(
    "path", [path for path in modules() if room(path) == "core"], ids=lambda path: path.name
)
def test_core_is_pure(path: Path):
    for name in imports(path):
        assert name.split(".")[0] in CORE_MAY, f"core imports {name}"
        assert name.split(".")[0] not in OUTSIDE, f"core imports {name}"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("print", "open", "input"), f"{path.name}: {called}"
            assert called.rsplit(".", 1)[-1] not in ("now", "today", "utcnow", "time_ns", "monotonic"), called


@pytest.mark.parametrize("library", ONE_ROOM)
def test_a_library_stays_in_its_room(library: str):
    for path in modules():
        if any(name.split(".")[0] == library for name in imports(path)):
            allowed = {ONE_ROOM[library], "cli"} if library in ("rich", "sqlite3") else {ONE_ROOM[library]}
            assert room(path) in allowed or path.name in ("__init__.py", "__main__.py"), (
                f"{path.relative_to(ROOT)} imports {library}"
            )


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_why_it_exists(path: Path):
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), path
    assert text.count("\n") <= 300, f"{path} has more than 300 lines: which two ideas does it hold?"


def test_ruff_finds_nothing():
    for args in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        told = subprocess.run(
            [sys.executable, "-m", "ruff", *args, "studyctl", "tests"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert told.returncode == 0, told.stdout + told.stderr


def test_mypy_strict_finds_nothing():
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "studyctl"], cwd=ROOT, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout + told.stderr
