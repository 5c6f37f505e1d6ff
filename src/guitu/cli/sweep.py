"""`guitu sweep`: everybody's measure, duties and findings on a day; what a draft law would change."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from guitu.cli.main import language, say
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.access import Actor
    from guitu.casefile.snapshot import Snapshot
    from guitu.pathway.sweep.comparing import Changes
    from guitu.pathway.sweep.swept import Swept
    from guitu.policy import Policy
    from guitu.store.units import Unit

_ABOUT = Label(
    "整体研判：按规则算出每个人在某一天的措施、期满日、应办事项和提示；可比较规则草案的影响",
    "everybody at once: each person's measure, last day, duties and findings on a day, by the rules; and"
    " what a draft of the rules would change",
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    from guitu.cli.opening import add_account, add_day

    parser = subparsers.add_parser("sweep", help=say(_ABOUT), description=say(_ABOUT))
    add_day(parser)
    parser.add_argument(
        "--known-at",
        metavar="YYYY-MM-DD",
        type=_moment,
        help=say(
            Label(
                "只按此日（或此刻）以前登记的记录；默认全部",
                "by the entries recorded up to then (a day, or a moment); all without it",
            )
        ),
    )
    parser.add_argument(
        "--engine",
        default="auto",
        help=say(
            Label(
                "kernel（也可写 duckdb）：编译后的规则；assess：逐人计算；"
                "spark：编译后的规则，在 Spark 集群上；auto：自动选择（默认）",
                "kernel (or duckdb): the compiled rules; assess: person by person; spark: the compiled rules"
                " on a Spark cluster; auto: whichever is sooner done (the default)",
            )
        ),
    )
    parser.add_argument(
        "--master",
        default="local[2]",
        metavar="URL",
        help=say(
            Label(
                "Spark 集群地址（与 --engine spark 一起用），默认本机",
                "address of the Spark cluster (with --engine spark); this machine without it",
            )
        ),
    )
    parser.add_argument(
        "--policy",
        type=Path,
        metavar="FILE",
        help=say(
            Label(
                "规则草案（YAML）：与现行规则比较，谁会受影响、怎样变化",
                "a draft of rules (YAML): beside the rules in force, who would be affected and how",
            )
        ),
    )
    parser.add_argument(
        "--snapshot",
        type=Path,
        metavar="FOLDER",
        help=say(Label("快照文件夹，默认本办公点的", "folder of the snapshot; this office's without it")),
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help=say(Label("把结果写成 Parquet，放在此文件夹", "write the answers as Parquet into this folder")),
    )
    parser.add_argument(
        "--unit", help=say(Label("单位代码，默认全部", "a unit's code; everything without it"))
    )
    parser.add_argument(
        "--list",
        action="store_true",
        dest="listed",
        help=say(
            Label("列出受影响的人（与 --policy 一起用）", "list the people affected (together with --policy)")
        ),
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    add_account(parser)
    parser.set_defaults(run=run)


def _moment(text: str) -> datetime:
    from guitu.kernel.zone import CHINA

    try:
        if len(text) == len("2026-11-23"):
            return datetime.combine(date.fromisoformat(text), time.max, CHINA)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            say(
                Label(
                    f"“{text}”不是日期或时刻，应写成 2026-11-23 或 2026-11-23T09:00",
                    f"“{text}” is neither a day nor a moment; write it like 2026-11-23 or 2026-11-23T09:00",
                )
            )
        ) from None
    return found if found.tzinfo is not None else found.replace(tzinfo=CHINA)


def run(options: argparse.Namespace) -> int:
    """Work it out and print the counts."""
    from guitu.cli.opening import acting, open_store, say_who_looks, today

    if options.listed and options.policy is None:
        raise GuituError(Label("--list 只与 --policy 一起用。", "--list goes with --policy only."))
    open_store()
    from guitu import compose
    from guitu.casefile.snapshot import Snapshot
    from guitu.pathway.sweep.comparing import compare
    from guitu.pathway.sweep.counting import count
    from guitu.store import analysis
    from guitu.store.projections.compute import presets

    actor = acting(options.account)
    units = _units(actor, options.unit)
    if options.out is not None and not actor.is_house:
        raise GuituError(
            Label(
                "以账号查看时只显示数字，不写出结果文件。",
                "looking as an account shows counts only; it writes no answers to a folder.",
            )
        )
    snapshot = Snapshot.open(options.snapshot or analysis.folder() / "snapshot")
    on = options.on or today()
    in_force = partial(compose.policy, presets=tuple(presets()))
    swept = _sweep(snapshot, on, options, in_force, options.out)
    say_who_looks(actor)
    if options.policy is None:
        counts = count(swept, units)
        if options.json:
            print(json.dumps(_about(swept) | counts.data(), ensure_ascii=False))
        else:
            from guitu.cli.sweep_text import lines

            print("\n".join(lines(swept, counts)))
        return 0
    drafted = _draft(options.policy)
    changes = compare(swept, _sweep(snapshot, on, options, drafted, None), units)
    people = _people(changes.affected.tolist(), snapshot, actor) if options.listed else []
    if options.json:
        told = _about(swept) | {"policy": options.policy.name} | changes.data()
        if options.listed:
            told["list"] = [{"case_no": no, "what": _what(changes, key)} for key, no in people]
        print(json.dumps(told, ensure_ascii=False))
        return 0
    from guitu.cli.sweep_text import changed

    print("\n".join(changed(swept, changes)))
    for key, no in people:
        print(f"  {no}  {say(Label('、', ', ')).join(_what(changes, key))}")
    return 0


def _sweep(
    snapshot: Snapshot,
    on: date,
    options: argparse.Namespace,
    policies: Callable[[str], Policy],
    out: Path | None,
) -> Swept:
    from guitu.cli.progress import Progress
    from guitu.cli.spark import spark_session
    from guitu.pathway.sweep.run import sweep

    with (
        spark_session(options.master) if options.engine == "spark" else nullcontext() as session,
        Progress(Label("已算 {done} / {total} 份", "{done} of {total} parts done")) as progress,
    ):
        return sweep(
            snapshot,
            on=on,
            known_at=options.known_at,
            policies=policies,
            engine=options.engine,
            out=out,
            progress=progress.at,
            session=session,
        )


def _draft(path: Path) -> Callable[[str], Policy]:
    """The rules of a province with the draft laid over them."""
    from guitu import compose
    from guitu.store.projections.compute import presets

    return partial(compose.draft, path, presets=tuple(presets()))


def _units(actor: Actor, code: str | None) -> set[int] | None:
    """The numbers of the units whose files are counted: those under the unit named that the account may list;
    None: everybody."""
    from guitu.access import Target, decide
    from guitu.store.units import tree

    if code is None and actor.is_house:
        return None
    top = tree().find(code) if code is not None else None
    found = {unit.no for unit in _under(top) if decide(actor, "list", Target(unit.path)).allowed}
    if not found:
        what = Label(f"“{top.name}”", f"“{top.name}”") if top else Label("任何单位", "any unit")
        raise GuituError(
            Label(f"此账号不能查看{what.zh}的名单。", f"this account may not list the files of {what.en}.")
        )
    return found


def _under(top: Unit | None) -> list[Unit]:
    """A unit and all below it; every unit for None."""
    from guitu.store.units import tree

    found: list[Unit] = []
    waiting = [top] if top is not None else list(tree().children(None))
    while waiting:
        unit = waiting.pop()
        found.append(unit)
        waiting += tree().children(unit)
    return found


def _people(keys: list[int], snapshot: Snapshot, actor: Actor) -> list[tuple[int, str]]:
    """Who is affected, by case number, as far as the account may find them; noted as a list that was read.
    Who stands in no list stands in none of these."""
    from guitu.access import Target, decide
    from guitu.cli.opening import noted
    from guitu.pathway.sweep.run import whole
    from guitu.store.models import CaseFile, CaseStatus
    from guitu.store.snapshot.keys import files_of

    files = whole(snapshot, "files", ["person", "hidden"])
    hidden = set(files.filter(files["hidden"])["person"].to_pylist())
    by_number = {no: key for key, no in files_of([k for k in keys if k not in hidden]).items()}
    units = {unit.no: unit for unit in _under(None)}
    held = dict(CaseStatus.objects.filter(file__in=list(by_number)).values_list("file", "unit"))
    found = {}
    for no, case_no in CaseFile.objects.filter(no__in=list(held)).values_list("no", "case_no"):
        unit = units.get(held[no])
        if decide(actor, "find", Target(unit.path if unit else ())).allowed:
            found[no] = str(case_no)
    noted("list", set(found), "sweep", actor)
    return sorted(((by_number[no], case_no) for no, case_no in found.items()), key=lambda one: one[1])


def _what(changes: Changes, key: int) -> list[str]:
    """What changes for a person, in words."""
    from guitu.cli.sweep_text import ASPECTS

    return [ASPECTS[name].say(language()) for name, keys in changes.by_aspect.items() if key in keys]


def _about(swept: Swept) -> dict[str, object]:
    from guitu.pathway.sweep.swept import handed

    return {
        "on": swept.on.isoformat(),
        "known_at": swept.known_at.isoformat() if swept.known_at else None,
        "seq": swept.seq,
        "entries": swept.tally.rows,
        "by_hand": swept.tally.by_hand,
        "by_hand_why": dict(handed(swept.tally)),
    }
