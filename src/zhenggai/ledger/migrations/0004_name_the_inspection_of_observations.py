"""Values that were entered before the field was there get the inspection whose reading, or whose unit's report, they came of.

Runs before the triggers that refuse every change of a value. Can be run again: what has its inspection is left alone.
"""

from typing import Any

from django.db import migrations


def name_inspections(apps: Any, schema_editor: Any) -> None:
    observation = apps.get_model("indicators", "Observation").objects
    proposals = apps.get_model("ledger", "Proposal").objects.filter(kind="figure", target_id__isnull=False)
    figures = apps.get_model("ledger", "ReportedFigure").objects.filter(observation__isnull=False)
    scopes = dict(proposals.order_by("pk").values_list("target_id", "reading__inspection__code"))
    scopes |= dict(figures.values_list("observation_id", "report__finding__inspection__code"))
    by_scope: dict[str, list[int]] = {}
    for row, corrects in observation.filter(scope="").order_by("-pk").values_list("pk", "corrects_id"):
        if row in scopes:
            by_scope.setdefault(scopes[row], []).append(row)
            if corrects is not None:  # a proposal names the newest value only
                scopes.setdefault(corrects, scopes[row])
    for scope, rows in by_scope.items():
        for start in range(0, len(rows), 500):
            observation.filter(pk__in=rows[start : start + 500]).update(scope=scope)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_refuse_closing_past_the_gate"),
        ("indicators", "0002_add_sources_and_definitions"),
    ]
    run_before = [("indicators", "0003_refuse_changing_observations")]

    # Backwards there is nothing to do: the column goes with the migration that made it.
    operations = [migrations.RunPython(name_inspections, migrations.RunPython.noop)]
