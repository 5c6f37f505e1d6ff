"""That a key was destroyed is never changed or deleted."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

from django.db import migrations, models

TABLE = "store_keydestroyed"
_before = import_module("guitu.store.migrations.0002_append_only")
_lock = import_module("guitu.store.migrations.0010_row_security")


def install(apps, schema_editor):
    """The database refuses, and gives the rows of a file to whoever sees the file."""
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        for statement in _before.postgresql(TABLE):
            run(statement)
        run(f"CREATE POLICY house ON {TABLE} USING ({_lock.HOUSE}) WITH CHECK ({_lock.HOUSE})")
        run(f"CREATE POLICY seen ON {TABLE} FOR SELECT USING ({_lock.of_file(TABLE)})")
        run(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_before.REFUSAL}'); END"
    for name, when in (
        ("no_update", "UPDATE"),
        ("no_delete", "DELETE"),
        ("no_replace", f"INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)"),
    ):
        on = "" if " ON " in when else f" ON {TABLE}"
        run(f"CREATE TRIGGER {TABLE}_{name} BEFORE {when}{on} {refuse}")


def remove(apps, schema_editor):
    """The table goes as a whole."""
    if schema_editor.connection.vendor != "postgresql":
        for name in ("no_update", "no_delete", "no_replace"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0013_sealed_people")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="KeyDestroyed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("file", models.BigIntegerField()),
                ("compartment", models.CharField(max_length=24)),
                ("at_ms", models.BigIntegerField()),
                ("actor", models.CharField(max_length=150)),
                ("reason", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["file"], name="keydestroyed_file")]},
        ),
        migrations.RunPython(install, remove),
    ]
