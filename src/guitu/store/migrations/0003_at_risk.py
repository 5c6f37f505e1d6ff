"""Indexes for the few who need looking at: a right at risk, an overdue duty, under any unit."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

LEVELS = ("at1", "at2", "at3", "at4", "at5")
FLAGS = {"rights": models.Q(rights=True), "late": models.Q(overdue_n__gt=0)}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0002_append_only")]

    operations: ClassVar = [
        migrations.AddIndex(
            "casestatus",
            models.Index(fields=[level, "file"], name=f"status_{flag}_{level}", condition=condition),
        )
        for flag, condition in FLAGS.items()
        for level in LEVELS
    ]
