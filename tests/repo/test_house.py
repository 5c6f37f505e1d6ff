"""The rules of the house that no reader should have to check by eye."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

import guitu
from tests.repo.house import PACKAGE, ROOT, files, name, parsed, tool

LONGEST = 500

CAPABILITY_FILES = {"__init__.py", "entries.py", "indicators.py", "web.py"}
CAPABILITY_FOLDERS = {"cases", "templates"}

MACHINE_PATHS = re.compile(
    r"(?<![\w.$~}-])/(?:" + "|".join(("work", "root", "home", "tmp", "Users")) + r")/\w"
)
"""Absolute paths that mean something on one machine only."""

OUTSIDE_ASSET = re.compile(
    r"""<(?:script|link|img|iframe|source|audio|video)\b[^>]*\b(?:src|href|srcset)\s*=\s*["']?\s*(?:https?:)?//""",
    re.IGNORECASE,
)
OUTSIDE_STYLE = re.compile(r"""(?:@import|url\()\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)

TEXT = (
    ".py",
    ".js",
    ".css",
    ".html",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".sh",
    ".txt",
    ".po",
    ".lock",
)


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    too_long = {}
    for path in files(".py", ".js", ".css", ".html"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            too_long[name(path)] = lines
    assert too_long == {}


def test_nothing_is_called_utils() -> None:
    heaps = re.compile(r"^(utils?|helpers?|misc|business_logic)$")
    assert [name(p) for p in files() if any(heaps.match(part.split(".")[0]) for part in p.parts[-2:])] == []


def test_no_path_of_one_machine_is_written_down() -> None:
    found = []
    plain = [p for p in files() if p.suffix in TEXT or not p.suffix]
    for path in plain:
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        ):
            if MACHINE_PATHS.search(line):
                found.append(f"{name(path)}:{number} {line.strip()[:80]}")
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_file_holds_digests_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][^\n]*(?:\n    [^\n]*)*", text, re.MULTILINE)
    assert len(pins) > 20
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", text)


def test_what_is_tested_is_what_an_office_installs() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / lock).read_text(encoding="utf-8")
        return set(re.findall(r"^[a-z0-9][\w.-]*==\S+", text, re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-test.lock")
    for extra in ("spark", "maps"):
        added = getattr(tool("environment"), extra.upper())
        kept = {pin for pin in pins(f"requirements-{extra}.lock") if pin.split("==")[0] not in added}
        assert kept <= pins("requirements-test.lock"), extra


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "requirements.lock": [*project["dependencies"], *extras["pg"]],
        "requirements-test.lock": [
            *project["dependencies"],
            *(d for name, extra in extras.items() if name not in ("spark", "maps") for d in extra),
        ],
        "requirements-spark.lock": [*project["dependencies"], *extras["spark"]],
        "requirements-maps.lock": [*project["dependencies"], *extras["maps"]],
    }
    for lock, declared in wanted.items():
        locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / lock).read_text(encoding="utf-8"), re.M))
        names = {re.match(r"[\w.-]+", d).group().lower().replace("_", "-") for d in declared}  # type: ignore[union-attr]
        assert names <= locked, lock


def test_the_version_is_the_same_wherever_it_is_said() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert guitu.__version__ == project["version"]
    assert f"\n## {guitu.__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_pages_fetch_nothing_from_elsewhere() -> None:
    found = [
        f"{name(path)}: {match.group()[:80]}"
        for path in files(".html", ".css", ".js", ".svg", under=PACKAGE)
        for match in [
            *OUTSIDE_ASSET.finditer(path.read_text(encoding="utf-8")),
            *OUTSIDE_STYLE.finditer(path.read_text(encoding="utf-8")),
        ]
    ]
    assert found == []


def test_no_third_party_file_is_carried() -> None:
    fonts = files(".woff", ".woff2", ".ttf", ".otf", ".ttc", ".eot", under=PACKAGE)
    minified = [p for p in files(".js", ".css", under=PACKAGE) if ".min." in p.name]
    assert [name(p) for p in [*fonts, *minified]] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = []
    for path in [*files(".py", under=PACKAGE), *files(".py", under=ROOT / "tools")]:
        if "migrations" in path.parts or (path.name.startswith("_") and path.name != "__init__.py"):
            continue
        marker = path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip()
        if not marker and not ast.get_docstring(parsed(path)):
            silent.append(name(path))
    assert silent == []


def test_a_capability_folder_holds_only_the_closed_list() -> None:
    strange = []
    for folder in sorted((PACKAGE / "capabilities").iterdir()):
        if folder.name in {"__init__.py", "__pycache__"}:
            continue
        for item in folder.iterdir():
            known = CAPABILITY_FOLDERS | {"__pycache__"} if item.is_dir() else CAPABILITY_FILES
            if item.name not in known:
                strange.append(name(item))
        strange += [name(p) for p in (folder / "cases").rglob("*") if not p.name.endswith(".yaml")]
        if (folder / "templates").is_dir():
            strange += [name(p) for p in (folder / "templates").iterdir() if p.name != folder.name]
    assert strange == []


def test_every_capability_says_what_it_is_and_declares_its_entries() -> None:
    folders = [p for p in (PACKAGE / "capabilities").iterdir() if p.is_dir() and p.name != "__pycache__"]
    assert folders
    assert [name(f) for f in folders if not (f / "entries.py").is_file()] == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    words = {"skip", "skipif", "xfail", "importorskip"}
    found = [
        f"{name(path)}:{node.lineno} {node.attr}"
        for path in files(".py", under=ROOT / "tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in words
    ]
    assert found == []


def test_every_test_is_named_as_a_sentence() -> None:
    short = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in files(".py", under=ROOT / "tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 3
    ]
    assert short == []


def test_the_english_and_the_chinese_readme_give_the_same_two_commands() -> None:
    for readme in ("README.md", "README.zh.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert "make demo" in text, readme
        assert "make test" in text, readme
        pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
        assert [p for p in pictures if not (ROOT / p).is_file()] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in files(".md"):
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{name(path)}: {target}")
    assert broken == []


def test_the_nightly_tests_ask_for_numbers_that_some_test_reads() -> None:
    tasks = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = tasks.partition("test-nightly: ")[2].partition("\n\n")[0]
    asked = set(re.findall(r"(GUITU_\w+)=\d+", recipe))
    read = {
        found for path in (ROOT / "tests").rglob("*.py")
        for found in re.findall(r'environ\.get\("(GUITU_\w+)", "\d+"\)', path.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert asked == read
