"""`guitu explain`: one person's assessment in sentences, with every sum and article."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from guitu.cli.main import language, say
from guitu.cli.opening import add_account, add_day
from guitu.kernel.errors import GuituError, nearest
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.casefile import CaseFile
    from guitu.pathway import Assessment
    from guitu.policy import Policy


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "说明一个人在某一天的措施、期限、应办事项和提示，逐条给出算法、条文和所凭的记录",
        "explain where a person stands on a day: measure, term, duties and findings, each with its sum, "
        "article and entries",
    )
    parser = subparsers.add_parser("explain", help=say(about), description=say(about))
    parser.add_argument(
        "case", nargs="?", metavar="CASE", help=say(Label("档案号或者档案标识", "a case number or file id"))
    )
    add_day(parser)
    add_account(parser)
    parser.add_argument(
        "--known-at",
        metavar="T",
        type=_moment,
        help=say(Label("按当时所知（日期或时刻）", "as it was known then (a day or a moment)")),
    )
    parser.add_argument(
        "--file",
        metavar="FILE",
        help=say(Label("改为说明案例文件中的一例", "explain a worked case of this file instead")),
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        help=say(Label("案例的名称（可只写一部分）", "the case's name, or part of it")),
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def _moment(text: str) -> datetime:
    """A moment; a day alone means up to its end, and without a zone China's time is meant."""
    from guitu.kernel.zone import CHINA

    try:
        if len(text) == len("2026-11-23"):
            return datetime.combine(date.fromisoformat(text), time.max, CHINA)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            say(
                Label(
                    f"“{text}”不是时刻，应写成 2026-11-23 或 2026-11-23T08:00",
                    f"“{text}” is not a moment; write it like 2026-11-23 or 2026-11-23T08:00",
                )
            )
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be explained."""

    file: CaseFile
    policy: Policy
    answer: Assessment
    note: Label | None = None
    """What has to be known beside it."""


def run(options: argparse.Namespace) -> int:
    """Explain one case."""
    from guitu import compose
    from guitu.pathway.explain import as_data, explain

    if bool(options.case) == bool(options.file):
        raise GuituError(
            Label(
                "请写一个档案号，或者用 --file 指定案例文件（二者选一）",
                "name one case, or a worked-case file with --file, not both",
            )
        )
    found = _worked(options) if options.file else _stored(options)
    if options.json:
        print(
            json.dumps(
                as_data(found.answer, language(), {e.id for e in found.file.entries}), ensure_ascii=False
            )
        )
    else:
        print("\n".join(explain(found.file, found.answer, found.policy, compose.kinds(), language())))
        if found.note is not None:
            print(say(found.note))
    return 0


def _worked(options: argparse.Namespace) -> Found:
    """A worked case of a file: on its own day unless another is asked for."""
    from guitu import compose, policy
    from guitu.pathway import assess
    from guitu.pathway.cases import read_cases

    cases = read_cases(Path(options.file), compose.kinds(), policy.names())
    wanted = options.name or ""
    matching = [c for c in cases if c.name == wanted] or [c for c in cases if wanted in c.name]
    if len(matching) != 1:
        guess = nearest(wanted, [c.name for c in cases]) if wanted and not matching else None
        hint = Label(f"，是不是“{guess}”？", f"; did you mean “{guess}”?") if guess else Label("。", ".")
        raise GuituError(
            Label(
                f"{options.file} 中有 {len(matching)} 例符合“{wanted}”，请用 --name 写明一例{hint.zh}",
                f"{len(matching)} cases of {options.file} match “{wanted}”; name one with --name{hint.en}",
            )
        )
    case = matching[0]
    rules = compose.policy(case.region, case.presets)
    answer = assess(case.file, rules, options.on or case.on, options.known_at or case.known_at)
    return Found(case.file, rules, answer)


def _stored(options: argparse.Namespace) -> Found:
    """A file of the store, by case number or id; today unless another day is asked for."""
    from guitu.cli.opening import acting, noted, now, open_store, say_who_looks, today

    open_store()
    from guitu.casefile import CaseFile
    from guitu.store.projections.compute import assess, rules
    from guitu.store.read.files import file_view, find_file
    from guitu.store.read.sight import seen_by, shown
    from guitu.store.read.targets import other_law, target_of
    from guitu.store.units import tree

    actor = acting(options.account)
    identifier = find_file(options.case)
    view = file_view(identifier) if identifier is not None else None
    sight = seen_by(actor, target_of(view, actor, now()), tree()) if view is not None else None
    if view is None or sight is None or not sight.decision.allowed or sight.narrow:
        raise GuituError(Label(f"没有档案“{options.case}”", f"there is no file “{options.case}”"))
    noted("open", [view.no], "explain", actor, sight.decision.reason)
    say_who_looks(actor)
    answer = assess(view.case_file, view.unit, options.on or today(), options.known_at)
    known = CaseFile(view.id, shown(sight, view.entries))
    return Found(known, rules(view.unit), answer, other_law(sight.target))
