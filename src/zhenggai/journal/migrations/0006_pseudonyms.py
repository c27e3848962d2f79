"""Tokens for people's names: of all that the journal holds only these can be emptied, and nothing else can be done to them."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

_before = import_module("zhenggai.journal.migrations.0002_refuse_changes")
TABLE = "journal_pseudonym"
EMPTIED = "NEW.token = OLD.token AND NEW.whom = OLD.whom AND NEW.salt = '' AND NEW.value = ''"

SQLITE = f"""
CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} WHEN NOT ({EMPTIED})
BEGIN SELECT RAISE(ABORT, 'journal is append-only: update on {TABLE} refused'); END
"""

POSTGRESQL = (
    f"""
CREATE FUNCTION journal_only_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {EMPTIED} THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'journal is append-only: % on % refused', TG_OP, TG_TABLE_NAME;
END $$
""",
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION journal_only_empty()",
    f"""
CREATE TRIGGER {TABLE}_no_change BEFORE DELETE OR TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change()
""",
)


def refuse(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement, params=None)
        return
    schema_editor.execute(SQLITE, params=None)
    schema_editor.execute(_before.SQLITE.format(table=TABLE, verb="delete"), params=None)
    schema_editor.execute(_before.SQLITE_REPLACE.format(table=TABLE, keys="token = NEW.token"), params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_keep_frontier")]

    operations = [
        migrations.CreateModel(
            name="Pseudonym",
            fields=[
                ("token", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="化名")),
                ("whom", models.CharField(db_index=True, max_length=64, verbose_name="人员")),
                ("salt", models.CharField(blank=True, max_length=64, verbose_name="盐")),
                ("value", models.CharField(blank=True, max_length=200, verbose_name="所代表的姓名")),
            ],
            options={"verbose_name": "化名"},
        ),
        migrations.RunPython(refuse, elidable=False),
    ]
