"""`guitu roster`: look for a duty roster, or check one. Reads and writes files; needs no store."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guitu.cli.main import language, say
from guitu.cli.opening import amount
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.centre.roster import Breach, Problem
    from guitu.rostering.solve import Progress


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with its two tasks."""
    about = Label("值班排班：求解，核对", "duty rosters: look for one, check one")
    roster = subparsers.add_parser("roster", help=say(about), description=say(about))
    tasks = roster.add_subparsers(dest="task", metavar=say(Label("任务", "TASK")), required=True)
    looked = Label("按问题文件求解，输出班表", "look for a roster that answers a problem file, and print it")
    solve = tasks.add_parser("solve", help=say(looked), description=say(looked))
    solve.add_argument(
        "file", type=Path, metavar="FILE", help=say(Label("问题文件（JSON）", "problem, JSON"))
    )
    solve.add_argument(
        "--seconds", type=float, default=30.0, help=say(Label("时间（秒）", "seconds it may take"))
    )
    solve.add_argument("--seed", type=int, default=1, help=say(Label("随机种子", "seed")))
    solve.add_argument(
        "--workers", type=amount, default=2, help=say(Label("并行数", "how many parts at once"))
    )
    solve.add_argument(
        "--rounds",
        type=amount,
        help=say(Label("改进轮数，不写则用满时间", "rounds; all the time without it")),
    )
    solve.add_argument("--out", type=Path, help=say(Label("班表写入此文件", "write the roster to this file")))
    checked = Label(
        "核对班表是否符合规则；有不符时以 1 退出", "check a roster; exits with 1 if anything is wrong"
    )
    check = tasks.add_parser("check", help=say(checked), description=say(checked))
    check.add_argument(
        "file", type=Path, metavar="FILE", help=say(Label("问题文件（JSON）", "problem, JSON"))
    )
    check.add_argument(
        "roster", type=Path, metavar="ROSTER", help=say(Label("班表文件（JSON）", "roster, JSON"))
    )
    for one in (solve, check):
        one.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    solve.set_defaults(run=run_solve)
    check.set_defaults(run=run_check)


def run_solve(options: argparse.Namespace) -> int:
    """Look for a roster; say why where a post cannot be held. 1 if it is not whole."""
    from guitu.centre.roster import check
    from guitu.centre.roster.reading import roster_data
    from guitu.rostering.explain import explain
    from guitu.rostering.solve import solve

    problem = _problem(options.file)
    found = solve(
        problem, seconds=options.seconds, seed=options.seed, workers=max(1, options.workers),
        rounds=options.rounds, told=_tell if not options.json else lambda _: None,
    )  # fmt: skip
    breaches = check(found.roster, problem)
    why = explain(problem, found.roster) if breaches else []
    data = roster_data(found.roster, problem)
    if options.out is not None:
        options.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.json:
        data |= {
            "complete": not breaches, "cost": found.score.total, "seconds": round(found.seconds, 2),
            "first": None if found.first is None else round(found.first, 2), "rounds": found.rounds,
            "breaches": [_breach(b, problem) for b in breaches],
            "why": [w.says.say(language()) for w in why],
        }  # fmt: skip
        print(json.dumps(data, ensure_ascii=False))
        return 1 if breaches else 0
    if options.out is None:
        _table(found.roster, problem)
    for one in why:
        print(f"✕ {one.says.say(language())}")
    _verdict(breaches, problem)
    print(say(Label(f"代价 {found.score.total}，用时 {found.seconds:.1f} 秒",
                    f"cost {found.score.total}, {found.seconds:.1f} s")))  # fmt: skip
    return 1 if breaches else 0


def run_check(options: argparse.Namespace) -> int:
    """Check a roster against its problem."""
    from guitu.centre.roster import check, score
    from guitu.centre.roster.reading import roster_of

    problem = _problem(options.file)
    data = _json(options.roster)
    if isinstance(data, dict):
        data = {k: v for k, v in data.items() if k in ("cells", "batches")}
    roster = roster_of(data, problem)
    breaches = check(roster, problem)
    if options.json:
        cost = score(roster, problem).total
        print(
            json.dumps(
                {"breaches": [_breach(b, problem) for b in breaches], "cost": cost}, ensure_ascii=False
            )
        )
    else:
        _verdict(breaches, problem)
    return 1 if breaches else 0


def _verdict(breaches: list[Breach], problem: Problem) -> None:
    for breach in breaches:
        print(f"✕ {breach.says.say(language())}")
    good = Label("符合全部规则。", "It keeps every rule.")
    bad = Label(f"{len(breaches)} 处不符。", f"{len(breaches)} things are wrong.")
    print(say(bad if breaches else good))


def _tell(progress: Progress) -> None:
    if progress.done % 20 == 0:
        cost = "" if progress.cost is None else f" {progress.cost}"
        print(
            f"… {progress.stage} {progress.done} {progress.seconds:.1f} s{cost}", file=sys.stderr, flush=True
        )


def _breach(breach: Breach, problem: Problem) -> dict[str, Any]:
    return {
        "rule": breach.rule, "person": breach.person, "post": breach.post, "shift": breach.shift,
        "first": problem.day(breach.first).isoformat(), "last": problem.day(breach.last).isoformat(),
        "message": breach.says.say(language()),
    }  # fmt: skip


def _table(roster: Any, problem: Problem) -> None:
    """People down, days across; the code of the shift, a dot for a day off."""
    wide = max(len(p.name) for p in problem.people)
    for person in problem.people:
        codes = [roster.shift(person.id, d).replace("-", "·") for d in range(problem.days)]
        print(f"{person.name:<{wide}} {' '.join(codes)}")


def _problem(path: Path) -> Problem:
    from guitu.centre.roster.reading import problem_of

    return problem_of(_json(path))


def _json(path: Path) -> object:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise GuituError(Label("不是 JSON 文件。", "this is no JSON file."), where=str(path)) from wrong
    return found
