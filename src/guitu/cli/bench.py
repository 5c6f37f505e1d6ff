"""`guitu bench`: speed beside an equivalent in the same run. Never a test's verdict."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from guitu.cli.main import say
from guitu.cli.opening import amount
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.bench.report import Figure

WHAT = (
    "api", "assess", "cases", "centre", "dashboards", "follow_ups", "indicators", "ledger", "pages", "phone",
    "readings", "roster", "sealing", "snapshot", "spark", "sweep", "verify",
)  # fmt: skip


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "测量速度，与同类做法在同一次运行中比较", "measure speed, beside an equivalent in the same run"
    )
    parser = subparsers.add_parser("bench", help=say(about), description=say(about))
    parser.add_argument(
        "what",
        nargs="*",
        help=say(Label("测什么，默认全部：", "what to measure; all without it: ")) + " ".join(WHAT),
    )
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append", default=None)
    parser.add_argument(
        "--rows",
        type=amount,
        default=None,
        help=say(
            Label(
                "台账或查阅记录的行数（默认 10 万）；校验的记录数（默认 100 万）",
                "rows of the ledger or of the access log (100,000), entries that are verified (1,000,000)",
            )
        ),
    )  # fmt: skip
    parser.add_argument(
        "--people", type=amount, default=50_000, help=say(Label("人数", "people that go through the gate"))
    )
    parser.add_argument(
        "--copies",
        type=amount,
        default=1,
        help=say(
            Label(
                "在 PostgreSQL 内复制成几倍（20 即一百万人）", "how many times over, copied inside PostgreSQL"
            )
        ),
    )
    parser.add_argument(
        "--residents", type=amount, default=2000, help=say(Label("所内人数", "people in the centre at once"))
    )
    parser.add_argument(
        "--days", type=amount, default=365, help=say(Label("几天的记录", "days of it that are told"))
    )
    parser.add_argument(
        "--only",
        nargs="*",
        default=[],
        help=say(
            Label(
                "只测名称含这些字的页面；排班：只比这一个（alone、given）",
                "only pages named like this; rosters: only this peer (alone, given)",
            )
        ),
    )
    parser.add_argument(
        "--requests", type=amount, default=400, help=say(Label("每页请求数", "requests a page"))
    )
    parser.add_argument(
        "--home",
        type=Path,
        help=say(Label("保留数据的文件夹，下次不必重建", "folder that keeps the province for next time")),
    )
    parser.add_argument(
        "--cases",
        type=Path,
        default=Path("tests/cases"),
        help=say(Label("案例文件夹", "folder of worked cases")),
    )
    parser.add_argument(
        "--instances",
        type=Path,
        help=say(Label("公开排班算例（.ros）的文件夹", "folder of public rostering instances (.ros)")),
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=90.0,
        help=say(Label("排班：整体模型的时间", "rosters: the one model's time")),
    )
    parser.add_argument(
        "--seeds", type=amount, default=5, help=say(Label("排班：几组", "rosters: how many problems"))
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    # ten minutes and more: only when asked for
    wanted = options.what or [w for w in WHAT if w not in ("centre", "phone", "roster")]
    for word in wanted:
        if word not in WHAT:
            raise GuituError(
                Label(
                    f"没有“{word}”这一项，可测：{' '.join(WHAT)}",
                    f"no “{word}” to measure; there are {' '.join(WHAT)}",
                )
            )
    try:
        from guitu.bench.report import Report
    except ImportError as missing:
        raise GuituError(
            Label(
                f"缺少测速所需的依赖（{missing.name}），请先 make setup-test。",
                f"a dependency is missing ({missing.name}); run make test once.",
            )
        ) from missing
    report = Report()
    for word in wanted:
        print(f"… {word}", file=sys.stderr, flush=True)
        report.figures.extend(_measure(word, options))
    if options.json:
        print(json.dumps(report.data(), ensure_ascii=False, indent=1))
        return 0
    for figure in report.figures:
        print(_line(figure))
    return 0


def _line(figure: Figure) -> str:
    """One figure for a reader: what, how much, beside whom, what was wanted."""
    text = f"{figure.name:32} {figure.value:10.2f} {figure.unit}"
    if figure.beside is not None and figure.ratio is not None:
        text += f"  | {figure.peer}: {figure.beside:.2f}, {figure.ratio:.1f}x"
    if figure.wanted:
        text += f"  ({figure.wanted})"
    return f"{text}  {figure.note}" if figure.note else text


def _measure(word: str, options: argparse.Namespace) -> list[Figure]:
    engines = options.engine or ["sqlite"]
    if word == "assess":
        from guitu.cli.opening import start_django

        start_django()  # the fictional province is made with what the store knows of units
        from guitu.bench import assess

        return assess.run(min(options.people, assess.MOST))
    if word == "cases":
        return [_cases(options.cases)]
    if word == "ledger":
        return _ledger(options.rows or 100_000, engines)
    if word == "sealing":
        from guitu.bench import sealing

        return sealing.run()
    if word == "indicators":
        from guitu.bench import indicators

        return indicators.run(options.people, options.home)
    if word == "dashboards":
        from guitu.bench import dashboards

        with tempfile.TemporaryDirectory(prefix="guitu-bench-") as folder:
            return dashboards.run(options.people, options.home or Path(folder), options.requests)
    if word == "follow_ups":
        from guitu.bench import follow_ups

        return follow_ups.run()
    if word == "spark":
        from guitu.bench import spark

        return spark.measure(options.people, options.home)
    if word == "sweep":
        from guitu.bench import sweep

        return sweep.run(options.people, options.home)
    if word == "snapshot":
        from guitu.bench import snapshot

        return snapshot.run(options.people, engines)
    if word == "verify":
        from guitu.bench import chains

        return chains.run(options.rows or 1_000_000, engines)
    if word == "phone":
        from guitu.trials.phone import measured as phone

        with tempfile.TemporaryDirectory(prefix="guitu-bench-") as folder:
            return phone.run(options.home or Path(folder), min(options.people, phone.PEOPLE))
    if word == "roster":
        from guitu.bench import rostering

        if options.instances is not None:
            return rostering.public(options.instances, options.seconds)
        return rostering.run(options.seeds, options.seconds, only=options.only)
    if word == "centre":
        return _centre(engines, options)
    if word == "readings":
        return _readings(options.rows or 100_000, engines, options.home)
    from guitu.bench import api, pages

    measure = api.run if word == "api" else pages.run
    found = []
    for engine in engines:
        copies = options.copies if engine == "postgresql" else 1
        with tempfile.TemporaryDirectory(prefix="guitu-bench-") as folder:
            home = (options.home or Path(folder)) / engine
            found += measure(engine, home, people=options.people, copies=copies, requests=options.requests)
    return found


def _centre(engines: list[str], options: argparse.Namespace) -> list[Figure]:
    from guitu.bench import centre

    found = []
    for engine in engines:
        with tempfile.TemporaryDirectory(prefix="guitu-bench-") as folder:
            found += centre.run(
                engine, (options.home or Path(folder)) / engine, residents=options.residents,
                days=options.days, requests=options.requests, only=options.only,
            )  # fmt: skip
    return found


def _ledger(rows: int, engines: list[str]) -> list[Figure]:
    from guitu.bench import ledger
    from guitu.bench.postgres import Server

    found = []
    for engine in engines:
        if engine == "sqlite":
            found += ledger.run(rows)
            continue
        server = Server({"max_wal_size": "4GB", "shared_buffers": "512MB"})
        try:
            found += ledger.run(rows, server.url, engine=engine, check=False)
        finally:
            server.stop()
    return found


def _readings(rows: int, engines: list[str], home: Path | None) -> list[Figure]:
    from guitu.bench import readings
    from guitu.bench.postgres import Server

    found = []
    for engine in engines:
        with tempfile.TemporaryDirectory(prefix="guitu-bench-") as folder:
            if engine == "sqlite":
                found += readings.apart(rows, engine, (home or Path(folder)) / "log")
                continue
            server = Server({"max_wal_size": "4GB", "shared_buffers": "512MB"})
            try:
                found += readings.apart(rows, engine, Path(folder), server.url)
            finally:
                server.stop()
    return found


def _cases(folder: Path) -> Figure:
    from guitu.bench.report import Figure

    files = sorted(folder.glob("*.cases.yaml"))
    if not files:
        raise GuituError(Label(f"{folder} 里没有 *.cases.yaml", f"there is no *.cases.yaml in {folder}"))
    began = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "guitu", "cases", *map(str, files)], capture_output=True, text=True
    )
    seconds = time.perf_counter() - began
    closing = ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else ran.stderr.strip()
    return Figure(
        "cases", seconds, "s", wanted="under 5 s", note=f"{closing}; the whole command, its start included"
    )
