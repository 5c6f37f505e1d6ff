"""Fixtures for the tests of what comes in and goes out."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _commands_speak_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--lang` of one test's command does not last into the next test."""
    monkeypatch.setenv("GUITU_LANG", "zh")
