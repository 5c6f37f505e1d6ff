"""The access matrix for the command line: every command has its place, and `--user` reads as that account."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guitu.access import ROLES
from guitu.cli.main import BAD_INPUT, main, parser
from guitu.store import staff
from tests.security import matrix, matrix_commands
from tests.security.asking import INSIDE, Tally, unpacked
from tests.security.world import POSTED, World, build, posted


@pytest.fixture
def world(places: object) -> World:
    """The planted files."""
    return build()


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command and task of the command line, by its words."""
    return dict(_below(parser(), ""))


def _below(one: argparse.ArgumentParser, words: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    groups = [a for a in one._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield words.strip(), one
    for group in groups:
        for name, task in group.choices.items():
            yield from _below(task, f"{words} {name}")


def test_every_command_has_its_place_in_the_table() -> None:
    found = commands()
    assert found.keys() - matrix_commands.COMMANDS.keys() == set(), (
        "add a line to COMMANDS in tests/security/matrix_commands.py"
    )
    assert matrix_commands.COMMANDS.keys() - found.keys() == set(), "no such command any more"
    for words, one in found.items():
        options = {option for action in one._actions for option in action.option_strings}
        assert bool(options & {"--user", "--as"}) == (matrix_commands.COMMANDS[words] == "account"), words


def run(*arguments: str) -> tuple[int, bytes]:
    """One command in this process: its exit code, and all it printed; of a workbook what is packed in it."""
    out, err = io.BytesIO(), io.StringIO()
    stdout = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stdout)
        patch.setattr(sys, "stderr", err)
        code = main(list(arguments))
    printed = out.getvalue()
    stdout.detach()
    return code, unpacked(printed) + err.getvalue().encode()


@pytest.mark.slow
@pytest.mark.parametrize("situation", matrix.SITUATIONS)
def test_an_export_in_the_name_of_an_account_holds_what_the_account_may_see(
    situation: str, world: World, record_property: Callable[[str, object], None]
) -> None:
    planted = world.file(situation)
    ledger = "community_roster" if POSTED[situation][0] == "at_home" else "facility_roster"
    tally = Tally()
    for role in ROLES:
        username, unit = f"{role}-{situation}", posted(role, situation)
        staff.add(username, None, username, [(role, unit)])
        allowed = matrix.sees(role, situation) if role in matrix.EXPORTS else frozenset()
        for asked in (unit, planted.unit):
            more = ("--unit", asked, "--user", username, "--on", "2026-11-23", "-o", "-")
            code, printed = run("ledger", "export", ledger, *more)
            tally.requests += 1
            tally.combinations += len(matrix.COMPARTMENTS)
            found = planted.shown_in(printed)
            where = f"ledger export --unit {asked} --user {username}"
            if not matrix.sees(role, situation):
                allowed = frozenset()
            tally.leaks += [f"{where} shows {one}" for one in found.keys() - allowed]
            if code not in (0, BAD_INPUT):
                tally.wrong.append(f"{where} ended with {code}")
            if situation not in INSIDE and asked == planted.unit and code == 0:
                tally.wrong.append(f"{where} was made, outside the area")
    record_property("access_matrix", tally.as_data())
    assert not tally.leaks, "\n".join(tally.leaks)
    assert not tally.wrong, "\n".join(tally.wrong)


@pytest.mark.slow
@pytest.mark.parametrize("situation", matrix.SITUATIONS)
def test_what_a_command_shows_an_account_is_what_the_account_may_see(
    situation: str, world: World, record_property: Callable[[str, object], None]
) -> None:
    planted, tally = world.file(situation), Tally()
    for role in ROLES:
        world.client(role, situation)  # makes the account, and states why in an emergency
        username, allowed = f"{role}-{situation}", matrix.sees(role, situation)
        for asked in (
            ("explain", planted.case),
            ("explain", planted.case, "--json"),
            ("today", "--unit", planted.unit, "--json"),
        ):
            code, printed = run(*asked, "--as", username)
            tally.requests += 1
            tally.combinations += len(matrix.COMPARTMENTS)
            where = f"{' '.join(asked)} --as {username}"
            found = planted.shown_in(printed, asked=where)
            tally.leaks += [f"{where} shows {c} ({m.decode()})" for c, m in found.items() if c not in allowed]
            if asked[0] == "explain" and code == 0 and not matrix.opens(role, situation):
                tally.wrong.append(f"{where} ended with {code}")
    record_property("access_matrix", tally.as_data())
    assert not tally.leaks, "\n".join(tally.leaks)
    assert not tally.wrong, "\n".join(tally.wrong)


def test_who_exports_is_the_same_in_both_tables() -> None:
    assert {name for name, role in ROLES.items() if role.exports} == matrix.EXPORTS


def test_an_account_imports_only_for_its_own_area(world: World, tmp_path: Path) -> None:
    from tests.exchange.sheets import COMMUNITY as HEADINGS
    from tests.exchange.sheets import community_row, roster, xlsx

    path = tmp_path / "ledger.xlsx"
    path.write_bytes(xlsx(roster(community_row(1), header=HEADINGS)))
    staff.add("importer", None, "导入人", [("town_office", POSTED["outside"][1])])
    code, printed = run("ledger", "import", str(path), "--unit", POSTED["home"][1], "--user", "importer")
    assert code == BAD_INPUT, printed.decode()
