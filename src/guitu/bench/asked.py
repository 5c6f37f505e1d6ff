"""How many queries pages ask: `python -m guitu.bench.asked`, which reads a list of account, name and
addresses as JSON and answers with one of account, name and the mean number of queries."""

from __future__ import annotations

import json
import sys
from typing import Any

from guitu.bench.build import PASSWORD


def main() -> int:
    """Ask each address twice, and count the second time."""
    from guitu.cli.opening import open_store

    open_store()
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    counted = 0

    def count(execute: Any, *given: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(*given)

    clients: dict[str, Client] = {}
    said = []
    for account, name, paths in json.load(sys.stdin):
        if account not in clients:
            clients[account] = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
            clients[account].post("/sign-in/", {"username": account, "password": PASSWORD, "next": "/"})
        queries = []
        for path in paths:
            clients[account].get(path)
            counted = 0
            with connection.execute_wrapper(count):
                clients[account].get(path)
            queries.append(counted)
        said.append((account, name, sum(queries) / max(1, len(queries))))
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
