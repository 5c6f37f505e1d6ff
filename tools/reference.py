"""Writes docs/reference from the declarations, so that the reference cannot say what the code does not.

python tools/reference.py            write the pages
python tools/reference.py --check    exit 1 and name the pages that no longer match
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from guitu.casefile import Ask, Kind
from guitu.casefile.kind import COMPARTMENTS
from guitu.compose import kinds

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"

MADE = "<!-- Made by `make docs` from the declarations. Do not edit. / 由 `make docs` 生成，请勿手改。 -->"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; bars inside cells are escaped."""

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    heads = list(head)
    return "\n".join([line(heads), "|" + "---|" * len(heads), *(line(row) for row in rows)])


def _answers(ask: Ask) -> str:
    if ask.choices:
        return ", ".join(f"`{c.value}` {c.label.zh} {c.label.en}" for c in ask.choices)
    bounds = ""
    if ask.least is not None or ask.most is not None:
        low, high = ("" if bound is None else str(bound) for bound in (ask.least, ask.most))
        bounds = f" {low}–{high}"
    return ask.type + bounds


def _conditions(ask: Ask) -> str:
    words = ["必填 required" if ask.required else "选填 optional"]
    words += [f"`{other}` = {' / '.join(values)}" for other, values in ask.only_when.items()]
    if ask.sealed:
        words.append("加密 sealed")
    return "; ".join(words)


def _kind(kind: Kind) -> str:
    held = COMPARTMENTS[kind.compartment]
    facts = [
        f"## `{kind.name}` {kind.label.zh} · {kind.label.en}",
        "",
        f"- 保密分区 compartment: {held.zh} {held.en} (`{kind.compartment}`)",
        f"- `happened_on`: {kind.day.zh} · {kind.day.en}",
    ]
    if kind.cites:
        facts.append("- 依据 articles: " + "、".join(c.label.zh for c in kind.citations))
    if kind.recorded_by:
        facts.append("- 可登记 recorded by: " + ", ".join(f"`{role}`" for role in kind.recorded_by))
    if kind.help:
        facts.append(f"- {kind.help.zh} {kind.help.en}")
    if kind.version > 1:
        facts.append(f"- 版本 version: {kind.version}")
    if not kind.fields:
        return "\n".join(facts)
    rows = [
        (
            f"`{ask.name}`",
            f"{ask.label.zh} · {ask.label.en}",
            _answers(ask),
            _conditions(ask),
            "、".join(ask.ledger),
        )
        for ask in kind.fields
    ]
    head = ("字段 field", "名称 label", "答案 answers", "何时 when", "台账列名 ledger headings")
    return "\n".join([*facts, "", table(head, rows)])


def kinds_page() -> str:
    """Every kind of entry with its fields."""
    declared = sorted(kinds().values(), key=lambda k: k.name)
    parts = [
        MADE,
        "",
        "# 记录类型 Kinds of entry",
        "",
        f"{len(declared)} 种 kinds. Form, messages, timeline, ledger columns and access come from these",
        "declarations in `src/guitu/capabilities/*/entries.py`.",
        "",
        table(
            ("kind", "中文", "English", "分区 compartment"),
            ((f"[`{k.name}`](#{k.name})", k.label.zh, k.label.en, k.compartment) for k in declared),
        ),
    ]
    for kind in declared:
        parts += ["", f'<a id="{kind.name}"></a>', "", _kind(kind)]
    return "\n".join(parts) + "\n"


PAGES = {"kinds.md": kinds_page}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check only compare them."""
    stale = []
    for name, make in PAGES.items():
        path, text = FOLDER / name, make()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"已写 / written docs/reference/{name}")
    if "--check" in arguments and stale:
        listed = ", ".join(stale)
        print(f"过时：{listed}，请运行 make docs / stale: {listed}; run make docs")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
