"""How many duties were done today, findable from each unit above. Nothing was done before anybody counted."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0006_one_time_password")]

    operations: ClassVar = [
        migrations.AddField("casestatus", "done_on", models.DateField(null=True)),
        migrations.AddField("casestatus", "done_n", models.SmallIntegerField(null=True)),
        migrations.AddIndex(
            "casestatus",
            models.Index(
                fields=["done_on", "at1", "at2", "at3", "at4", "at5", "done_n"],
                name="status_done",
                condition=models.Q(done_n__isnull=False),
            ),
        ),
    ]
