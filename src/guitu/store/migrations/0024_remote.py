"""A small index over the requests for remote consultations: by it a hospital finds what was sent to it."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0023_entry_kind")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE INDEX entry_remote ON store_entry (happened_on, file) WHERE kind = 'remote_request'",
            "DROP INDEX entry_remote",
        ),
    ]
