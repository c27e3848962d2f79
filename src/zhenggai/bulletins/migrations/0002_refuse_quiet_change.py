"""The database itself refuses an edition that was not approved step by step by others, and any change of what was published, approved or kept.

A binding may only be moved along with its words, or ended.
"""

from typing import Any

from django.db import migrations

APPROVED = """
EXISTS (
  SELECT 1 FROM bulletins_bulletin b WHERE b.id = NEW.bulletin_id AND b.state = 'approved' AND length(b.digest) = 64
  AND b.code = NEW.code AND b.number = NEW.number AND b.audience = NEW.audience
  AND {array_length}(b.chain) > 0
  AND {array_length}(b.chain) = (
    SELECT count(DISTINCT a.reviewer_id) FROM bulletins_approval a WHERE a.bulletin_id = b.id AND a.round = b.round AND a.approved
    AND a.digest = b.digest AND a.reviewer_id <> b.submitter_id))
"""

FACTS = ("bulletins_edition", "bulletins_approval", "bulletins_paragraphversion")

SQLITE_GATE = """
CREATE TRIGGER bulletins_edition_gate BEFORE INSERT ON bulletins_edition WHEN NOT {approved}
BEGIN SELECT RAISE(ABORT, 'publishing refused: not approved step by step by others on one digest'); END
"""

SQLITE_FACT = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'what stands in {table} is a fact and stays'); END
"""

# INSERT OR REPLACE removes the old row without asking the triggers above.
SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'what stands in {table} is a fact and stays'); END
"""

SQLITE_BINDING = """
CREATE TRIGGER bulletins_binding_ended BEFORE UPDATE ON bulletins_binding WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a binding that was ended stays as it was'); END
"""

POSTGRESQL = (
    """
    CREATE FUNCTION bulletins_edition_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT {approved} THEN RAISE EXCEPTION 'publishing refused: not approved step by step by others on one digest'; END IF;
      RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER bulletins_edition_gate BEFORE INSERT ON bulletins_edition FOR EACH ROW EXECUTE FUNCTION bulletins_edition_gate()",
    """
    CREATE FUNCTION bulletins_fact_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'what stands in % is a fact and stays', TG_TABLE_NAME; END $$
    """,
    *(
        f"CREATE TRIGGER {table}_fact BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION bulletins_fact_stays()"
        for table in FACTS
    ),
    """
    CREATE TRIGGER bulletins_binding_ended BEFORE UPDATE ON bulletins_binding
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION bulletins_fact_stays()
    """,
)


def refuse(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        gate = APPROVED.replace("{array_length}", "jsonb_array_length")
        statements = [statement.replace("{approved}", gate) for statement in POSTGRESQL]
    else:
        gate = APPROVED.replace("{array_length}", "json_array_length")
        statements = [SQLITE_GATE.replace("{approved}", gate), SQLITE_BINDING]
        for table in FACTS:
            statements += [SQLITE_FACT.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")]
            statements.append(SQLITE_REPLACE.format(table=table))
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0001_create_tables")]

    # There is no way back: editions that could be changed would prove nothing.
    operations = [migrations.RunPython(refuse, elidable=False)]
