"""`guitu simulate`: a fictional province whose records have the figures of a targets file."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from guitu.cli.main import say
from guitu.cli.opening import add_day
from guitu.cli.progress import Progress
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.simulate.targets.plan import Plan
    from guitu.simulate.targets.writing import Written

MARK: Final = "simulation.json"
"""The file in the data folder that says what was simulated into it."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label("按目标文件模拟一个省", "make a fictional province to the figures of a targets file")
    parser = subparsers.add_parser(
        "simulate",
        help=say(about),
        description=say(
            Label(
                "按目标文件里的数字模拟一个省的人员档案和单位档案：同一份文件、同一种子，逐条相同。写入一个空的库；"
                "人、身份证号都是虚构的。写完以后用 guitu indicators check 数回来。",
                "Make the files of a fictional province with exactly the figures of a targets file: the same"
                " file and seed give the same entries. It is written into an empty store; nobody in it"
                " exists. Count the figures back with guitu indicators check.",
            )
        ),
    )
    parser.add_argument(
        "--targets", type=Path, required=True, metavar=say(Label("文件", "FILE")),
        help=say(Label("目标文件（TOML）", "targets file (TOML)")),
    )  # fmt: skip
    parser.add_argument(
        "--people", type=int, required=True, metavar="N",
        help=say(Label("一共多少人的档案", "how many people's files in all")),
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help=say(Label("种子，默认 1", "seed; 1 without it"))
    )
    add_day(parser)
    parser.add_argument(
        "--faults", type=Path, metavar=say(Label("文件", "FILE")),
        help=say(
            Label(
                "把埋设的差错写成 JSON；默认写在数据文件夹",
                "write the planted faults there as JSON; in the data folder without it",
            )
        ),
    )  # fmt: skip
    parser.add_argument(
        "--plan-only", action="store_true",
        help=say(Label("只算出需要多少人，不写入", "only say how many people it takes; write nothing")),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=say(Label("输出 JSON", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Plan, write, and say what was written."""
    if options.people < 1:
        raise GuituError(
            Label(f"人数应不小于 1，现为 {options.people}", f"people must be 1 or more, not {options.people}")
        )
    from guitu.indicators.targets import read

    targets = read(options.targets)
    os.environ["GUITU_DEMO_IDS"] = "1"  # nobody here exists, and the numbers say so
    from guitu.cli.opening import open_store, start_django

    start_django()
    from guitu.simulate import names
    from guitu.simulate.targets import plan as planning
    from guitu.simulate.targets.writing import write
    from guitu.web.clock import now, today
    from guitu.web.home import home

    began = time.monotonic()
    day = options.on or today()
    if options.people > names.most_people(day) // 2:
        raise GuituError(Label(f"{options.people:,} 人太多了", f"{options.people:,} people are too many"))
    if not options.plan_only:
        open_store()
        mark = _mark(options, day.isoformat())
        _see_that_it_is_empty(home(), mark)
    _tell(Label("正在按目标文件推算需要哪些人……", "Working out who is needed for these figures …"))
    presets = tuple(p.strip() for p in os.environ.get("GUITU_PRESETS", "").split(",") if p.strip())
    plan = planning.make(targets, people=options.people, seed=options.seed, today=day, presets=presets)
    planned = time.monotonic() - began
    if options.plan_only:
        return _say_plan(options, plan, planned)
    folder = home()
    (folder / MARK).write_text(json.dumps(mark, ensure_ascii=False), encoding="utf-8")
    label = Label("已写入 {done} / {total} 份档案", "{done} of {total} files written")
    total = plan.people + len({made.unit for made in plan.unit_entries})
    with Progress(label) as progress:
        written = write(plan, now(), progress=lambda done, _: progress.at(done, total))
    where = options.faults or folder / "faults.json"
    where.write_text(
        json.dumps([asdict(f) for f in written.faults], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return _say_written(options, plan, written, where, planned, time.monotonic() - began)


def _say_plan(options: argparse.Namespace, plan: Plan, took: float) -> int:
    if options.json:
        print(json.dumps({"needed": plan.needed, "unit_entries": len(plan.unit_entries)}))
        return 0
    _tell(
        Label(
            f"这些数字至少需要 {plan.needed:,} 人，另有单位档案记录 {len(plan.unit_entries):,} 条（推算用时"
            f" {took:.0f} 秒）。",
            f"These figures take {plan.needed:,} people, and {len(plan.unit_entries):,} entries in unit files"
            f" (worked out in {took:.0f} s).",
        )
    )
    return 0


def _say_written(
    options: argparse.Namespace, plan: Plan, written: Written, where: Path, planned: float, took: float
) -> int:
    if options.json:
        found: dict[str, Any] = {
            "people": plan.people, "needed": plan.needed, "files": written.files, "entries": written.entries,
            "seconds": round(took, 1), "planned_in": round(planned, 1),
            "faults": [asdict(fault) for fault in written.faults],
        }  # fmt: skip
        print(json.dumps(found, ensure_ascii=False))
        return 0
    _tell(
        Label(
            f"已写入 {plan.people:,} 人（其中 {plan.needed:,} 人是这些数字所需），"
            f"{written.entries:,} 条记录，用时 {took:.0f} 秒；"
            f"埋设差错 {len(written.faults):,} 处，见 {where}。",
            f"{plan.people:,} people written ({plan.needed:,} of them for the figures),"
            f" {written.entries:,} entries, {took:.0f} s;"
            f" {len(written.faults):,} planted faults are listed in {where}.",
        )
    )
    return 0


def _mark(options: argparse.Namespace, day: str) -> dict[str, Any]:
    """What this simulation is, so that a stopped one may be taken up again and no other one."""
    digest = sha256(options.targets.read_bytes()).hexdigest()
    return {"targets": digest, "people": options.people, "seed": options.seed, "day": day}


def _see_that_it_is_empty(folder: Path, mark: dict[str, Any]) -> None:
    """Refuse a store in which anything else stands: invented people do not go among real ones."""
    from guitu.store import engine

    there = folder / MARK
    if there.is_file() and json.loads(there.read_text(encoding="utf-8")) == mark:
        return
    if engine.row("SELECT 1 FROM store_casefile LIMIT 1") or engine.row("SELECT 1 FROM auth_user LIMIT 1"):
        raise GuituError(
            Label(
                f"{folder} 的库里已有档案或账号；虚构的人只写进空的库，请用 GUITU_HOME 另指一个文件夹。",
                f"The store in {folder} already holds files or accounts; invented people go only into an"
                " empty one: name another folder with GUITU_HOME.",
            )
        )


def _tell(label: Label) -> None:
    print(say(label), file=sys.stderr, flush=True)
