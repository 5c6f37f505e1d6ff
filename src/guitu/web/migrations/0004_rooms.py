"""What passes between the two sides of a call, for as long as it lasts."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("web", "0003_signin")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="RoomPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("room", models.UUIDField()),
                ("place", models.CharField(max_length=32)),
                ("side", models.CharField(max_length=8)),
                ("user", models.CharField(max_length=150)),
                ("by", models.CharField(max_length=8)),
                ("since_ms", models.BigIntegerField()),
                ("seen_ms", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("room", "place"), name="roomplace_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("room", models.UUIDField()),
                ("place", models.CharField(max_length=32)),
                ("what", models.CharField(max_length=8)),
                ("sealed", models.BinaryField()),
                ("at_ms", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["room", "id"], name="roomword_by_room")],
            },
        ),
    ]
