"""A unit's tally of people says too how many have something overdue and how many a right at risk, so that a
list narrowed by these need not be counted each time."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

LEVELS = ("at1", "at2", "at3", "at4", "at5")
COLUMNS = ("overdue", "rights")


def forwards(apps, schema_editor):
    """The columns, counted from the statuses. Not by Django, which would make SQLite's table anew and forget
    that it is its own index."""
    for column in COLUMNS:
        schema_editor.execute(f"ALTER TABLE store_filetally ADD COLUMN {column} integer NOT NULL DEFAULT 0")
    for level in LEVELS:
        schema_editor.execute(
            "UPDATE store_filetally SET overdue = c.overdue, rights = c.rights FROM ("
            f"SELECT {level} AS unit, measure, state,"
            " sum(CASE WHEN overdue_n > 0 THEN 1 ELSE 0 END) AS overdue,"
            " sum(CASE WHEN rights THEN 1 ELSE 0 END) AS rights"
            f" FROM store_casestatus WHERE {level} IS NOT NULL GROUP BY {level}, measure, state"
            ") c WHERE c.unit = store_filetally.unit AND c.measure = store_filetally.measure"
            " AND c.state = store_filetally.state"
        )


def backwards(apps, schema_editor):
    """Without them."""
    for column in COLUMNS:
        schema_editor.execute(f"ALTER TABLE store_filetally DROP COLUMN {column}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0029_quicker_lock")]

    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(forwards, backwards)],
            state_operations=[
                migrations.AddField("filetally", column, models.IntegerField(default=0)) for column in COLUMNS
            ],
        )
    ]
