"""What the repository tests read: its own files, and what each module imports."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "guitu"

NOT_OURS = {
    ".git",
    ".venv",
    "__pycache__",
    "build",
    "dist",
    "node_modules",
    "staticfiles",
    ".guitu",
    ".hypothesis",
}
"""Folders that hold what was installed or made, not what was written."""

PURE = (
    "kernel", "casefile", "policy", "pathway", "indicators", "access", "centre", "home", "levels",
    "capabilities", "compose",
)  # fmt: skip
"""The core: no framework, no driver, no clock."""


def files(*suffixes: str, under: Path = ROOT) -> list[Path]:
    """The project's files with one of these suffixes (all of them without any), sorted."""
    found = []
    for path in under.rglob("*"):
        parts = path.relative_to(ROOT).parts
        ours = not any(p in NOT_OURS or (p.startswith(".") and p.endswith("_cache")) for p in parts)
        if ours and path.is_file() and (not suffixes or path.suffix in suffixes):
            found.append(path)
    return sorted(found)


def name(path: Path) -> str:
    """The path as a reader of the repository knows it."""
    return path.relative_to(ROOT).as_posix()


def part_of(path: Path) -> str:
    """Which part of the house a source file belongs to: `kernel`, `store`, …; `compose` for compose.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that the file imports, anywhere in it, with the line: `guitu.kernel.days`, `django.db` …

    `from guitu.kernel import days` gives both `guitu.kernel` and `guitu.kernel.days`; relative imports are
    made absolute.
    """
    package = ("guitu", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield node.lineno, module
            for alias in node.names:
                yield node.lineno, f"{module}.{alias.name}"


def tool(name: str) -> ModuleType:
    """A module of tools/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
