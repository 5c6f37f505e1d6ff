"""What would be done beside a request, done within it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.cache import caches

from guitu.web import background


def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be done beside the request is done within it: the test's own transaction is nobody else's
    to see. Nothing is remembered of the test before."""

    def begin(work: Callable[[], None], name: str) -> threading.Thread:
        work()
        done = threading.Thread(name=name)
        done.start()
        return done

    caches["shared"].clear()
    monkeypatch.setattr(background, "begin", begin)
