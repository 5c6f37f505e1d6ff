"""A small index over what other systems have said of bundles: by it is found what they still have to be
told."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0025_attachments")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE INDEX entry_exchanged ON store_entry (happened_on, file)"
            " WHERE kind = 'handover_exchanged'",
            "DROP INDEX entry_exchanged",
        ),
    ]
