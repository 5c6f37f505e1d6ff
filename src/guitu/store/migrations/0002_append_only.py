"""The database itself refuses to change or delete what happened, and sorts words by code point."""

from django.db import migrations

PROTECTED = ("store_entry", "store_dayroot")

REFUSAL = "append-only: this table is never changed / 只追加：本表不得修改或删除"

SORTED_BY_CODE_POINT = (
    ("store_personkey", "key"),
    ("store_duty", "name"),
    ("store_duty", "worker"),
    ("store_dutytally", "duty"),
    ("store_filetally", "measure"),
    ("store_filetally", "state"),
    ("store_casefile", "case_no"),
    ("store_unit", "code"),
    ("store_unit", "path"),
)
"""PostgreSQL would otherwise sort by the server's language, and an index could not answer "begins with"."""


def sqlite(table: str) -> list[str]:
    """Triggers against UPDATE, DELETE, and the DELETE hidden in INSERT OR REPLACE."""
    taken = {
        "store_entry": f"SELECT 1 FROM {table} WHERE id = NEW.id"
        f" UNION ALL SELECT 1 FROM {table} WHERE file = NEW.file AND n = NEW.n"
        f" UNION ALL SELECT 1 FROM {table} WHERE seq = NEW.seq",
        "store_dayroot": f"SELECT 1 FROM {table} WHERE day = NEW.day",
    }[table]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({taken}) {refuse}",
    ]


def postgresql(table: str) -> list[str]:
    """Triggers against UPDATE, DELETE and TRUNCATE."""
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION store_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION store_refuse()",
    ]


def install(apps, schema_editor):
    """Install the triggers of this engine."""
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(
            "CREATE FUNCTION store_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        for table in PROTECTED:
            for statement in postgresql(table):
                run(statement)
        for table, column in SORTED_BY_CODE_POINT:
            run(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar COLLATE "C"')
    else:
        for table in PROTECTED:
            for statement in sqlite(table):
                run(statement)


def remove(apps, schema_editor):
    """Take the triggers off again."""
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run("DROP FUNCTION store_refuse() CASCADE")
    else:
        for table in PROTECTED:
            for name in ("no_update", "no_delete", "no_replace"):
                run(f"DROP TRIGGER {table}_{name}")


class Migration(migrations.Migration):
    """After the tables exist."""

    dependencies = [("store", "0001_tables")]
    operations = [migrations.RunPython(install, remove)]
