"""`guitu fhir`: one person's file for a partner as a FHIR bundle, and a bundle checked."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from guitu.cli.main import language, say
from guitu.cli.opening import acting, add_account, noted, now, open_store, say_who_looks
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with its tasks."""
    about = Label("与医疗机构以 FHIR R4 交换", "exchange with medical partners as FHIR R4")
    top = subparsers.add_parser("fhir", help=say(about), description=say(about))
    tasks = top.add_subparsers(dest="task", metavar=say(Label("任务", "TASK")), required=True)

    gives = Label(
        "把一人的档案按映射和本人同意写成 FHIR 文件，并记入查阅记录",
        "write one person's file as a FHIR bundle, as mapping and consent allow; noted in the access log",
    )
    export = tasks.add_parser("export", help=say(gives), description=say(gives))
    export.add_argument("case", metavar="CASE", help=say(Label("档案号", "a case number")))
    export.add_argument(
        "--partner", required=True, metavar=say(Label("合作单位", "PARTNER")),
        help=say(Label("映射名，见 guitu partners list", "a mapping's name: see guitu partners list")),
    )  # fmt: skip
    export.add_argument(
        "--compartment", action="append", default=[], metavar=say(Label("分区", "COMPARTMENT")),
        help=say(Label("只要这些分区，可写多次", "only these compartments; may be repeated")),
    )  # fmt: skip
    where = Label("写到哪里；不写则输出到屏幕", "where to; standard output without it")
    export.add_argument("--out", type=Path, metavar=say(Label("文件", "FILE")), help=say(where))
    add_account(export)
    export.set_defaults(run=run_export)

    looks = Label(
        "检查一个 FHIR 文件：结构、代码、引用；写明合作单位时并说明会成为哪些待采纳记录。什么都不写入",
        "check a FHIR bundle: structure, codes, references; with a partner, also what it would propose."
        " Writes nothing",
    )
    check = tasks.add_parser("check", help=say(looks), description=say(looks))
    check.add_argument("file", type=Path, metavar=say(Label("文件", "FILE")))
    check.add_argument("--partner", default="", metavar=say(Label("合作单位", "PARTNER")))
    check.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    check.set_defaults(run=run_check)


def run_export(options: argparse.Namespace) -> int:
    """Write the bundle; what it holds goes to standard error."""
    import sys

    open_store()
    from guitu.access import Target, decide
    from guitu.exchange.fhir import check
    from guitu.exchange.partners import partners
    from guitu.exchange.partners.telling import may_tell, tell
    from guitu.store.read.files import file_view, find_file
    from guitu.store.read.sight import seen_by
    from guitu.store.read.targets import target_of
    from guitu.store.units import tree

    actor, moment = acting(options.account), now()
    partner = partners()[options.partner]
    identifier = find_file(options.case)
    view = file_view(identifier) if identifier is not None else None
    sight = seen_by(actor, target_of(view, actor, moment), tree()) if view is not None else None
    if view is None or view.about != "person" or sight is None or not sight.decision.allowed or sight.narrow:
        raise GuituError(Label(f"没有档案“{options.case}”", f"there is no file “{options.case}”"))
    leaves = decide(actor, "export", Target(view.area))
    if not leaves.allowed:
        raise GuituError(
            Label(f"不能导出：{leaves.reason.zh}。", f"it cannot be taken along: {leaves.reason.en}.")
        )
    compartments = may_tell(partner, view, sight.open, moment, options.compartment)
    noted("export", [view.no], f"fhir {partner.name} {' '.join(compartments)}", actor, sight.decision.reason)
    say_who_looks(actor)
    told = tell(partner, view, sight, compartments, moment)
    if wrong := check(told.bundle):
        raise GuituError(wrong[0].label, where=wrong[0].where)
    text = json.dumps(told.bundle, ensure_ascii=False, indent=1)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    print(
        say(
            Label(
                f"{told.resources} 项资源，分区：{'、'.join(compartments)}",
                f"{told.resources} resources of {', '.join(compartments)}",
            )
        ),
        file=sys.stderr,
    )
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Check a file; 1 if anything is wrong with it."""
    from guitu.cli.opening import start_django

    start_django()
    from guitu.exchange.fhir import check, loaded
    from guitu.exchange.fhir.incoming import read_bundle
    from guitu.exchange.partners import partners

    try:
        raw = options.file.read_bytes()
    except OSError as problem:
        raise GuituError(
            Label("文件读不出来", "the file cannot be read"), where=str(options.file)
        ) from problem
    data, wrong = loaded(raw)
    faults = [*wrong, *(check(data, whole=False) if data is not None else ())]
    read = None
    if data is not None and not faults and options.partner:
        read = read_bundle(partners()[options.partner], data)
    if options.json:
        print(json.dumps({
            "good": not faults,
            "faults": [{"where": w.where, "message": w.label.say(language())} for w in faults],
            "drafts": [{"where": d.where, "case": d.case_no, "kind": d.kind, "day": d.day.isoformat()}
                       for d in (read.drafts if read else ())],
            "refused": [{"where": r.where, "column": r.column, "code": r.code}
                        for r in (read.refused if read else ())],
        }, ensure_ascii=False))  # fmt: skip
        return 1 if faults else 0
    for one in faults:
        print(f"✕ {one.where}: {say(one.label)}")
    if not faults:
        print(say(Label("✓ 符合 FHIR R4", "✓ is FHIR R4")))
    for draft in read.drafts if read else ():
        print(f"○ {draft.where}: {draft.case_no} {draft.kind} {draft.day.isoformat()}")
    for refusal in read.refused if read else ():
        print(f"✕ {refusal.where} {refusal.column}: {say(refusal.label)}")
    return 1 if faults else 0
