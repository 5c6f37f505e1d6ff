"""`guitu snapshot`: the entries as Parquet, for figures over everybody."""

from __future__ import annotations

import argparse
import json
import time

from guitu.cli.main import say
from guitu.kernel.labels import Label

_ABOUT = Label(
    "更新分析快照：把新记录写成 Parquet 列式文件，供统计使用；不含任何加密内容、姓名、证件号和自由文字",
    "bring the analysis snapshot up to date: the new entries as Parquet files, for figures over everybody;"
    " nothing sealed, no name, no identity number and nothing typed freely is in it",
)
_FULL = Label("不看原快照，全部重新生成", "leave the old snapshot aside and write everything anew")
_JSON = Label("以 JSON 输出", "print JSON")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("snapshot", help=say(_ABOUT), description=say(_ABOUT))
    parser.add_argument("--full", action="store_true", help=say(_FULL))
    parser.add_argument("--json", action="store_true", help=say(_JSON))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Bring it up to date and say what was done."""
    from guitu.cli.opening import now, open_store
    from guitu.cli.progress import Progress

    open_store()
    from guitu.store import analysis, clock
    from guitu.store.snapshot.take import take

    folder = analysis.folder() / "snapshot"
    began = time.monotonic()
    with Progress(Label("已写 {done} / {total}", "{done} of {total} written")) as progress:
        taken = take(folder, now_ms=clock.milliseconds(now()), full=options.full, progress=progress.at)
    seconds = time.monotonic() - began
    snapshot = taken.snapshot
    people = snapshot.tables["files"].rows
    if options.json:
        print(
            json.dumps(
                {
                    "folder": str(folder),
                    "seq": snapshot.seq,
                    "last_ms": snapshot.last_ms,
                    "made_ms": snapshot.made_ms,
                    "new": taken.new,
                    "people": people,
                    "read_by_rules": snapshot.rows,
                    "removed_rows": taken.dropped,
                    "still_being_written": taken.waiting,
                    "anew": taken.anew.en if taken.anew else None,
                    "files": sum(len(table.parts) for table in snapshot.tables.values()),
                    "seconds": round(seconds, 2),
                },
                ensure_ascii=False,
            )
        )
        return 0
    if taken.anew is not None:
        why = taken.anew
        print(say(Label(f"已全部重新生成（{why.zh}）。", f"Written anew ({why.en}).")))
    print(
        say(
            Label(
                f"快照截至第 {snapshot.seq:,} 号记录：新写 {taken.new:,} 条，共 {people:,} 人，"
                f"用时 {seconds:.1f} 秒。",
                f"The snapshot goes up to entry {snapshot.seq:,}: {taken.new:,} new, {people:,} people,"
                f" {seconds:.1f} s.",
            )
        )
    )
    if taken.dropped:
        print(
            say(
                Label(
                    f"因销毁、合并或分开档案，移除了 {taken.dropped:,} 行。",
                    f"{taken.dropped:,} rows were removed: files were erased, merged or parted.",
                )
            )
        )
    if taken.waiting:
        print(
            say(
                Label(
                    f"其后最多 {taken.waiting:,} 条正由他人写入，下次纳入。",
                    f"Up to {taken.waiting:,} entries after it are still being written; they come next time.",
                )
            )
        )
    print(say(Label(f"位置：{folder}", f"It is in {folder}")))
    return 0
