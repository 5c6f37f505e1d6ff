"""Workers' phones: what each is registered as, and what it was given."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("web", "0004_rooms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="WorkPhone",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("post", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("app", models.CharField(max_length=20)),
                ("state", models.CharField(max_length=12)),
                ("opened_ms", models.BigIntegerField()),
                ("seen_ms", models.BigIntegerField()),
                ("waiting", models.IntegerField(default=0)),
                ("token", models.BinaryField()),
                ("token_ms", models.BigIntegerField()),
                ("next", models.BinaryField(default=b"")),
                ("next_ms", models.BigIntegerField(default=0)),
                ("password", models.CharField(max_length=128)),
                ("pull", models.BigIntegerField(default=0)),
                ("holds", models.BinaryField(default=b"")),
                ("before", models.BinaryField(default=b"")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "wipe_keep", "wipe_erase", "wiped", "ended"])
                        ),
                        name="workphone_known_state",
                    )
                ],
            },
        ),
    ]
