"""People for the tests of case files: the invented histories of the page's own states, in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID


def people() -> dict[str, str]:
    """Record every invented history once; the case number of each by its name."""
    from guitu.access import house
    from guitu.kernel.zone import CHINA
    from guitu.store.gate import record_many
    from guitu.store.read import file_view
    from guitu.web.pages.casefile import examples
    from tests.browser.seed import TODAY

    now = datetime.fromisoformat(f"{TODAY}T09:30:00").replace(tzinfo=CHINA)
    found: dict[str, str] = {}
    for n, name in enumerate(examples.HISTORIES, start=1):
        rows = examples.HISTORIES[name] or examples.HISTORIES["in_force"][:1]
        file = UUID(int=examples.FILE.int + n)
        made = []
        for entry in examples.entries(rows):
            fields = dict(entry.fields)
            if "id_number" in fields:
                fields["id_number"] = _number(n)
            made.append(
                replace(
                    entry,
                    id=UUID(int=entry.id.int + n * 1000),
                    corrects=UUID(int=entry.corrects.int + n * 1000) if entry.corrects else None,
                    file=file,
                    fields=fields,
                )
            )
        record_many(made, actor=house(), now=now)
        view = file_view(file)
        assert view is not None
        found[name] = view.case_no
    return found


def _number(n: int) -> str:
    """An identity number that no person has: its province is not assigned."""
    from guitu.exchange.ledgers.identity import check_digit

    first = f"98101019850603{n:03}"
    return first + check_digit(first)
