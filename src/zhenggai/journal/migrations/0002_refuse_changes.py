"""The database itself refuses to change, remove or empty what the journal holds."""

from typing import Any

from django.db import migrations

TABLES = ("journal_event", "journal_changedrow")

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'journal is append-only: {verb} on {table} refused'); END
"""

# INSERT OR REPLACE removes the old row without asking the triggers above.
SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {keys})
BEGIN SELECT RAISE(ABORT, 'journal is append-only: replacing in {table} refused'); END
"""
KEYS = {"journal_event": "seq = NEW.seq OR digest = NEW.digest", "journal_changedrow": "id = NEW.id"}

POSTGRESQL_FUNCTION = """
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'journal is append-only: % on % refused', TG_OP, TG_TABLE_NAME; END $$
"""

POSTGRESQL = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change()
"""


def refuse(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
        for table in TABLES:
            schema_editor.execute(POSTGRESQL.format(table=table), params=None)
    else:
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(SQLITE.format(table=table, verb=verb), params=None)
            schema_editor.execute(SQLITE_REPLACE.format(table=table, keys=KEYS[table]), params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_create_tables")]

    # There is no way back: a journal that could be opened for changes would prove nothing.
    operations = [migrations.RunPython(refuse, elidable=False)]
