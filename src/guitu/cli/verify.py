"""`guitu verify`: whether anything stored was altered, lost or moved."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from guitu.cli.main import language, say
from guitu.cli.progress import Progress
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "核对全部档案和查阅记录的摘要链、每日签名根；发现改动、缺失、移动时指出位置并以 1 退出",
        "check every digest chain and daily root, of files and of the access log; names what was altered, "
        "lost or moved and exits with 1",
    )
    parser = subparsers.add_parser("verify", help=say(about), description=say(about))
    parser.add_argument(
        "--certificate",
        metavar=say(Label("核验码", "CODE")),
        help=say(
            Label("只核验一份错列更正证明", "check one certificate that somebody had been listed in error")
        ),
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check everything."""
    from guitu.cli.opening import open_store

    open_store()
    if options.certificate:
        return _certificate(options.certificate, as_json=options.json)
    from guitu.store.readings.check import verify_log
    from guitu.store.roots import gone
    from guitu.store.verify import verify

    with Progress(Label("已核对 {done} 条", "{done} entries checked")) as progress:
        report = verify(progress.at)
    if (lost := gone(_remembered())) is not None:
        report = replace(report, broken=(*report.broken, lost))
    with Progress(Label("已核对查阅记录 {done} 条", "{done} readings checked")) as progress:
        log = verify_log(progress.at)
    good = report.good and log.good
    _remember(good=good)
    if options.json:
        print(
            json.dumps(
                {
                    "files": report.files,
                    "entries": report.entries,
                    "roots": report.roots,
                    "readings": log.readings,
                    "good": good,
                    "broken": [
                        {
                            "fault": b.fault,
                            "case_no": b.case_no,
                            "n": b.n,
                            "id": str(b.id) if b.id else None,
                            "message": b.label.say(language()),
                        }
                        for b in report.broken
                    ],
                    "log_broken": [
                        {
                            "fault": b.fault,
                            "strand": b.strand,
                            "n": b.n,
                            "message": b.label.say(language()),
                        }
                        for b in log.broken
                    ],
                },
                ensure_ascii=False,
            )
        )
        return 0 if good else 1
    for broken in (*report.broken, *log.broken):
        print(f"✕ {say(broken.label)}")
    counted = Label(
        f"{report.files} 份档案，{report.entries} 条记录，{log.readings} 条查阅记录，"
        f"{report.roots + log.roots} 个每日签名根",
        f"{report.files} files, {report.entries} entries, {log.readings} readings, "
        f"{report.roots + log.roots} signed daily roots",
    )
    outcome = (
        Label("未发现改动", "nothing altered")
        if good
        else Label(
            f"{len(report.broken) + len(log.broken)} 处不符",
            f"{len(report.broken) + len(log.broken)} do not fit",
        )
    )
    print(f"{say(counted)}：{say(outcome)}" if language() == "zh" else f"{say(counted)}: {say(outcome)}")
    if good and report.entries and not report.roots:
        print(
            say(
                Label(
                    "没有档案的签名根：连同签名根一起去掉的，看不出来。每天运行一次 guitu refresh。",
                    "No signed root of files: what was removed together with its root cannot be seen. "
                    "Run guitu refresh once a day.",
                )
            )
        )
    return 0 if good else 1


def _certificate(code: str, *, as_json: bool) -> int:
    """Check one certificate: 0 if it is genuine and its file stands as it was written."""
    from guitu.store.certificates import check

    found = check(code)
    if as_json:
        told = (
            {"case_no": found.case_no, "corrected_on": found.corrected_on.isoformat(), "good": found.good}
            if found
            else {"good": False}
        )
        print(json.dumps(told, ensure_ascii=False))
    elif found is None:
        print(say(Label("✕ 没有这份证明；请核对核验码", "✕ there is no such certificate; check the code")))
    elif not found.good:
        print(
            say(
                Label(
                    f"✕ 档案 {found.case_no} 的记录链不符，不能证明",
                    f"✕ the chain of file {found.case_no} does not fit: nothing is proved",
                )
            )
        )
    else:
        print(
            say(
                Label(
                    f"✓ 核验一致：档案 {found.case_no} 已于 {found.corrected_on} 作错列更正",
                    f"✓ genuine: file {found.case_no} was corrected as listed in error on"
                    f" {found.corrected_on}",
                )
            )
        )
    return 0 if found is not None and found.good else 1


def _remember(*, good: bool) -> None:
    """Leave the day, the outcome and the newest root where `guitu doctor` and the next verification look; a
    folder that cannot be written to is no fault of what was verified."""
    from contextlib import suppress

    from guitu.cli.opening import today
    from guitu.store.roots import newest

    root = newest() if good else _remembered()
    with suppress(OSError):
        told = json.dumps({"day": today().isoformat(), "good": good, "root": root})
        _place().write_text(told, encoding="utf-8")


def _remembered() -> tuple[str, str] | None:
    """The day and the digest of the root that was the newest when everything was last found good."""
    try:
        day, root = json.loads(_place().read_text(encoding="utf-8"))["root"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return str(day), str(root)


def _place() -> Path:
    from django.conf import settings

    from guitu.cli.doctor_checks.records import VERIFIED

    return Path(settings.HOME) / VERIFIED
