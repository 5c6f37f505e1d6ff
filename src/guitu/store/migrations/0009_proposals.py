"""What takes two people: proposals, and the steps that came of them, which the database never changes. And
what is worked out about files of one person: numbers in their older form, and which file shows which."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations, models

append_only = import_module("guitu.store.migrations.0002_append_only")

STEPS = "store_proposalstep"
PROPOSALS = "store_proposal"
KEPT = (
    "id",
    "act",
    "file",
    "unit",
    "compartment",
    "username",
    "role",
    "office",
    "at_ms",
    "until_ms",
    "sealed",
)
"""What stays as it was proposed."""

_DIFFERS = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in KEPT)
_DIFFERS_SQLITE = " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in KEPT)


def install(apps: Any, schema_editor: Any) -> None:
    """Steps are only added; of a proposal only the state changes, away from `proposed`."""
    run = schema_editor.execute
    refusal = append_only.REFUSAL
    if schema_editor.connection.vendor == "postgresql":
        for statement in append_only.postgresql(STEPS):
            run(statement)
        run(
            f"CREATE TRIGGER {PROPOSALS}_decided_once BEFORE UPDATE ON {PROPOSALS} FOR EACH ROW"
            f" WHEN (OLD.state <> 'proposed' OR {_DIFFERS}) EXECUTE FUNCTION store_refuse()"
        )
        run(
            f"CREATE TRIGGER {PROPOSALS}_no_delete BEFORE DELETE ON {PROPOSALS}"
            " FOR EACH ROW EXECUTE FUNCTION store_refuse()"
        )
        run(
            f"CREATE TRIGGER {PROPOSALS}_no_truncate BEFORE TRUNCATE ON {PROPOSALS}"
            " FOR EACH STATEMENT EXECUTE FUNCTION store_refuse()"
        )
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    taken = f"SELECT 1 FROM {STEPS} WHERE proposal = NEW.proposal AND n = NEW.n"
    for statement in (
        f"CREATE TRIGGER {STEPS}_no_update BEFORE UPDATE ON {STEPS} {refuse}",
        f"CREATE TRIGGER {STEPS}_no_delete BEFORE DELETE ON {STEPS} {refuse}",
        f"CREATE TRIGGER {STEPS}_no_replace BEFORE INSERT ON {STEPS} WHEN EXISTS ({taken}) {refuse}",
        f"CREATE TRIGGER {PROPOSALS}_decided_once BEFORE UPDATE ON {PROPOSALS}"
        f" WHEN OLD.state <> 'proposed' OR {_DIFFERS_SQLITE} {refuse}",
        f"CREATE TRIGGER {PROPOSALS}_no_delete BEFORE DELETE ON {PROPOSALS} {refuse}",
        f"CREATE TRIGGER {PROPOSALS}_no_replace BEFORE INSERT ON {PROPOSALS}"
        f" WHEN EXISTS (SELECT 1 FROM {PROPOSALS} WHERE id = NEW.id) {refuse}",
    ):
        run(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take the triggers off again."""
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        for table, names in (
            (STEPS, ("no_change", "no_truncate")),
            (PROPOSALS, ("decided_once", "no_delete", "no_truncate")),
        ):
            for name in names:
                run(f"DROP TRIGGER {table}_{name} ON {table}")
        return
    for table, names in (
        (STEPS, ("no_update", "no_delete", "no_replace")),
        (PROPOSALS, ("decided_once", "no_delete", "no_replace")),
    ):
        for name in names:
            run(f"DROP TRIGGER {table}_{name}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0014_key_destroyed")]

    operations: ClassVar = [
        migrations.CreateModel(
            "Proposal",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("act", models.CharField(max_length=24)),
                ("file", models.BigIntegerField(null=True)),
                ("unit", models.IntegerField()),
                ("compartment", models.CharField(max_length=24)),
                ("username", models.CharField(max_length=150)),
                ("role", models.CharField(max_length=40)),
                ("office", models.CharField(max_length=32)),
                ("at_ms", models.BigIntegerField()),
                ("until_ms", models.BigIntegerField()),
                ("state", models.CharField(max_length=12)),
                ("sealed", models.BinaryField()),
            ],
            {
                "indexes": [
                    models.Index(fields=["unit"], name="proposal_open", condition=models.Q(state="proposed")),
                    models.Index(fields=["username", "-at_ms"], name="proposal_by"),
                    models.Index(fields=["file"], name="proposal_file"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="proposal_known_state",
                        condition=models.Q(
                            state__in=["proposed", "approved", "refused", "withdrawn", "expired"]
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "ProposalStep",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "proposal", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("proposal", models.UUIDField()),
                ("n", models.SmallIntegerField()),
                ("what", models.CharField(max_length=12)),
                ("username", models.CharField(max_length=150)),
                ("role", models.CharField(max_length=40)),
                ("office", models.CharField(max_length=32)),
                ("at_ms", models.BigIntegerField()),
                ("sealed", models.BinaryField()),
                ("digest", models.BinaryField()),
            ],
            {"indexes": [models.Index(fields=["username", "-at_ms"], name="proposalstep_by")]},
        ),
        migrations.CreateModel(
            "OldNumber",
            [
                ("file", models.BigIntegerField(primary_key=True, serialize=False)),
                ("blind", models.BinaryField()),
            ],
            {"indexes": [models.Index(fields=["blind"], name="oldnumber_blind")]},
        ),
        migrations.CreateModel(
            "Merged",
            [
                ("file", models.BigIntegerField(primary_key=True, serialize=False)),
                ("into_id", models.UUIDField()),
            ],
            {"indexes": [models.Index(fields=["into_id"], name="merged_into")]},
        ),
        migrations.RunPython(install, remove),
    ]
