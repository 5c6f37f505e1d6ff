"""What every write pays for and no read needs goes: on SQLite the second copy of a table that is its own
index, and everywhere the places in an index of those who stand under no unit of its level."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

LEVELS = ("at1", "at2", "at3", "at4", "at5")

THEIR_OWN_INDEX = {
    "store_filekey": '"file" bigint NOT NULL, "compartment" varchar(24) NOT NULL,'
    ' "cipher" varchar(12) NOT NULL, "wrapped" BLOB NOT NULL, PRIMARY KEY ("file", "compartment")',
    "store_dutytally": '"unit" integer NOT NULL, "duty" varchar(40) NOT NULL, "due_key" date NOT NULL,'
    ' "n" integer NOT NULL, PRIMARY KEY ("unit", "duty", "due_key")',
    "store_filetally": '"unit" integer NOT NULL, "measure" varchar(32) NOT NULL,'
    ' "state" varchar(20) NOT NULL, "n" integer NOT NULL, PRIMARY KEY ("unit", "measure", "state")',
    "store_personkey": '"key" varchar(64) NOT NULL, "file" bigint NOT NULL, PRIMARY KEY ("key", "file")',
}
"""Tables that are always read along their primary key, with their columns."""


def remade(schema_editor, how):
    """SQLite keeps these tables anew, with everything that is in them."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, columns in THEIR_OWN_INDEX.items():
        schema_editor.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
        schema_editor.execute(f"CREATE TABLE {table} ({columns}) {how}")
        schema_editor.execute(f"INSERT INTO {table} SELECT * FROM {table}_before ORDER BY 1, 2")
        schema_editor.execute(f"DROP TABLE {table}_before")


def forwards(apps, schema_editor):
    """Each table is its own index."""
    remade(schema_editor, "WITHOUT ROWID")


def backwards(apps, schema_editor):
    """Each table has one beside it again."""
    remade(schema_editor, "")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0004_person_unit")]

    operations: ClassVar = [
        migrations.RunPython(forwards, backwards),
        *(migrations.RemoveIndex("casestatus", f"status_{level}") for level in LEVELS),
        *(
            migrations.AddIndex(
                "casestatus",
                models.Index(
                    fields=[level, "file"],
                    name=f"status_{level}",
                    condition=models.Q(**{f"{level}__isnull": False}),
                ),
            )
            for level in LEVELS
        ),
    ]
