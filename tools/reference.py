"""Writes docs/reference from the declarations, so that the reference cannot say what the code does not.

python tools/reference.py            write the pages
python tools/reference.py --check    exit 1 and name the pages that no longer match
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from guitu.access import COMPARTMENTS as OF_A_FILE
from guitu.access import PAGES as ACCESS_PAGES
from guitu.access import PURPOSES, ROLES, TABLE, WORK, expected
from guitu.casefile import Ask, Kind
from guitu.casefile.kind import ALL_COMPARTMENTS as COMPARTMENTS
from guitu.centre.instruments import TRANSLATIONS, Instrument
from guitu.centre.instruments import instruments as scales_and_sheets
from guitu.centre.instruments.model import MODES
from guitu.cli import main as command_line
from guitu.compose import indicator_versions, kinds
from guitu.exchange.ledgers.reference import page as ledgers_as_read
from guitu.indicators import COUNTING_UNITS, Indicator
from guitu.indicators.wording import condition, counted_on, denominator, numerator, sources
from guitu.kernel.labels import Label
from guitu.policy import Rule, all_rules, instruments, names

ACCESS_COMPARTMENTS = (*OF_A_FILE, WORK)

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


def _conditions(kind: Kind, ask: Ask) -> str:
    words = ["必填 required" if ask.required else "选填 optional"]
    words += [f"`{other}` = {' / '.join(values)}" for other, values in ask.only_when.items()]
    if ask.name in kind.sealed_fields:
        words.append("加密 sealed")
    return "; ".join(words)


def _kind(kind: Kind) -> str:
    held = COMPARTMENTS[kind.compartment]
    facts = [
        f"## `{kind.name}`",
        "",
        f"**{kind.label.zh} · {kind.label.en}**",
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
            _conditions(kind, ask),
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


WHOLE_FILE = Label("整份档案", "The file as a whole")

STATUS = {"verified": "已核实 verified", "inferred": "推断 inferred", "recalled": "未核实 recalled"}


def _place(rule: Rule) -> str:
    if rule.preset:
        return f"预设 Preset `{rule.preset}`"
    if rule.region:
        return f"地方 Local {rule.region}"
    return "全国 National"


def _default(rule: Rule) -> str:
    if rule.on:
        return "启用 on"
    said_only = rule.versions[-1].word is None
    return "只作说明 stated only" if said_only else "未启用 off"


def _rule_rows(rules: Iterable[Rule]) -> Iterator[tuple[str, ...]]:
    for rule in rules:
        for version in rule.versions:
            since = version.in_force_from.isoformat()
            until = f" ～ {version.in_force_until}" if version.in_force_until else " 起"
            yield (
                f"`{rule.id}`",
                f"{rule.label.zh} · {rule.label.en}",
                "、".join(c.label.zh for c in version.cites) or "–",
                since + until,
                STATUS[version.status],
                _default(rule),
                version.last_checked.isoformat(),
            )


def rules_page() -> str:
    """Every rule, national, local and preset, with its article, dates and status."""
    rules = all_rules()
    parts = [
        MADE,
        "",
        "# 规则 Rules",
        "",
        f"{len(rules)} 条 rules. 启用的规则才影响结论；推断的规则若启用，结论会写明。",
        "Only rules that are on drive answers; an answer names every inferred rule that it used. What is",
        "stated only is known and cited, and makes no duty or finding of its own. Local rules and presets",
        "apply where a site has chosen its region or turned the preset on.",
        "",
        "## 所引法规 Instruments",
        "",
        table(
            ("法规 instrument", "English", "施行 in force from", "核对范围 seen"),
            (
                (i.title.zh, i.title.en, i.in_force_from.isoformat() if i.in_force_from else "–", i.seen)
                for i in instruments().values()
            ),
        ),
    ]
    head = (
        "id",
        "规则 rule",
        "条文 articles",
        "施行 in force",
        "状态 status",
        "默认 default",
        "核对日 last checked",
    )
    for place in dict.fromkeys(_place(rule) for rule in rules):
        parts += ["", f"## {place}"]
        here = [rule for rule in rules if _place(rule) == place]
        for measures in dict.fromkeys(rule.measures for rule in here):
            labels = [names().measures.get(m, WHOLE_FILE) for m in measures]
            title = "、".join(label.zh for label in labels) + " " + ", ".join(label.en for label in labels)
            parts += [
                "",
                f"### {title}",
                "",
                table(head, _rule_rows(r for r in here if r.measures == measures)),
            ]
    return "\n".join(parts) + "\n"


def _parsers(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """Each command below a parser: its whole name, its parser, its one-line help; depth first."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            words = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, below in action.choices.items():
                yield f"{parser.prog} {name}", below, words.get(name, "")
                yield from _parsers(below)


def _command_line(language: str) -> dict[str, tuple[argparse.ArgumentParser, str]]:
    before = os.environ.get("GUITU_LANG")
    os.environ["GUITU_LANG"] = language
    try:
        found = _parsers(command_line.parser())
        return {name.removeprefix("guitu guitu "): (parser, help_) for name, parser, help_ in found}
    finally:
        if before is None:
            del os.environ["GUITU_LANG"]
        else:
            os.environ["GUITU_LANG"] = before


def _options(chinese: argparse.ArgumentParser, english: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action, same in zip(chinese._actions, english._actions, strict=True):
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        shown = ", ".join(f"`{o}`" for o in action.option_strings) or f"`{action.metavar or action.dest}`"
        words = [action.help or "", same.help or ""] if action.help else []
        if action.choices:
            words.append(", ".join(f"`{choice}`" for choice in action.choices))
        yield shown, " · ".join(words)


def commands_page() -> str:
    """Every command with its options."""
    chinese, english = _command_line("zh"), _command_line("en")
    parts = [
        MADE,
        "",
        "# 命令 Commands",
        "",
        "退出码 exit code: 0 完成 done · 1 已完成，所查之物有误 done, and what was checked is wrong ·",
        "2 未能办理 could not be done. `--lang en` 或 `GUITU_LANG=en` 用英文 for English.",
    ]
    for name in sorted(chinese):
        parser, said = chinese[name]
        other, says = english[name]
        parts += [
            "",
            f"## `{name}`",
            "",
            f"{said or parser.description or ''}",
            f"{says or other.description or ''}",
        ]
        if options := list(_options(parser, other)):
            parts += ["", table(("选项 option", "说明 what it does"), options)]
    return "\n".join(parts) + "\n"


def access_page() -> str:
    """Who reads and writes what, and who comes to a file in which way."""
    words = {"rw": "读写 rw", "r": "读 r", "w": "写 w", "": "–"}
    ways = {"inside": "辖区 area", "custody": "场所 custody", "receiving": "待接收 receiving",
            "former": "曾负责 former", "emergency": "应急 emergency", "own": "本人 own",
            "consent": "同意 consent"}  # fmt: skip

    def marks(role: str) -> str:
        held = ROLES[role]
        said = [
            ("approves", "审批 approves"),
            ("exports", "导出 exports"),
            ("independent", "独立 independent"),
        ]
        return "、".join(text for name, text in said if getattr(held, name)) or "–"

    parts = [
        MADE,
        "",
        "# 谁能看什么 Who may see what",
        "",
        "读 r: everything recorded in the compartment. 写 w: the kinds that name the role; with 写 alone one",
        "sees what one's own account wrote. Why: docs/decisions/0011.",
        "",
        "## 角色 × 保密分区 Role × compartment",
        "",
        table(
            ("角色 role", *(f"{COMPARTMENTS[c].zh} {COMPARTMENTS[c].en}" for c in ACCESS_COMPARTMENTS)),
            (
                (f"{r.label.zh} `{name}`", *(words[TABLE[name][c]] for c in ACCESS_COMPARTMENTS))
                for name, r in ROLES.items()
            ),
        ),
        "",
        "## 角色怎样接触档案 How a role comes to a file",
        "",
        "待接收：只读身份信息和法律文书；曾负责：只读本单位登记的；应急：写明理由，三小时，只读。",
        "Receiving: identity and legal papers, read only. Former: what the unit recorded itself, read only.",
        "Emergency: for a stated reason, three hours, read only.",
        "",
        table(
            ("角色 role", "怎样 ways", "目的 purposes", "另 besides"),
            (
                (
                    f"{r.label.zh} `{name}`",
                    "、".join(text for way, text in ways.items() if expected(name, "", way)) or "–",
                    "、".join(f"{PURPOSES[p].zh} {p}" for p in r.purposes) or "–",
                    marks(name),
                )
                for name, r in ROLES.items()
            ),
        ),
        "",
        "## 页 × 角色 Page × role",
        "",
        table(
            ("页 page", "角色 roles"),
            (
                (f"`{page}`", ", ".join(f"`{r}`" for r in ROLES if r in roles))
                for page, roles in ACCESS_PAGES.items()
            ),
        ),
    ]
    return "\n".join(parts) + "\n"


def _indicator(one: Indicator) -> Iterator[str]:
    unit = one.counting
    yield f"### `{one.key}` {one.label.zh} · {one.label.en}"
    yield ""
    yield f"{one.definition.zh} {one.definition.en}"
    yield ""
    yield f"- 单位 counted in: {unit.label.zh} {unit.label.en} (`{unit.name}`)"
    for title, said in (
        ("分子 numerator", numerator(one)),
        ("分母 denominator", denominator(one)),
        ("计数日期 counted on", counted_on(one)),
    ):
        if said is not None:
            yield f"- {title}: {said.zh}" + (f" · {said.en}" if said.en != said.zh else "")
    recorded, home = (
        "登记的单位 the unit that recorded it",
        "当日负责该人的单位 the unit that answered that day",
    )
    yield f"- 计在 counted at: {home if one.where_counted == 'home' else recorded}"
    where = getattr(one.value, "where", None)
    kept = f" [{condition(where)}]" if where is not None else ""
    yield f"- 来源 from: {', '.join(f'`{name}`' for name in sources(one))}{kept}"
    if one.breakdowns:
        yield "- 分组 split by: " + ", ".join(f"`{name}`" for name in one.breakdowns)
    if one.plausible:
        low, high = ("…" if bound is None else bound for bound in one.plausible)
        yield f"- 合理范围 plausible: {low}–{high}"
    if one.cites:
        yield "- 依据 articles: " + "、".join(one.cites)
    if one.version > 1 or one.valid_from or one.valid_until:
        since, until = one.valid_from or "…", one.valid_until or "…"
        yield f"- 版本 version {one.version}: {since} – {until}"
    if one.note is not None:
        yield f"- {one.note.zh} {one.note.en}"


def indicators_page() -> str:
    """Every indicator with its definition."""
    versions = indicator_versions()
    parts = [
        MADE,
        "",
        "# 指标 Indicators",
        "",
        f"{len(versions)} 个 indicators, declared in `src/guitu/capabilities/*/indicators.py`.",
        "口径写在这里，数由 `guitu indicators run` 计算。",
        "What a figure is made of: `guitu indicators explain KEY`.",
        "Signs in conditions:",
        "∃ 同一人另有记录 the same person has such an entry · ∧ 且 and · ∨ 或 or · ¬ 非 not · ∅ 空 empty.",
        "",
        "## 计量单位 Units of counting",
        "",
        table(
            ("unit", "中文", "English", "符号 symbol"),
            ((f"`{u.name}`", u.label.zh, u.label.en, u.symbol.zh) for u in COUNTING_UNITS.values()),
        ),
    ]
    for group in dict.fromkeys(key.partition(".")[0] for key in sorted(versions)):
        parts += ["", f"## {group}"]
        for key in sorted(versions):
            if key.partition(".")[0] == group:
                for one in versions[key]:
                    parts += ["", *_indicator(one)]
    return "\n".join(parts) + "\n"


def _instrument(one: Instrument) -> Iterator[str]:
    yield f"### `{one.key}` · {one.label.zh} · {one.label.en}"
    yield ""
    yield f"- 量什么 measures: {one.measures.zh} · {one.measures.en}"
    yield f"- 问的时间 window: {one.window.zh} · {one.window.en}"
    yield f"- 版本 version {one.version} · {len(one.items)} 题 items"
    yield f"- 核对 checked: {one.last_checked.isoformat()}"
    yield f"- 题目 items: {MODES[one.mode].zh} · {MODES[one.mode].en}"
    wording = TRANSLATIONS[one.translation]
    yield f"- 中文题目 Chinese wording: {wording.zh} · {wording.en}"
    yield f"- 许可 licence: {one.licence.zh} · {one.licence.en}"
    yield f"- 署名 credit: {one.credit}"
    for source in one.sources:
        yield f"- 来源 source: {source}"
    for caution in one.cautions:
        yield f"- 注意 caution: {caution.zh} · {caution.en}"
    for flag in one.flags:
        yield f"- 提示 pointed out: {flag.label.zh} · {flag.label.en}"
    for level in one.levels:
        yield f"- 结果 result: {level.label.zh} · {level.label.en}"
    if one.scales:
        yield ""
        yield table(
            ("scale", "中文", "English", "范围 range", "缺几题可以 may be missing", "分段 bands"),
            (
                (
                    f"`{s.key}`", s.label.zh, s.label.en, f"{s.least:f}–{s.most:f}", str(s.missing),
                    "；".join(f"{b.least}–{b.most} {b.label.zh} {b.label.en}" for b in s.bands) or "–",
                )
                for s in one.scales
            ),
        )  # fmt: skip


def instruments_page() -> str:
    """Every instrument: whose it is, how it is scored, and where that was read."""
    known = scales_and_sheets()
    parts = [
        MADE,
        "",
        "# 量表 Instruments",
        "",
        f"{len(known)} 种 instruments, declared in `src/guitu/centre/instruments/data/*.yaml`.",
        "得分不影响解除、奖惩和分区，也不是诊断。",
        "A score bears on no release, reward or zone, and is no diagnosis.",
    ]
    for mode, label in MODES.items():
        some = [one for one in known.values() if one.mode == mode]
        if some:
            parts += ["", f"## {label.zh} {label.en}"]
            for one in some:
                parts += ["", *_instrument(one)]
    return "\n".join(parts) + "\n"


def api_page() -> str:
    """What there is to call."""
    from guitu.web.api.reference import page

    return page(MADE, table)


def ledgers_page() -> str:
    """How each ledger is read."""
    return ledgers_as_read(MADE, table)


PAGES = {
    "api.md": api_page,
    "ledgers.md": ledgers_page,
    "instruments.md": instruments_page,
    "kinds.md": kinds_page,
    "indicators.md": indicators_page,
    "rules.md": rules_page,
    "commands.md": commands_page,
    "access.md": access_page,
}


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
