"""The database itself refuses a closed item without evidence, digest, the whole review chain and a second person of another unit.

What was closed stays: a closed application and the steps of a review cannot be changed or removed.
"""

from typing import Any

from django.db import migrations

REVIEWED = """
EXISTS (
  SELECT 1 FROM ledger_closure c WHERE c.finding_id = NEW.id AND c.cycle = NEW.cycle AND c.state = 'closed'
  AND c.grade = NEW.grade AND c.closed_on = NEW.closed_on AND length(c.digest) = 64
  AND c.closer_id <> c.applicant_id AND c.closer_unit_id <> c.applied_unit_id
  AND EXISTS (
    SELECT 1 FROM ledger_reviewstep s WHERE s.closure_id = c.id AND s.approved AND s.digest = c.digest
    AND s.reviewer_id = c.closer_id AND s.unit_id = c.closer_unit_id)
  AND {array_length}(c.chain) > 0
  AND {array_length}(c.chain) = (
    SELECT count(*) FROM ledger_reviewstep s WHERE s.closure_id = c.id AND s.approved AND s.digest = c.digest
    AND s.reviewer_id <> c.applicant_id AND s.unit_id <> c.applied_unit_id))
"""

WAIVED = """
EXISTS (
  SELECT 1 FROM ledger_waiver w WHERE w.finding_id = NEW.id AND w.cycle = NEW.cycle AND w.kind = 'evidence'
  AND w.state = 'approved' AND w.task_id = t.id AND w.expires_on >= NEW.closed_on AND {measure})
"""

UNPROVEN_TASK = """
EXISTS (
  SELECT 1 FROM ledger_task t WHERE t.finding_id = NEW.id AND t.withdrawn_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM ledger_evidence e WHERE e.task_id = t.id AND e.cycle = NEW.cycle AND e.state = 'accepted')
  AND NOT {waived})
""".replace("{waived}", WAIVED.replace("{measure}", "1 = 1"))

UNPROVEN_MEASURE = """
(NEW.grade <> 'infeasible' AND EXISTS (
  SELECT 1 FROM ledger_measure m JOIN ledger_task t ON t.id = m.task_id
  WHERE t.finding_id = NEW.id AND t.withdrawn_at IS NULL AND m.withdrawn_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM ledger_evidence e WHERE e.measure_id = m.id AND e.cycle = NEW.cycle AND e.state = 'accepted')
  AND NOT {waived}))
""".replace("{waived}", WAIVED.replace("{measure}", "(w.measure_id IS NULL OR w.measure_id = m.id)"))

NO_TASK = "NOT EXISTS (SELECT 1 FROM ledger_task t WHERE t.finding_id = NEW.id AND t.withdrawn_at IS NULL)"

RULES = (
    ("not reviewed by a second person of another unit, on one digest, step by step", f"NOT {REVIEWED}"),
    ("without a task", NO_TASK),
    ("a task without accepted evidence", UNPROVEN_TASK),
    ("a measure without accepted evidence", UNPROVEN_MEASURE),
)

SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER ledger_finding_gate BEFORE UPDATE OF review, grade, closed_on, cycle ON ledger_finding
    WHEN NEW.review = 'closed'
    BEGIN {checks} END
    """,
    """
    CREATE TRIGGER ledger_finding_gate_new BEFORE INSERT ON ledger_finding WHEN NEW.review = 'closed'
    BEGIN SELECT RAISE(ABORT, 'closing refused: a new item cannot be closed'); END
    """,
    """
    CREATE TRIGGER ledger_closure_fact BEFORE UPDATE ON ledger_closure WHEN OLD.state = 'closed'
    BEGIN SELECT RAISE(ABORT, 'a closure is a fact and stays'); END
    """,
    """
    CREATE TRIGGER ledger_closure_stays BEFORE DELETE ON ledger_closure WHEN OLD.state = 'closed'
    BEGIN SELECT RAISE(ABORT, 'a closure is a fact and stays'); END
    """,
    """
    CREATE TRIGGER ledger_reviewstep_fact BEFORE UPDATE ON ledger_reviewstep
    BEGIN SELECT RAISE(ABORT, 'a step of a review is a fact and stays'); END
    """,
    """
    CREATE TRIGGER ledger_reviewstep_stays BEFORE DELETE ON ledger_reviewstep
    BEGIN SELECT RAISE(ABORT, 'a step of a review is a fact and stays'); END
    """,
)

POSTGRESQL = (
    """
    CREATE FUNCTION ledger_finding_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.review = 'closed' THEN
        IF TG_OP = 'INSERT' THEN RAISE EXCEPTION 'closing refused: a new item cannot be closed'; END IF;
        {checks}
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER ledger_finding_gate BEFORE INSERT OR UPDATE OF review, grade, closed_on, cycle ON ledger_finding
    FOR EACH ROW EXECUTE FUNCTION ledger_finding_gate()
    """,
    """
    CREATE FUNCTION ledger_fact_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'what was decided in %% is a fact and stays', TG_TABLE_NAME; END $$
    """,
    """
    CREATE TRIGGER ledger_closure_fact BEFORE UPDATE OR DELETE ON ledger_closure
    FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION ledger_fact_stays()
    """,
    """
    CREATE TRIGGER ledger_reviewstep_fact BEFORE UPDATE OR DELETE ON ledger_reviewstep
    FOR EACH ROW EXECUTE FUNCTION ledger_fact_stays()
    """,
)


def refuse(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        checks = "\n".join(
            f"IF {rule.replace('{array_length}', 'jsonb_array_length')} THEN RAISE EXCEPTION 'closing refused: {words}'; END IF;"
            for words, rule in RULES
        )
        statements = [statement.replace("{checks}", checks).replace("%%", "%") for statement in POSTGRESQL]
    else:
        checks = "\n".join(
            f"SELECT RAISE(ABORT, 'closing refused: {words}') WHERE {rule.replace('{array_length}', 'json_array_length')};"
            for words, rule in RULES
        )
        statements = [statement.replace("{checks}", checks) for statement in SQLITE_TRIGGERS]
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_add_responsibility_and_closure")]

    # There is no way back: a ledger in which anybody may close would prove nothing.
    operations = [migrations.RunPython(refuse, elidable=False)]
