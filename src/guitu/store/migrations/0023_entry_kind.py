"""Entries of a few kinds of a file are found without reading the others: a year in a centre is some hundred
of a person, some thousand of a brigade. It is the index of a medical round for every kind, and takes its
place."""

from importlib import import_module
from typing import ClassVar

from django.db import migrations

ROUND = import_module("guitu.store.migrations.0017_medical").ROUND


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0022_roster")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE INDEX entry_kind ON store_entry (file, kind, happened_on)", "DROP INDEX entry_kind"
        ),
        migrations.RunSQL(
            "DROP INDEX entry_round",
            f"CREATE INDEX entry_round ON store_entry (file, kind, happened_on) WHERE kind IN ({ROUND})",
        ),
    ]
