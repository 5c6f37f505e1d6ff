"""`guitu policy`: check the rules as they are written, and list them."""

from __future__ import annotations

import argparse
import json
import os

from guitu.cli.main import language, say
from guitu.cli.opening import add_day, today
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    about = Label("规则：检查与列表", "the rules: check and list them")
    parser = subparsers.add_parser("policy", help=say(about), description=say(about))
    inner = parser.add_subparsers(metavar=say(Label("操作", "ACTION")), required=True)
    check_about = Label(
        "检查规则的写法、引用的条文、所读的记录类型，以及一年以上未核对的规则；有问题时以 1 退出",
        "check how the rules are written, the articles they cite, the entries they read, and which were not "
        "compared with the law for over a year; exits with 1 if something is wrong",
    )
    check = inner.add_parser("check", help=say(check_about), description=say(check_about))
    add_day(check)
    check.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    check.set_defaults(run=run)
    list_about = Label(
        "列出一地在某一天的规则：是否启用、依据、核实程度",
        "list a region's rules on a day: applied or not, articles, how far verified",
    )
    listing = inner.add_parser("list", help=say(list_about), description=say(list_about))
    add_day(listing)
    listing.add_argument(
        "--region", default="", help=say(Label("行政区划代码，如 46", "a division code such as 46"))
    )
    listing.add_argument(
        "--preset", action="append", default=[], help=say(Label("启用的预设", "a preset to turn on"))
    )
    listing.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    listing.set_defaults(run=run_list)


def run(options: argparse.Namespace) -> int:
    """Check the rules."""
    from guitu import compose, policy

    on = options.on or today()
    problems = policy.check(on)
    told = (one.strip() for one in os.environ.get("GUITU_PRESETS", "").split(","))
    compose.policy("", [one for one in told if one])  # this office's presets must go together
    if not any(problem.code == "schema" for problem in problems):
        problems += compose.check()
    if options.json:
        print(
            json.dumps(
                {
                    "on": on.isoformat(),
                    "rules": len(policy.all_rules()) if not problems or problems[0].code != "schema" else 0,
                    "problems": [
                        {"code": p.code, "rule": p.rule, "where": p.where, "message": p.label.say(language())}
                        for p in problems
                    ],
                },
                ensure_ascii=False,
            )
        )
        return 1 if problems else 0
    for p in problems:
        print(f"✕ {p.where} {p.rule}: {say(p.label)}".replace("  ", " "))
    if problems:
        print(say(Label(f"{len(problems)} 处问题", f"{len(problems)} problems")))
        return 1
    rules = policy.all_rules()
    instruments = policy.instruments()
    print(
        say(
            Label(
                f"{len(rules)} 条规则、{len(instruments)} 部法规，没有发现问题",
                f"{len(rules)} rules, {len(instruments)} instruments, nothing wrong",
            )
        )
    )
    return 0


def run_list(options: argparse.Namespace) -> int:
    """List the rules of a region."""
    from guitu import compose

    on = options.on or today()
    rules = compose.policy(options.region, options.preset)
    applied = {rule.id: rule for rule in rules.applied}
    rows = []
    for rule in rules.rules.values():
        here = applied.get(rule.id)
        version = (here or rule).at(on) or rule.versions[-1]
        rows.append(
            {
                "rule": rule.id,
                "label": rule.label.say(language()),
                "measures": list(rule.measures),
                "applied": here is not None and here.at(on) is not None,
                "standing": rule.standing(on),
                "status": version.status,
                "mark": rule.mark,
                "cites": [str(cite) for cite in version.cites],
                "last_checked": version.last_checked.isoformat(),
                "unevaluated": version.unevaluated.say(language()) if version.unevaluated else None,
            }
        )
    if options.json:
        print(json.dumps({"on": on.isoformat(), "rules": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        mark = "●" if row["applied"] else "○"
        print(
            f"{mark} {row['rule']}  {row['label']}  [{', '.join(row['cites'])}]  "
            f"{row['status']}/{row['mark']}"
        )
        if row["unevaluated"]:
            print(f"    {row['unevaluated']}")
    return 0
