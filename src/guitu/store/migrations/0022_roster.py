"""Duty rosters: what is planned with, drafts, what was published, what is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations, models

append_only = import_module("guitu.store.migrations.0002_append_only")
row_security = import_module("guitu.store.migrations.0010_row_security")

ISSUE = "store_rosterissue"
_MINE = f"unit IN ({row_security.MINE})"
SEEN = {
    "store_rostersetup": _MINE,
    "store_roster": _MINE,
    "store_rostercell": f"roster IN (SELECT id FROM store_roster WHERE {_MINE})",
    "store_rosterstep": f"roster IN (SELECT id FROM store_roster WHERE {_MINE})",
    ISSUE: _MINE,
    "store_rosterask": _MINE,
}
"""What can be read of them by whoever is not the house."""


def install(apps: Any, schema_editor: Any) -> None:
    """What was published stays as it is; and the second lock."""
    run = schema_editor.execute
    if schema_editor.connection.vendor != "postgresql":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{append_only.REFUSAL}'); END"
        run(f"CREATE TRIGGER {ISSUE}_no_update BEFORE UPDATE ON {ISSUE} {refuse}")
        run(f"CREATE TRIGGER {ISSUE}_no_delete BEFORE DELETE ON {ISSUE} {refuse}")
        run(
            f"CREATE TRIGGER {ISSUE}_no_replace BEFORE INSERT ON {ISSUE}"
            f" WHEN EXISTS (SELECT 1 FROM {ISSUE} WHERE id = NEW.id) {refuse}"
        )
        return
    for statement in append_only.postgresql(ISSUE):
        run(statement)
    house = row_security.HOUSE
    for table, seen in SEEN.items():
        run(f"CREATE POLICY house ON {table} USING ({house}) WITH CHECK ({house})")
        run(f"CREATE POLICY seen ON {table} FOR SELECT USING ({seen})")
        run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def remove(apps: Any, schema_editor: Any) -> None:
    """Take all that off again."""
    run = schema_editor.execute
    if schema_editor.connection.vendor != "postgresql":
        for name in ("no_update", "no_delete", "no_replace"):
            run(f"DROP TRIGGER {ISSUE}_{name}")
        return
    for table in SEEN:
        run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        run(f"DROP POLICY seen ON {table}")
        run(f"DROP POLICY house ON {table}")
    for name in ("no_change", "no_truncate"):
        run(f"DROP TRIGGER {ISSUE}_{name} ON {ISSUE}")


_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0016_paper_templates")]

    operations: ClassVar = [
        migrations.CreateModel(
            "RosterSetup",
            [
                _ID,
                ("unit", models.IntegerField(unique=True)),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=150)),
                ("at_ms", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            "Roster",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("unit", models.IntegerField()),
                ("first", models.DateField()),
                ("days", models.IntegerField()),
                ("text", models.TextField()),
                ("at_ms", models.BigIntegerField()),
            ],
            {"constraints": [models.UniqueConstraint(fields=("unit", "first"), name="roster_of")]},
        ),
        migrations.CreateModel(
            "RosterCell",
            [
                _ID,
                ("roster", models.UUIDField()),
                ("person", models.CharField(max_length=150)),
                ("day", models.DateField()),
                ("post", models.CharField(max_length=32)),
                ("shift", models.CharField(max_length=16)),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(fields=("roster", "person", "day"), name="roster_cell_of")
                ]
            },
        ),
        migrations.CreateModel(
            "RosterStep",
            [
                _ID,
                ("roster", models.UUIDField()),
                ("what", models.CharField(max_length=16)),
                ("by", models.CharField(max_length=150)),
                ("at_ms", models.BigIntegerField()),
                ("text", models.TextField()),
            ],
            {"indexes": [models.Index(fields=["roster", "id"], name="roster_step_of")]},
        ),
        migrations.CreateModel(
            "RosterIssue",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("roster", models.UUIDField()),
                ("unit", models.IntegerField()),
                ("first", models.DateField()),
                ("days", models.IntegerField()),
                ("at_ms", models.BigIntegerField()),
                ("text", models.TextField()),
            ],
            {"indexes": [models.Index(fields=["unit", "first"], name="roster_issue_of")]},
        ),
        migrations.CreateModel(
            "RosterAsk",
            [
                _ID,
                ("unit", models.IntegerField()),
                ("person", models.CharField(max_length=150)),
                ("what", models.CharField(max_length=8)),
                ("day", models.DateField()),
                ("until", models.DateField(null=True)),
                ("other", models.CharField(max_length=150)),
                ("reason", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=8)),
                ("at_ms", models.BigIntegerField()),
                ("by", models.CharField(max_length=150)),
            ],
            {"indexes": [models.Index(fields=["unit", "state", "day"], name="roster_ask_of")]},
        ),
        migrations.RunPython(install, remove),
    ]
