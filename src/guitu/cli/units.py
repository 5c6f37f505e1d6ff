"""`guitu units`: the tree of places and institutions, and adding a province from the national codes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guitu.cli.main import say
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.store.divisions import Division

COUNTIES_ONLY: Final = Label(
    "这个省只有省、市、县三级；乡镇和村用 guitu units --places 文件 增加（CSV，两列：code、name）。",
    "Of this province only prefectures and counties are here; add its towns and villages with"
    " guitu units --places FILE (a CSV with the columns code and name).",
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "查看单位树；从全国区划代码建立一个省",
        "show the tree of units; add a province from the national codes",
    )
    parser = subparsers.add_parser("units", help=say(about), description=say(about))
    parser.add_argument("unit", nargs="?", help=say(Label("单位代码", "a unit's code")))
    parser.add_argument(
        "--add-province",
        metavar=say(Label("代码", "CODE")),
        help=say(Label("建立这个省的全部单位，如 46", "add all units of this province, such as 46")),
    )
    parser.add_argument(
        "--places",
        type=Path,
        metavar=say(Label("文件", "FILE")),
        help=say(
            Label(
                "增加 CSV 文件里的地方（两列：code、name），补上只到县级的省的乡镇和村",
                "add the places of a CSV file (columns code and name): the towns and villages of a province"
                " that is here down to its counties only",
            )
        ),
    )
    parser.add_argument(
        "--add",
        nargs=3,
        metavar=(say(Label("代码", "CODE")), say(Label("名称", "NAME")), say(Label("类别", "KIND"))),
        help=say(
            Label(
                "增加一个区划代码中没有的单位，代码以上级的代码开头，如 46J01 某某戒毒所 justice_centre；"
                "类别：justice_centre、police_centre、brigade、guidance_station、hospital、town、village",
                "add a unit that the national codes do not have; its code begins with that of the unit above"
                " it, such as 46J01 NAME justice_centre; kinds: justice_centre, police_centre, brigade,"
                " guidance_station, hospital, town, village",
            )
        ),
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    from guitu.cli.opening import add_day

    add_day(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Add, or show a unit with what is below it."""
    from guitu.cli.opening import open_store, today

    open_store()
    from guitu.store import read, units

    if options.add_province:
        added = units.add_province(options.add_province)
        print(say(Label(f"新增 {added} 个单位。", f"{added} units added.")))
        if not units.whole(options.add_province):
            print(say(COUNTIES_ONLY))
        return 0
    if options.places:
        added = units.add_places(_places(options.places))
        print(say(Label(f"新增 {added} 个单位。", f"{added} units added.")))
        return 0
    if options.add:
        added = units.add_office(*options.add)
        print(
            say(
                Label(f"已增加{options.add[1]}。", f"{options.add[1]} added.")
                if added
                else Label(f"{options.add[1]}已经有了。", f"{options.add[1]} is there already.")
            )
        )
        return 0
    day = options.on or today()
    if options.unit:
        view = read.unit_view(options.unit, day)
        lines = [view.here, *view.below]
    else:
        lines = list(read.unit_lines(None, day))
    if options.json:
        print(
            json.dumps(
                [
                    {
                        "code": x.unit.code,
                        "name": x.unit.name,
                        "level": x.unit.level,
                        "people": x.people,
                        "open": x.open,
                        "overdue": x.overdue,
                    }
                    for x in lines
                ],
                ensure_ascii=False,
            )
        )
        return 0
    if not lines:
        print(
            say(
                Label(
                    "还没有单位。用 guitu units --add-province 46 建立一个省。",
                    "No units yet. Add a province with guitu units --add-province 46.",
                )
            )
        )
    for x in lines:
        figures = Label(
            f"在册 {x.people} · 应办 {x.open} · 逾期 {x.overdue}",
            f"{x.people} people · {x.open} open · {x.overdue} overdue",
        )
        print(f"{x.unit.code:<14} {x.unit.name}  {say(figures)}")
    return 0


def _places(path: Path) -> list[Division]:
    from guitu.store.divisions import UnreadablePlacesError, read_places

    try:
        return read_places(path.read_bytes())
    except UnreadablePlacesError as wrong:
        raise GuituError(wrong.label, where=str(path)) from wrong
    except OSError as wrong:
        raise GuituError(Label("打不开这个文件。", "The file cannot be opened."), where=str(path)) from wrong
