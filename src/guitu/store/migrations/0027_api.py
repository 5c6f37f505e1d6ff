"""Tokens of the API, who is told of new entries, and what is still to be told."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("store", "0026_handover"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("user_id", models.BigIntegerField()),
                ("post", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("scopes", models.CharField(max_length=400)),
                ("state", models.CharField(max_length=12)),
                ("digest", models.BinaryField(default=b"")),
                ("password", models.CharField(default="", max_length=128)),
                ("made_by", models.CharField(max_length=150)),
                ("made_ms", models.BigIntegerField()),
                ("until_ms", models.BigIntegerField()),
                ("used_ms", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["user_id"], name="apitoken_by_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["offered", "open", "ended"])),
                        name="apitoken_known_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("user_id", models.BigIntegerField()),
                ("post", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("address", models.CharField(max_length=400)),
                ("state", models.CharField(max_length=12)),
                ("secret", models.BinaryField()),
                ("made_ms", models.BigIntegerField()),
                ("allowed_by", models.CharField(default="", max_length=150)),
                ("seq", models.BigIntegerField()),
                ("ahead_seq", models.BigIntegerField(default=0)),
                ("ahead_xid", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "open", "refused", "stopped", "ended"])),
                        name="webhook_known_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookCall",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("hook", models.UUIDField()),
                ("entry", models.UUIDField(null=True)),
                ("body", models.TextField()),
                ("state", models.CharField(max_length=8)),
                ("made_ms", models.BigIntegerField()),
                ("due_ms", models.BigIntegerField()),
                ("tried", models.IntegerField(default=0)),
                ("status", models.IntegerField(default=0)),
                ("told_ms", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "due")), fields=["due_ms"], name="webhookcall_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("hook", "entry"), name="webhookcall_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["due", "done", "dead"])),
                        name="webhookcall_known_state",
                    ),
                ],
            },
        ),
    ]
