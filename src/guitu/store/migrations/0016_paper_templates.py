"""Word templates that offices brought, never changed once they are there."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations, models

append_only = import_module("guitu.store.migrations.0002_append_only")

TABLE = "store_papertemplate"


def install(apps: Any, schema_editor: Any) -> None:
    """Rows are only added."""
    run = schema_editor.execute
    if schema_editor.connection.vendor != "postgresql":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{append_only.REFUSAL}'); END"
        run(f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} {refuse}")
        run(f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {refuse}")
        run(
            f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE}"
            f" WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) {refuse}"
        )
        return
    for statement in append_only.postgresql(TABLE):
        run(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take that off again."""
    run = schema_editor.execute
    if schema_editor.connection.vendor != "postgresql":
        for name in ("no_update", "no_delete", "no_replace"):
            run(f"DROP TRIGGER {TABLE}_{name}")
        return
    for name in ("no_change", "no_truncate"):
        run(f"DROP TRIGGER {TABLE}_{name} ON {TABLE}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0019_on_list")]

    operations: ClassVar = [
        migrations.CreateModel(
            "PaperTemplate",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("unit", models.IntegerField()),
                ("paper", models.CharField(max_length=24)),
                ("n", models.SmallIntegerField()),
                ("content", models.BinaryField()),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(fields=["unit", "paper", "n"], name="papertemplate_version")
                ]
            },
        ),
        migrations.RunPython(install, remove),
    ]
