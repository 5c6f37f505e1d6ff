"""The access log: append-only, but for months that a signed stub stands for and that are over six months old.

On SQLite these tables lie in a database of their own (the router sees to it), and the two that grow are kept
along their primary key.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

REFUSAL = "append-only: the access log is never changed / 只追加：查阅记录不得修改或删除"
TOO_YOUNG = "the access log is kept for six months at least / 查阅记录至少保存六个月（网络安全法第二十三条）"

KEYS = {
    "store_reading": ("strand", "n"),
    "store_readingfile": ("file", "at_ms", "strand", "n"),
    "store_readingpost": ("no",),
    "store_readingwhy": ("no",),
    "store_readingstrand": ("no",),
    "store_readingroot": ("day",),
    "store_readingleaf": ("day", "strand"),
    "store_readingstub": ("strand", "n"),
    "store_readingreview": ("no",),
}
"""Every table of the log, and what a row of it is known by."""

PRUNED = ("store_reading", "store_readingfile")
"""Of these, rows may go that a stub covers."""

OWN_INDEX = {
    "store_reading": '"strand" integer NOT NULL, "n" integer NOT NULL, "at_ms" bigint NOT NULL,'
    ' "post" integer NOT NULL, "what" varchar(12) NOT NULL, "outside" bool NOT NULL, "files" text NOT NULL,'
    ' "shown" integer NOT NULL, "compartments" varchar(120) NOT NULL, "why" integer NOT NULL,'
    ' "purpose" varchar(16) NOT NULL, "source" varchar(64) NOT NULL, "detail" varchar(200) NOT NULL,'
    ' "digest" BLOB NOT NULL, PRIMARY KEY ("strand", "n")',
    "store_readingfile": '"file" bigint NOT NULL, "at_ms" bigint NOT NULL, "strand" integer NOT NULL,'
    ' "n" integer NOT NULL, "post" integer NOT NULL, "what" varchar(12) NOT NULL, "outside" bool NOT NULL,'
    ' PRIMARY KEY ("file", "at_ms", "strand", "n")',
}
COVERED = (
    "EXISTS (SELECT 1 FROM store_readingstub s"
    " WHERE s.strand = OLD.strand AND s.n >= OLD.n AND OLD.at_ms < s.until_ms)"
)
UNFOUNDED = (
    "NOT EXISTS (SELECT 1 FROM store_reading r WHERE r.strand = NEW.strand AND r.n = NEW.n"
    " AND r.digest = NEW.digest AND r.at_ms < NEW.until_ms)"
)
"""A stub stands for rows that are there: it ends with the digest of one of them."""

AGO = {
    "sqlite": "(julianday('now', '-6 months') - 2440587.5) * 86400000",
    "postgresql": "extract(epoch FROM now() - interval '6 months') * 1000",
}


def sqlite(table):
    """Triggers against UPDATE, DELETE, and the DELETE hidden in INSERT OR REPLACE."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    same = " AND ".join(f"{column} = NEW.{column}" for column in KEYS[table])
    when = f"WHEN NOT {COVERED}" if table in PRUNED else ""
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {when} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}",
    ]


def postgresql(table):
    """Triggers against UPDATE, DELETE and TRUNCATE."""
    function = "store_refuse_reading" if table in PRUNED else "store_refuse"
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION store_refuse()",
    ]


def functions():
    """What the triggers of PostgreSQL run."""
    young = f"NEW.until_ms > {AGO['postgresql']}"
    return [
        "CREATE FUNCTION store_refuse_reading() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP = 'DELETE' THEN IF {COVERED} THEN RETURN OLD; END IF; END IF;"
        f" RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
        "CREATE FUNCTION store_refuse_stub() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {young} OR {UNFOUNDED} THEN RAISE EXCEPTION '{TOO_YOUNG}'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER store_readingstub_old BEFORE INSERT ON store_readingstub"
        " FOR EACH ROW EXECUTE FUNCTION store_refuse_stub()",
    ]


def install(apps, schema_editor):
    """Install the triggers of this engine."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in functions():
            schema_editor.execute(statement)
        for table in KEYS:
            for statement in postgresql(table):
                schema_editor.execute(statement)
        return
    for table in KEYS:
        for statement in sqlite(table):
            schema_editor.execute(statement)
    schema_editor.execute(
        "CREATE TRIGGER store_readingstub_old BEFORE INSERT ON store_readingstub"
        f" WHEN NEW.until_ms > {AGO['sqlite']} OR {UNFOUNDED} BEGIN SELECT RAISE(ABORT, '{TOO_YOUNG}'); END"
    )


def remove(apps, schema_editor):
    """Take the triggers off again."""
    if schema_editor.connection.vendor == "postgresql":
        for table in KEYS:
            for name in ("no_change", "no_truncate"):
                schema_editor.execute(f"DROP TRIGGER {table}_{name} ON {table}")
        schema_editor.execute("DROP FUNCTION store_refuse_reading()")
        schema_editor.execute("DROP FUNCTION store_refuse_stub() CASCADE")
        return
    for table in KEYS:
        for name in ("no_update", "no_delete", "no_replace"):
            schema_editor.execute(f"DROP TRIGGER {table}_{name}")
    schema_editor.execute("DROP TRIGGER store_readingstub_old")


def shaped(apps, schema_editor):
    """SQLite keeps the two large tables along their key. They are empty, and their indexes are made last."""
    if schema_editor.connection.vendor == "sqlite":
        for table, columns in OWN_INDEX.items():
            schema_editor.execute(f"DROP TABLE {table}")
            schema_editor.execute(f"CREATE TABLE {table} ({columns}) WITHOUT ROWID")
    install(apps, schema_editor)


def _key(*columns):
    return models.CompositePrimaryKey(*columns, blank=True, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0007_done_today")]

    operations: ClassVar = [
        migrations.CreateModel(
            "ReadingPost",
            [
                ("no", models.AutoField(primary_key=True, serialize=False)),
                ("who", models.CharField(max_length=150)),
                ("role", models.CharField(max_length=40)),
                ("unit", models.CharField(max_length=32)),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(fields=("who", "role", "unit"), name="readingpost_once")
                ]
            },
        ),
        migrations.CreateModel(
            "ReadingWhy",
            [
                ("no", models.AutoField(primary_key=True, serialize=False)),
                ("zh", models.CharField(max_length=300)),
                ("en", models.CharField(max_length=300)),
            ],
            {"constraints": [models.UniqueConstraint(fields=("zh", "en"), name="readingwhy_once")]},
        ),
        migrations.CreateModel(
            "ReadingStrand",
            [
                ("no", models.AutoField(primary_key=True, serialize=False)),
                ("begun_ms", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            "Reading",
            [
                ("pk", _key("strand", "n")),
                ("strand", models.IntegerField()),
                ("n", models.IntegerField()),
                ("at_ms", models.BigIntegerField()),
                ("post", models.IntegerField()),
                ("what", models.CharField(max_length=12)),
                ("outside", models.BooleanField()),
                ("files", models.TextField()),
                ("shown", models.IntegerField()),
                ("compartments", models.CharField(max_length=120)),
                ("why", models.IntegerField()),
                ("purpose", models.CharField(max_length=16)),
                ("source", models.CharField(max_length=64)),
                ("detail", models.CharField(max_length=200)),
                ("digest", models.BinaryField()),
            ],
            {
                "indexes": [
                    models.Index(fields=["post", "at_ms", "what"], name="reading_post"),
                    models.Index(
                        fields=["at_ms"],
                        name="reading_rare",
                        condition=models.Q(
                            ("outside", True),
                            (
                                "what__in",
                                ("break_glass", "export", "number", "print", "copy", "refused"),
                            ),
                            _connector="OR",
                        ),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            "ReadingFile",
            [
                ("pk", _key("file", "at_ms", "strand", "n")),
                ("file", models.BigIntegerField()),
                ("at_ms", models.BigIntegerField()),
                ("strand", models.IntegerField()),
                ("n", models.IntegerField()),
                ("post", models.IntegerField()),
                ("what", models.CharField(max_length=12)),
                ("outside", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            "ReadingRoot",
            [
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("strands", models.IntegerField()),
                ("previous", models.BinaryField()),
                ("root", models.BinaryField()),
                ("public_key", models.BinaryField()),
                ("signature", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            "ReadingLeaf",
            [
                ("pk", _key("day", "strand")),
                ("day", models.DateField()),
                ("strand", models.IntegerField()),
                ("n", models.IntegerField()),
                ("digest", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            "ReadingStub",
            [
                ("pk", _key("strand", "n")),
                ("strand", models.IntegerField()),
                ("n", models.IntegerField()),
                ("digest", models.BinaryField()),
                ("until_ms", models.BigIntegerField()),
                ("pruned_ms", models.BigIntegerField()),
                ("who", models.CharField(max_length=150)),
                ("public_key", models.BinaryField()),
                ("signature", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            "ReadingReview",
            [
                ("no", models.BigAutoField(primary_key=True, serialize=False)),
                ("file", models.BigIntegerField()),
                ("who", models.CharField(max_length=150)),
                ("day", models.DateField()),
                ("act", models.CharField(max_length=12)),
                ("ground", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=150)),
                ("at_ms", models.BigIntegerField()),
            ],
            {
                "indexes": [
                    models.Index(fields=["file", "who", "day"], name="review_of"),
                    models.Index(fields=["who", "day"], name="review_who"),
                ]
            },
        ),
        migrations.CreateModel(
            "StaffTie",
            [
                ("username", models.CharField(max_length=150, primary_key=True, serialize=False)),
                ("id_blind", models.BinaryField(null=True)),
                ("lives_at", models.CharField(max_length=32)),
            ],
        ),
        migrations.RunPython(shaped, remove, hints={"readings": True}),
    ]
