"""The words of the page, and what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from guitu.access import ACTS, ROLES
from guitu.casefile import Entry
from guitu.casefile.fields import Ask as Question
from guitu.casefile.kind import COMPARTMENTS
from guitu.compose import kinds
from guitu.exchange.partners.mapping import FACTS, Answer, Column, Partner, Record, words_of
from guitu.exchange.partners.refusing import read_kept
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.policy import names
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.components.table.component import Column as Head
from guitu.web.inside.shown import Ask, Fact, Section

PATH: Final = "/partners/"
TITLE: Final = Label("数据交换", "Exchange")
SIZE: Final = 20
FILE: Final = "file"
CASE: Final = "case"
AS: Final = "as"
FORMS: Final = {
    "table": Label("表格（CSV、Excel）", "Table (CSV, Excel)"),
    "fhir": Label("FHIR R4（JSON）", "FHIR R4 (JSON)"),
}
NOBODY: Final = Label("还没有交换过。", "Nothing has been exchanged yet.")
RULE: Final = Label(
    "对方送来的内容不直接写入档案：每一条都待有权登记的人采纳；凡限制人身自由的，一律不收。",
    "What a partner sends is never written into a file by itself: each line waits for somebody who may record"
    " it; nothing that touches liberty is taken.",
)


def href(name: str, what: str = "", **query: str) -> str:
    """The address of a partner, or of something of it."""
    path = f"{PATH}{name}/{what + '/' if what else ''}"
    return f"{path}?{urlencode(query)}" if query else path


def crumbs(*more: Crumb) -> Crumbs:
    """The way here."""
    return Crumbs((Crumb(TITLE, PATH), *more))


def ways(partner: Partner) -> Label:
    """What goes which way."""
    found = [
        *([Label("送出", "gives")] if partner.gives else []),
        *([Label("送来", "takes")] if partner.takes else []),
    ]
    return Label("、".join(w.zh for w in found), ", ".join(w.en for w in found))


def whose(partner: Partner) -> Label:
    """Who wrote the mapping, and whether it is an example."""
    if partner.own:
        return Label("本单位的映射", "the office’s own")
    return Label("示例", "an example") if partner.example else Label("随产品提供", "shipped")


def mappings(some: Sequence[Partner]) -> Section:
    """Every mapping in a row."""
    rows = tuple(
        Row(
            (
                Cell(one.label, href(one.name), sub=one.name, strong=True),
                FORMS[one.form],
                ways(one),
                one.purpose,
                _cites(one),
                whose(one),
            )
        )
        for one in some
    )
    columns = (
        Head(Label("合作单位", "Partner"), phone="lead"),
        Head(Label("格式", "Format")),
        Head(Label("方向", "Ways")),
        Head(Label("用途", "Purpose")),
        Head(Label("依据", "Basis")),
        Head(Label("映射", "Mapping")),
    )
    count = Label(f"{len(rows)} 个", f"{len(rows)}")
    table = Table(Label("映射", "Mappings"), columns, rows, (count,), id="mappings", reference=True)
    return Section("mappings-part", Label("合作单位", "Partners"), table)


def _cites(partner: Partner) -> Label:
    if not partner.cites:
        return Label("未写明", "not stated")
    found = [Citation.parse(text).label for text in partner.cites]
    return Label("；".join(f.zh for f in found), "; ".join(f.en for f in found))


def exchanges(entries: Sequence[Entry], labels: dict[str, Label], page: int) -> Section:
    """What went and came, the latest first; a row leads to what was refused."""
    last = max(1, -(-len(entries) // SIZE))
    page = min(page, last)
    some = entries[(page - 1) * SIZE : page * SIZE]
    kind = kinds()["partner_exchange"]
    rows = []
    for entry in some:
        name = str(entry.get("partner"))
        way = kind.ask("way").choice(entry.get("way"))
        refused = int(str(entry.get("refused") or 0))
        rows.append(
            Row(
                (
                    Cell(labels.get(name, name), href(name, exchange=str(entry.id)), strong=True),
                    entry.happened_on.isoformat(),
                    way.label if way else "",
                    str(entry.get("lines") or 0),
                    _count(entry, "proposed"),
                    _count(entry, "known"),
                    str(refused),
                )
            )
        )
    columns = (
        Head(Label("合作单位", "Partner"), phone="lead"),
        Head(Label("日期", "Day")),
        Head(Label("方向", "Way")),
        Head(Label("行数", "Lines"), numeric=True),
        Head(Label("待采纳", "Proposed"), numeric=True),
        Head(Label("以前送来过", "Came before"), numeric=True),
        Head(Label("退回", "Refused"), numeric=True),
    )
    pager = Pager(page, SIZE, len(entries), (), PATH, fixed=True) if len(entries) > SIZE else None
    count = Label(f"共 {len(entries)} 次", f"{len(entries)} in all")
    empty = None if entries else Empty(NOBODY, (Button(Label("看映射", "Look at a mapping"), "#mappings"),))
    table = Table(
        Label("最近交换", "Exchanges"),
        columns,
        tuple(rows),
        (count,),
        pager,
        empty,
        id="exchanges",
        named_above=True,
    )
    return Section("exchanges-part", Label("最近交换", "Exchanges"), table)


def _count(entry: Entry, name: str) -> str:
    value = entry.get(name)
    return "—" if value is None else str(value)


def about(partner: Partner) -> Section:
    """What the mapping is."""
    facts = (
        Fact(Label("格式", "Format"), FORMS[partner.form]),
        Fact(Label("用途", "Purpose"), partner.purpose),
        Fact(Label("依据", "Basis"), _cites(partner)),
        Fact(Label("映射", "Mapping"), Label(f"{partner.name}（{whose(partner).zh}）",
                                            f"{partner.name} ({whose(partner).en})")),
    )  # fmt: skip
    return Section("about", Label("这个映射", "This mapping"), facts=facts)


def gives_list(partner: Partner, total: int, why_not: Label | None, *, exports: bool) -> Section:
    """What a partner with a table is given."""
    assert partner.gives is not None
    columns = (
        Head(Label("对方的列", "Their column"), phone="lead"),
        Head(Label("我们的", "Ours")),
        Head(Label("代码", "Codes")),
    )
    rows = tuple(Row((Cell(c.head, strong=True), FACTS[c.fact], _codes(c))) for c in partner.gives.columns)
    measures = [names().measures[m] for m in partner.gives.measures]
    says: tuple[Text, ...] = (
        Label(
            f"本单位现有 {total} 人：{'、'.join(m.zh for m in measures)}。只送这些列。",
            f"{total} people of this unit now: {', '.join(m.en for m in measures)}. Only these columns go.",
        ),
    )
    if why_not is not None:
        says = (why_not,)
    ask = Ask(
        href(partner.name, "list"),
        (
            Field(
                AS, Label("文件", "File"), "choice", value="csv",
                options=(
                    Option("csv", Label("CSV", "CSV")), Option("xlsx", Label("Excel 表格", "Excel workbook")),
                ),
            ),
        ),
        Button(Label("送出名单", "Give the list"), look="plain"),
    )  # fmt: skip
    may = why_not is None and exports and bool(total)
    table = Table(Label("送出的列", "Columns given"), columns, rows, id="columns", reference=True)
    return Section("gives", Label("送出", "Given"), table, says=says, ask=ask if may else None)


def _codes(column: Column) -> Text:
    """Our words and the partner's codes for them."""
    if not column.codes:
        return ""
    known = words_of(column.fact)
    pairs = [(known.get(ours, Label(ours, ours)), theirs) for ours, theirs in column.codes.items()]
    if column.otherwise is not None:
        pairs.append((Label("其他", "else"), column.otherwise))
    return Label(
        "；".join(f"{ours.zh} → {theirs}" for ours, theirs in pairs),
        "; ".join(f"{ours.en} → {theirs}" for ours, theirs in pairs),
    )


def gives_person(partner: Partner, typed: str, error: Text, *, exports: bool) -> Section:
    """What a partner with FHIR is given, one person at a time."""
    assert partner.gives is not None
    parts = [COMPARTMENTS[c] for c in partner.gives.compartments]
    says: tuple[Text, ...] = (
        Label(
            f"一次一人，分区：{'、'.join(p.zh for p in parts)}；您看不到的分区不送。"
            + ("须有本人同意，且在有效期内。" if partner.gives.consent else ""),
            f"One person at a time: {', '.join(p.en for p in parts)}; nothing that you may not see."
            + (" The person's consent must stand." if partner.gives.consent else ""),
        ),
    )
    ask = Ask(
        href(partner.name, "person"),
        (
            Field(
                CASE, Label("档案号", "Case number"), value=typed, error=error,
                hint=Label("送给对方的是一个 FHIR R4 文件。", "What is given is a FHIR R4 file."),
            ),
        ),
        Button(Label("导出一人", "Export one person"), look="plain"),
    )  # fmt: skip
    return Section("gives", Label("送出", "Given"), says=says, ask=ask if exports else None)


def takes(partner: Partner, error: Text) -> Section:
    """What is taken from the partner, and the box for its file."""
    assert partner.takes is not None
    if partner.form == "table":
        columns = (
            Head(Label("对方的行", "Their row"), phone="lead"),
            Head(Label("成为待采纳的", "Is proposed as")),
            Head(Label("谁可以采纳", "Who may take it over")),
            Head(Label("答案", "Answers")),
        )
        rows = tuple(_record(r) for r in partner.takes.records)
        table = Table(Label("送来的行", "Rows taken"), columns, rows, id="records", reference=True)
    else:
        columns = (
            Head(Label("资源", "Resource"), phone="lead"),
            Head(Label("成为待采纳的", "Is proposed as")),
        )
        rows = tuple(Row((Cell(name, strong=True), _BECOMES[name])) for name in partner.takes.resources)
        table = Table(Label("送来的资源", "Resources taken"), columns, rows, id="records", reference=True)
    ask = Ask(
        href(partner.name),
        (
            Field(
                FILE, Label("对方送来的文件", "The partner’s file"), "file", error=error,
                accept=".json,application/json" if partner.form == "fhir" else ".csv,.xlsx,.xls",
            ),
        ),
        Button(Label("读入，逐条待采纳", "Take in as proposals"), look="primary"),
    )  # fmt: skip
    sample = (
        (Button(Label("样例文件", "Sample file"), href(partner.name, "sample")),) if partner.sample else ()
    )
    return Section("takes", Label("送来", "Taken"), table, ask=ask, says=(RULE,), buttons=sample)


_BECOMES: Final = {
    "Consent": kinds()["partner_consent"].label,
    "Observation": Label("生命体征、检查结果", "vital signs, results"),
    "Encounter": kinds()["referral_back"].label,
}


def _record(record: Record) -> Row:
    kind = kinds()[record.kind]
    answers = [_answer(kind.ask(answer.name), answer) for answer in record.answers]
    nothing = Label("只记日期", "the day alone")
    act = ACTS["partner_care" if kind.compartment == "medical" else "partner_entry"]
    roles = [ROLES[name].label for name in act.approved_by if name in kind.recorded_by]
    who = Label("、".join(r.zh for r in roles), ", ".join(r.en.lower() for r in roles))
    said = Label("；".join(a.zh for a in answers), "; ".join(a.en for a in answers)) if answers else nothing
    return Row((Cell(f"{record.head} = {record.says}", strong=True), kind.label, who, said))


def _answer(ask: Question, answer: Answer) -> Label:
    """A question and where its answer comes from, in our words."""

    def ours(value: str) -> Label:
        choice = ask.choice(value)
        return choice.label if choice else Label(value, value)

    if answer.value:
        fixed = ours(answer.value)
        return Label(f"{ask.label.zh}：{fixed.zh}", f"{ask.label.en}: {fixed.en}")
    pairs = [(theirs, ours(value)) for theirs, value in answer.codes.items()]
    zh, en = f"{ask.label.zh} ← {answer.head}", f"{ask.label.en} ← {answer.head}"
    if not pairs:
        return Label(zh, en)
    if answer.otherwise is not None:
        pairs.append(("…", ours(answer.otherwise)))
    return Label(
        f"{zh}（{'、'.join(f'{t} → {o.zh}' for t, o in pairs)}）",
        f"{en} ({', '.join(f'{t} → {o.en}' for t, o in pairs)})",
    )


def refusals(entry: Entry) -> Section:
    """What one exchange refused, and why."""
    found = read_kept(str(entry.get("reasons") or ""))
    columns = (
        Head(Label("行或者位置", "Row or path"), phone="lead"),
        Head(Label("列或者元素", "Column or element")),
        Head(Label("原因", "Why")),
    )
    rows = tuple(Row((Cell(r.where, strong=True), r.column or "—", r.label)) for r in found)
    day = entry.happened_on.isoformat()
    count = Label(f"{len(rows)} 条", f"{len(rows)}")
    empty = None if rows else Empty(Label("没有退回的。", "Nothing was refused."))
    table = Table(Label("退回的", "Refused"), columns, rows, (count,), empty=empty, id="refused")
    return Section("refused-part", Label(f"{day} 的交换：退回的", f"Exchange of {day}: refused"), table)


def chosen(entries: Sequence[Entry], text: str) -> Entry | None:
    """The exchange that an address names."""
    try:
        identifier = UUID(text)
    except ValueError:
        return None
    return next((e for e in entries if e.id == identifier), None)
