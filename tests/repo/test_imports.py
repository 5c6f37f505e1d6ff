"""Imports go one way, and the core knows no framework, no driver and no clock."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo.house import PACKAGE, PURE, files, imports, name, parsed, part_of

MAY_USE = {
    "kernel": set(),
    "casefile": {"kernel"},
    "policy": {"kernel", "casefile"},
    "pathway": {"kernel", "casefile", "policy"},
    "indicators": {"kernel", "casefile"},
    "access": {"kernel"},
    "centre": {"kernel", "casefile", "policy"},  # of policy, the closed reading of YAML
    "home": {"kernel", "casefile", "policy", "centre"},
    "levels": {"kernel", "casefile"},
    "capabilities": {"kernel", "casefile", "indicators", "access", "centre", "home", "levels"},
    "compose": {
        "kernel",
        "casefile",
        "policy",
        "pathway",
        "indicators",
        "access",
        "centre",
        "home",
        "levels",
        "capabilities",
    },
    "rostering": {"kernel", "centre"},
    "visiting": {"kernel", "home"},
    "store": {
        "kernel",
        "casefile",
        "policy",
        "pathway",
        "indicators",
        "access",
        "centre",
        "home",
        "levels",
        "compose",
    },
    "exchange": {
        "kernel",
        "casefile",
        "policy",
        "pathway",
        "indicators",
        "access",
        "centre",
        "home",
        "levels",
        "compose",
        "store",
    },
    "simulate": {
        "kernel",
        "casefile",
        "policy",
        "pathway",
        "indicators",
        "access",
        "centre",
        "home",
        "levels",
        "compose",
        "store",
        "exchange",
        "rostering",
        "visiting",
    },
    "web": {
        "kernel",
        "casefile",
        "policy",
        "pathway",
        "indicators",
        "access",
        "centre",
        "home",
        "levels",
        "compose",
        "store",
        "exchange",
        "simulate",  # the demonstration's accounts, shown on its sign-in page
        "rostering",
        "visiting",
    },
    "cli": {
        "kernel",
        "casefile",
        "policy",
        "pathway",
        "indicators",
        "access",
        "centre",
        "home",
        "levels",
        "compose",
        "store",
        "exchange",
        "simulate",
        "web",
        "bench",
        "trials",
        "rostering",
        "visiting",
    },
    "bench": {
        "kernel",
        "casefile",
        "policy",
        "pathway",
        "indicators",
        "access",
        "centre",
        "home",
        "levels",
        "compose",
        "store",
        "exchange",
        "simulate",
        "web",
        "cli",
        "rostering",
        "visiting",
    },
    "trials": {
        "kernel",
        "casefile",
        "policy",
        "pathway",
        "indicators",
        "access",
        "centre",
        "home",
        "levels",
        "compose",
        "store",
        "exchange",
        "simulate",
        "web",
        "cli",
        "bench",
        "rostering",
        "visiting",
    },
}
"""Which other parts each part may import. A capability's page (`web.py`) may also use `web` and `store`."""

LIBRARIES = {
    "centre": {"yaml"},  # fitness batteries as data
    "casefile": {"cryptography"},  # SM3 where the interpreter's OpenSSL has none
    "policy": {"yaml", "chinese_calendar"},  # law as data; the published holidays
}
"""What the core may use beyond the standard library."""

ENGINES = {
    "pathway/sweep": {"numba", "numpy", "pyarrow"},
    "indicators/engines": {"duckdb", "numpy", "pyarrow", "pyspark", "sqlglot"},
}
"""Folders of the core that stand apart and are loaded only by who counts many people: what they may use."""

CLOCKS = {
    ("date", "today"),
    ("datetime", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("time", "time_ns"),
}


def sources(*parts: str) -> list[Path]:
    """The Python files of these parts of the house."""
    return [path for path in files(".py", under=PACKAGE) if part_of(path) in parts]


def is_capability_page(path: Path) -> bool:
    """A capability's own page is part of the web, wherever it is kept."""
    return part_of(path) == "capabilities" and path.name == "web.py"


def test_every_part_of_the_house_has_its_place_in_the_table() -> None:
    present = {part_of(path) for path in files(".py", under=PACKAGE)} - {"__init__", "__main__"}
    assert present <= set(MAY_USE)


def test_imports_go_one_way() -> None:
    wrong = []
    for path in sources(*MAY_USE):
        part = part_of(path)
        allowed = MAY_USE[part] | {part} | ({"web", "store"} if is_capability_page(path) else set())
        for line, module in imports(path):
            used = module.split(".")[1] if module.startswith("guitu.") else None
            if used in MAY_USE and used not in allowed:
                wrong.append(f"{name(path)}:{line} imports guitu.{used}")
    assert wrong == []


def test_a_capability_does_not_lean_on_another_capability() -> None:
    wrong = []
    for path in sources("capabilities"):
        own = path.relative_to(PACKAGE / "capabilities").parts[0]
        for line, module in imports(path):
            words = module.split(".")
            if words[:2] == ["guitu", "capabilities"] and len(words) > 2 and words[2] != own:
                wrong.append(f"{name(path)}:{line} imports {module}")
    assert wrong == []


def test_the_core_uses_the_standard_library_and_what_the_table_names() -> None:
    wrong = []
    for path in sources(*PURE):
        if is_capability_page(path):
            continue
        folder = path.relative_to(PACKAGE).as_posix()
        apart = [used for engine, used in ENGINES.items() if folder.startswith(f"{engine}/")]
        allowed = LIBRARIES.get(part_of(path), set()).union(*apart)
        for line, module in imports(path):
            top = module.split(".")[0]
            if top not in sys.stdlib_module_names | allowed | {"guitu"}:
                wrong.append(f"{name(path)}:{line} imports {top}")
            if top in {"sqlite3", "dbm"}:
                wrong.append(f"{name(path)}:{line} imports the driver {top}")
    assert wrong == []


def test_every_library_that_the_table_allows_is_used() -> None:
    used = {(part_of(p), m.split(".")[0]) for p in sources(*LIBRARIES) for _, m in imports(p)}
    idle = {(part, library) for part, names in LIBRARIES.items() for library in names} - used
    assert idle == set()


def test_the_core_never_asks_what_time_it_is() -> None:
    wrong = []
    for path in sources(*PURE):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute):
                owner = node.value
                word = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                if (word, node.attr) in CLOCKS:
                    wrong.append(f"{name(path)}:{node.lineno} {word}.{node.attr}")
    assert wrong == []


def test_the_core_throws_no_dice() -> None:
    wrong = [
        f"{name(path)}:{line} imports random"
        for path in sources(*PURE)
        for line, module in imports(path)
        if module.split(".")[0] == "random"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "blocked", ["django", "psycopg", "duckdb", "sqlite3", "numba", "numpy", "pyarrow", "sqlglot"]
)
def test_the_core_works_where_there_is_no_framework_and_no_driver(blocked: str) -> None:
    wanted = [
        "kernel",
        "casefile",
        "policy",
        "pathway",
        "indicators",
        "access",
        "centre",
        "home",
        "levels",
        "compose",
    ]
    script = (
        f"import sys; sys.modules[{blocked!r}] = None\n"
        f"import {', '.join('guitu.' + part for part in wanted)}\n"
        "assert len(guitu.compose.kinds()) > 10\n"
        f"assert not any(m.split('.')[0] == {blocked!r} for m, v in sys.modules.items() if v is not None)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
