"""The second lock asks what it asks in a way that costs less; who sees what stays exactly as it was.

A policy's EXISTS was answered from a table of every unit below the reader, made anew for each statement and
each nesting: milliseconds for a province. With OFFSET 0 each row looks up its own unit in the index instead.
A row of a worklist compares its five levels one by one, the highest first, and makes no array of them.

Two indexes beside it: duties of a unit by day, and which units were ever changed.
"""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

from django.db import migrations, models

_lock = import_module("guitu.store.migrations.0010_row_security")


def covered(unit):
    """Whether the scope covers a unit."""
    return f"EXISTS ({_lock.MINE} AND u.unit = {unit} OFFSET 0)"


def beside(file):
    """Whether the file is in scope otherwise than by its own unit."""
    return (
        f"{file} = ANY((SELECT store_files())::bigint[])"
        f" OR EXISTS (SELECT 1 FROM store_filearea a WHERE a.file = {file} OFFSET 0)"
    )


AT = " OR ".join(f"{level} = ANY((SELECT store_units())::int[])" for level in _lock.LEVELS)

SEEN = {
    "store_filearea": covered("store_filearea.unit"),
    "store_casefile": f"{covered('store_casefile.unit')} OR {beside('store_casefile.no')}",
    "store_casestatus": f"{AT} OR {beside('store_casestatus.file')}",
    "store_duty": f"{AT} OR {beside('store_duty.file')}",
    "store_person": f"{covered('store_person.unit')} OR {beside('store_person.file')}",
}
"""By table, what can be read of it by whoever is not the house."""


def change(policies):
    """A step that gives these tables these policies."""

    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for table, seen in policies.items():
                schema_editor.execute(f"ALTER POLICY seen ON {table} USING ({seen})")

    return run


UNITS = "entry_unit_change"


def install(apps, schema_editor):
    """Index the changes of units."""
    schema_editor.execute(f"CREATE INDEX {UNITS} ON store_entry (file) WHERE kind = 'unit_change'")


def remove(apps, schema_editor):
    """Drop that index."""
    schema_editor.execute(f"DROP INDEX {UNITS}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0028_surveys")]

    operations: ClassVar = [
        migrations.AddIndex("dutytally", models.Index(fields=["unit", "due_key"], name="dutytally_due")),
        migrations.RunPython(install, remove),
        migrations.RunPython(change(SEEN), change({table: _lock.SEEN[table] for table in SEEN})),
    ]
