"""The database itself lets an observation be signed and withdrawn, once each, and refuses every other change, and one without a reason.

Corrections that were entered before this have no reason; they stay as they are, which a check over the whole table would not allow.
"""

from typing import Any

from django.db import migrations

TABLE = "indicators_observation"
ONCE = ("withdrawn_at", "signed_at", "signed_by")
FIXED = (
    "id", "indicator_id", "value", "value_max", "written", "qualifier", "period", "applies_to", "corrects_id", "reason", "source", "scope",
    "reach", "as_of", "organisation_id", "file_id", "basis", "document_id", "span_start", "span_end", "observed_at",
)  # fmt: skip

REFUSED = "observations are append-only: only signing and withdrawing, once each"

SQLITE = (
    f"""
    CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
    WHEN {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)}
      OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NOT OLD.withdrawn_at)
      OR (OLD.signed_at IS NOT NULL AND (NEW.signed_at IS NOT OLD.signed_at OR NEW.signed_by IS NOT OLD.signed_by))
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    # INSERT OR REPLACE removes the old row without asking the triggers above.
    f"""
    CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER {TABLE}_reasoned BEFORE INSERT ON {TABLE} WHEN NEW.corrects_id IS NOT NULL AND NEW.reason = ''
    BEGIN SELECT RAISE(ABORT, 'a correction needs its reason'); END
    """,
)

POSTGRESQL = (
    f"""
    CREATE FUNCTION indicators_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSED}'; END $$
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW
    WHEN ({" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)}
      OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
      OR (OLD.signed_at IS NOT NULL
          AND (NEW.signed_at IS DISTINCT FROM OLD.signed_at OR NEW.signed_by IS DISTINCT FROM OLD.signed_by)))
    EXECUTE FUNCTION indicators_refuse_change()
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE OR TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION indicators_refuse_change()
    """,
    """
    CREATE FUNCTION indicators_need_reason() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a correction needs its reason'; END $$
    """,
    f"""
    CREATE TRIGGER {TABLE}_reasoned BEFORE INSERT ON {TABLE} FOR EACH ROW
    WHEN (NEW.corrects_id IS NOT NULL AND NEW.reason = '') EXECUTE FUNCTION indicators_need_reason()
    """,
)


def refuse(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_add_sources_and_definitions")]

    # There is no way back: values that anybody could change would prove nothing.
    operations = [migrations.RunPython(refuse, elidable=False)]
