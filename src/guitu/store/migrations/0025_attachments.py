"""What phones send beside entries: photos and signatures, sealed, never changed once they are there; and the
ids of entries that were refused."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations, models

append_only = import_module("guitu.store.migrations.0002_append_only")
row_security = import_module("guitu.store.migrations.0010_row_security")

TABLE = "store_attachment"
SEEN = {
    TABLE: "compartment = ANY((SELECT store_compartments())::text[])"
    f" AND EXISTS (SELECT 1 FROM store_casefile f WHERE f.no = {TABLE}.file)"
}
"""What can be read of it by whoever is not the house: as of the key that it is sealed with."""


def install(apps: Any, schema_editor: Any) -> None:
    """Rows are only added; and the second lock."""
    run = schema_editor.execute
    if schema_editor.connection.vendor != "postgresql":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{append_only.REFUSAL}'); END"
        same = "entry = NEW.entry AND sha256 = NEW.sha256"
        run(f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} {refuse}")
        run(f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {refuse}")
        run(
            f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE}"
            f" WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE {same}) {refuse}"
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
    dependencies: ClassVar = [("store", "0024_remote")]

    operations: ClassVar = [
        migrations.CreateModel(
            "Attachment",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("entry", models.UUIDField()),
                ("file", models.BigIntegerField()),
                ("compartment", models.CharField(max_length=24)),
                ("what", models.CharField(max_length=12)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.IntegerField()),
                ("at_ms", models.BigIntegerField()),
                ("sealed", models.BinaryField()),
            ],
            {
                "indexes": [models.Index(fields=["file"], name="attachment_file")],
                "constraints": [models.UniqueConstraint(fields=["entry", "sha256"], name="attachment_once")],
            },
        ),
        migrations.CreateModel(
            "RefusedEntry",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("author", models.CharField(max_length=150)),
                ("at_ms", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(install, remove),
    ]
