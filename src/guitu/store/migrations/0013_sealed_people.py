"""What people are found by no longer lies readable: names, ends of numbers and years of birth are encrypted,
search words keyed. What was readable goes at once; `guitu migrate` then works it out anew from the
entries."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


def wipe(apps, schema_editor):
    """Nothing readable stays; on PostgreSQL search words may be longer, and sort by code point as before."""
    run = schema_editor.execute
    run("DELETE FROM store_personkey")
    run("UPDATE store_person SET keys = ''")
    if schema_editor.connection.vendor == "postgresql":
        run('ALTER TABLE store_personkey ALTER COLUMN key TYPE varchar(128) COLLATE "C"')


def nothing(apps, schema_editor):
    """Words that are wiped cannot come back: `guitu rebuild` makes them."""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0010_row_security")]

    operations: ClassVar = [
        migrations.RunPython(wipe, nothing),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("personkey", "key", models.CharField(max_length=128)),
            ]
        ),
        migrations.AlterField("person", "name", models.CharField(max_length=200, default="")),
        migrations.AlterField("person", "id_tail", models.CharField(max_length=4, default="")),
        migrations.RemoveField("person", "name"),
        migrations.RemoveField("person", "id_tail"),
        migrations.AddField("person", "sealed", models.BinaryField(default=b"")),
        migrations.RemoveField("casestatus", "birth_year"),
    ]
