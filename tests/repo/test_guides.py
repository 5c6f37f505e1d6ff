"""The guides lead where they say they lead, and stand in Chinese as in English."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
GUIDES = sorted(path.name for path in (ROOT / "docs" / "how-to").glob("*.md"))
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
BLOCK = re.compile(r"^\s*```.*?^\s*```", re.DOTALL | re.MULTILINE)


def name_of(path: Path) -> str:
    """A page as it is called from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def anchors(text: str) -> set[str]:
    """What the headings of a page are called in links, as the usual hosts of repositories make them."""
    heads = re.findall(r"^#+ +(.+)$", BLOCK.sub("", text), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", head.lower()).strip() for head in heads)
    return {head.replace(" ", "-") for head in plain}


def shape(text: str) -> list[str]:
    """What two editions of a guide have in common: levels of headings, rows of tables, blocks and what they
    command."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            found.append(line.split()[0])
        elif line.startswith("|"):
            found.append(f"a row of {line.replace(chr(92) + '|', '').count('|') - 1}")
    for block in BLOCK.findall(text):
        found += [re.split(r"(?:^|\s)#\s", line)[0].strip() for line in block.splitlines()]
    return found


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target, anchor in LINK.findall(BLOCK.sub("", text)):
        there = (path.parent / unquote(target)).resolve() if target else path
        assert there.exists(), f"{name_of(path)} leads to {target}, which is not there"
        if anchor and there.suffix == ".md":
            assert unquote(anchor) in anchors(there.read_text(encoding="utf-8")), f"{target}#{anchor}"


def test_every_guide_stands_in_both_languages() -> None:
    assert len(GUIDES) > 25
    assert [path.name for path in sorted((ROOT / "docs" / "how-to" / "zh").glob("*.md"))] == GUIDES


@pytest.mark.parametrize("name", GUIDES)
def test_both_editions_of_a_guide_have_the_same_parts_and_commands(name: str) -> None:
    english, chinese = (ROOT / "docs" / "how-to" / folder / name for folder in ("", "zh"))
    assert shape(english.read_text(encoding="utf-8")) == shape(chinese.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["README.zh.md", *(f"docs/how-to/zh/{guide}" for guide in GUIDES)])
def test_chinese_pages_lead_to_chinese_guides(name: str) -> None:
    path = ROOT / name
    for target, _ in LINK.findall(path.read_text(encoding="utf-8")):
        there = (path.parent / unquote(target)).resolve()
        assert there.parent != ROOT / "docs" / "how-to", f"{name} leads to the English {target}"
