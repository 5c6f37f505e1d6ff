"""What the command line answers to a mistake: one sentence in the command's language, and exit code 2."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from subprocess import run

import pytest

from guitu.cli import policy
from guitu.cli.main import BAD_INPUT, main


@pytest.fixture(autouse=True)
def _chinese_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command's `--lang` holds for its process; here for one test."""
    monkeypatch.setenv("GUITU_LANG", "zh")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that a command says when it cannot be done."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == BAD_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    return line


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        ([], "guitu：还缺少：命令。", "guitu: the following arguments are required: COMMAND;"),
        (["cases"], "guitu cases：还缺少：FILE。", "guitu cases: the following arguments are required"),
        (["serve", "--port", "ten"], "--port 应为整数，现为“ten”", "invalid int value: 'ten'"),
        (
            ["today", "--page", "0"],
            "应为 1 到 100,000,000 的整数，现为“0”",
            "must be a whole number from 1 to",
        ),
        (["trial", "sync", "--schedules", "-5"], "--schedules：应为 1 到", "whole number from 1 to"),
        (["retention"], "guitu retention：还缺少：任务。", "are required: TASK;"),
        (["policy", "check", "--on"], "--on 后面要写一个值", "expected one argument"),
        (["policy", "check", "--on", "2026-02-30"], "“2026-02-30”不是日期", "“2026-02-30” is not a day"),
        (["verify", "all"], "不认识的参数：all", "unrecognized arguments: all"),
        (["verfy"], "命令 没有“verfy”，可选：", "invalid choice: 'verfy'"),
    ],
)
def test_a_mistake_is_one_sentence_in_the_language_asked_for_and_says_where_help_is(
    capsys: pytest.CaptureFixture[str], arguments: list[str], zh: str, en: str
) -> None:
    told = refused(capsys, *arguments)
    assert zh in told
    assert told.endswith("--help")
    assert en in refused(capsys, "--lang", "en", *arguments)


def test_help_is_in_one_language(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["ledger", "--help"], ["ledger", "check", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        told = capsys.readouterr().out
        for chinese in ("用法：guitu", "选项：", "显示本说明后退出"):
            assert chinese in told
        for english in ("usage:", "options:", "arguments:", "show this help"):
            assert english not in told


@pytest.mark.slow
def test_a_folder_that_cannot_hold_data_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    """In another process: the folder is settled when the settings are read."""
    taken = tmp_path / "a file"
    taken.write_text("mine", encoding="utf-8")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "guitu.sqlite3").write_text("this is no database\n" * 100, encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if k not in {"GUITU_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    for home, said in ((taken, str(taken)), (broken, "数据库暂时不可用")):
        for command in ("today", "verify", "migrate"):
            ran = run(
                [sys.executable, "-W", "error", "-m", "guitu", command],
                env={**kept, "PYTHONPATH": "src", "GUITU_HOME": str(home), "GUITU_LANG": "zh"},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert (ran.returncode, ran.stdout) == (BAD_INPUT, "")
            (line,) = ran.stderr.splitlines()
            assert said in line
    assert taken.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.EROFS, "只读")]
)
def test_what_the_machine_refuses_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, said: str
) -> None:
    def refuse(_options: object) -> int:
        raise OSError(number, os.strerror(number), "/data/held.xlsx")

    monkeypatch.setattr(policy, "run", refuse)
    assert main(["policy", "check"]) == BAD_INPUT
    assert capsys.readouterr().err == f"不能使用 /data/held.xlsx（{said}）。\n"


def test_cases_that_are_not_there_are_refused_in_one_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none.cases.yaml")
    assert main(["cases", missing]) == BAD_INPUT
    assert capsys.readouterr().err == "none.cases.yaml：打不开文件：没有这个文件或文件夹\n"
    assert main(["--lang", "en", "cases", missing]) == BAD_INPUT
    assert (
        capsys.readouterr().err == "none.cases.yaml: cannot open the file: there is no such file or folder\n"
    )


def test_a_duty_that_does_not_exist_is_no_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "today", "--duty", "report_inn"]) == BAD_INPUT
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "there is no duty “report_inn”; the nearest, or those there are: report_in\n"


def test_a_file_without_any_text_is_no_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    junk = tmp_path / "junk.cases.yaml"
    junk.write_bytes(b"\x00\x01")
    assert main(["cases", str(junk)]) == BAD_INPUT
    assert capsys.readouterr().err.strip() == "junk.cases.yaml：不是 YAML 文本"
