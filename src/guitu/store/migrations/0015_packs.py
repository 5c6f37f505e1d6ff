"""What month, quarter and year packs hold, never changed once it is there."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations, models

append_only = import_module("guitu.store.migrations.0002_append_only")
row_security = import_module("guitu.store.migrations.0010_row_security")

TABLE = "store_pack"
SEEN = {TABLE: f"unit IN ({row_security.MINE})"}
"""What can be read of it by whoever is not the house; there it is sealed still."""


def install(apps: Any, schema_editor: Any) -> None:
    """Rows are only added; and the second lock."""
    run = schema_editor.execute
    if schema_editor.connection.vendor != "postgresql":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{append_only.REFUSAL}'); END"
        run(f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} {refuse}")
        run(f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {refuse}")
        run(
            f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE}"
            f" WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) {refuse}"
        )
        return
    for statement in append_only.postgresql(TABLE):
        run(statement)
    for table, seen in SEEN.items():
        house = row_security.HOUSE
        run(f"CREATE POLICY house ON {table} USING ({house}) WITH CHECK ({house})")
        run(f"CREATE POLICY seen ON {table} FOR SELECT USING ({seen})")
        run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def remove(apps: Any, schema_editor: Any) -> None:
    """Take all that off again."""
    run = schema_editor.execute
    if schema_editor.connection.vendor != "postgresql":
        for name in ("no_update", "no_delete", "no_replace"):
            run(f"DROP TRIGGER {TABLE}_{name}")
        return
    for table in SEEN:
        run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        run(f"DROP POLICY seen ON {table}")
        run(f"DROP POLICY house ON {table}")
    for name in ("no_change", "no_truncate"):
        run(f"DROP TRIGGER {TABLE}_{name} ON {TABLE}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0009_proposals")]

    operations: ClassVar = [
        migrations.CreateModel(
            "Pack",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("unit", models.IntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("sealed", models.BinaryField()),
            ],
            {"indexes": [models.Index(fields=["unit", "first"], name="pack_unit")]},
        ),
        migrations.RunPython(install, remove),
    ]
