"""Tells at the end of a test run how much of the access matrix was asked, and what leaked."""

from __future__ import annotations

from typing import Any, Final

PROPERTY: Final = "access_matrix"
"""The name under which a test hands over what it counted."""


def summed(reports: list[Any]) -> dict[str, int]:
    """Requests, combinations and leaks over every test that counted."""
    total = {"requests": 0, "combinations": 0, "leaks": 0, "wrong": 0}
    for report in reports:
        for name, value in getattr(report, "user_properties", ()):
            if name == PROPERTY and getattr(report, "when", "call") == "call":
                total["requests"] += value["requests"]
                total["combinations"] += value["combinations"]
                total["leaks"] += len(value["leaks"])
                total["wrong"] += len(value["wrong"])
    return total


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line with the figures."""
    stats = terminalreporter.stats
    total = summed([*stats.get("passed", ()), *stats.get("failed", ())])
    if total["requests"]:
        terminalreporter.section("access matrix")
        terminalreporter.write_line(
            "{requests:,} requests and commands, {combinations:,} combinations of address, role, situation"
            " and compartment; {leaks} leaks, {wrong} other answers than the table's".format(**total)
        )
