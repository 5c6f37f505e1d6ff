"""A small index over the entries that put somebody on the list of a class."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0017_medical")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(
                    ("kind__in", ["course_enrolled", "training_enrolled", "entry_education_begun"])
                ),
                fields=["happened_on", "file"],
                name="entry_on_list",
            ),
        ),
    ]
