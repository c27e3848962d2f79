"""销号凭据: the little of a closure that anybody may see. The database holds it to the closure when it is made, and keeps it as it is."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

CLOSED = """
EXISTS (
  SELECT 1 FROM ledger_closure c JOIN ledger_finding f ON f.id = c.finding_id JOIN ledger_inspection i ON i.id = f.inspection_id
  WHERE c.id = NEW.closure_id AND c.state = 'closed' AND f.id = NEW.finding_id AND i.code = NEW.inspection AND f.number = NEW.number
  AND c.cycle = NEW.cycle AND c.grade = NEW.grade AND c.closed_on = NEW.closed_on AND c.digest = NEW.closure_digest)
"""

ACCEPTED = """
FROM ledger_evidence e JOIN evidence_storedfile s ON s.id = e.file_id
WHERE e.finding_id = NEW.finding_id AND e.cycle = NEW.cycle AND e.state = 'accepted'
"""

# As many as there are, and each of them: so no other, and none twice.
EVIDENCE = f"""
({{is_list}} AND {{length}} = (SELECT count(DISTINCT s.sha256) {ACCEPTED})
AND NOT EXISTS (SELECT 1 {ACCEPTED} AND NOT {{holds}}))
"""

RULES = (
    ("the closure is not closed, or says something else", CLOSED),
    ("not the evidence that the closure rests on", EVIDENCE),
)
MEANS = {
    "sqlite": {
        "is_list": "json_type(NEW.evidence) = 'array'",
        "length": "json_array_length(NEW.evidence)",
        "holds": "EXISTS (SELECT 1 FROM json_each(NEW.evidence) j WHERE j.value = s.sha256)",
    },
    "postgresql": {
        "is_list": "jsonb_typeof(NEW.evidence) = 'array'",
        "length": "jsonb_array_length(NEW.evidence)",
        "holds": "NEW.evidence @> to_jsonb(s.sha256)",
    },
}

SQLITE = (
    """
    CREATE TRIGGER ledger_seal_gate BEFORE INSERT ON ledger_seal
    BEGIN {checks} END
    """,
    # INSERT OR REPLACE removes the old row without asking the triggers below.
    """
    CREATE TRIGGER ledger_seal_replaced BEFORE INSERT ON ledger_seal
    WHEN EXISTS (SELECT 1 FROM ledger_seal WHERE id = NEW.id OR closure_id = NEW.closure_id)
    BEGIN SELECT RAISE(ABORT, 'a seal is a fact and stays'); END
    """,
    """
    CREATE TRIGGER ledger_seal_fact BEFORE UPDATE ON ledger_seal
    BEGIN SELECT RAISE(ABORT, 'a seal is a fact and stays'); END
    """,
    """
    CREATE TRIGGER ledger_seal_stays BEFORE DELETE ON ledger_seal
    BEGIN SELECT RAISE(ABORT, 'a seal is a fact and stays'); END
    """,
)

POSTGRESQL = (
    """
    CREATE FUNCTION ledger_seal_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      {checks}
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER ledger_seal_gate BEFORE INSERT ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_seal_gate()
    """,
    """
    CREATE TRIGGER ledger_seal_fact BEFORE UPDATE OR DELETE ON ledger_seal
    FOR EACH ROW EXECUTE FUNCTION ledger_fact_stays()
    """,
)


def refuse(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    rules = [(words, _meant(rule, MEANS[vendor])) for words, rule in RULES]
    if vendor == "postgresql":
        checks = [
            f"IF ({rule}) IS NOT TRUE THEN RAISE EXCEPTION 'seal refused: {words}'; END IF;"
            for words, rule in rules
        ]
    else:
        checks = [
            f"SELECT RAISE(ABORT, 'seal refused: {words}') WHERE ({rule}) IS NOT TRUE;" for words, rule in rules
        ]
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement.replace("{checks}", "\n".join(checks)), params=None)


def _meant(rule: str, means: dict[str, str]) -> str:
    for name, expression in means.items():
        rule = rule.replace(f"{{{name}}}", expression)
    return rule


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_name_the_inspection_of_observations")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inspection", models.CharField(max_length=32, verbose_name="检查编号")),
                ("number", models.PositiveIntegerField(verbose_name="编号")),
                ("cycle", models.PositiveIntegerField(verbose_name="整改轮次")),
                (
                    "grade",
                    models.CharField(
                        choices=[("done", "完成整改"), ("phased", "取得阶段性成效并长期坚持"), ("infeasible", "因客观原因不再整改")],
                        max_length=16,
                        verbose_name="销号等次",
                    ),
                ),
                ("closed_on", models.DateField(verbose_name="销号日期")),
                ("closure_digest", models.CharField(max_length=64, verbose_name="所审内容摘要")),
                ("evidence", models.JSONField(verbose_name="佐证摘要")),
                (
                    "closure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="ledger.closure",
                        verbose_name="销号",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seals",
                        to="ledger.finding",
                        verbose_name="问题",
                    ),
                ),
            ],
            options={
                "verbose_name": "销号凭据",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grade__in", ["done", "phased", "infeasible"])), name="seal_grade_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("closure_digest__gt", "")), name="seal_digest_given"),
                    models.UniqueConstraint(fields=("finding", "cycle"), name="seal_one_a_cycle"),
                    models.UniqueConstraint(fields=("inspection", "number", "cycle"), name="seal_told_once"),
                ],
            },
        ),
        # There is no way back, as for what 0003 refuses.
        migrations.RunPython(refuse, elidable=False),
    ]
