"""Signed heads, as append-only as the events they summarise."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

_before = import_module("zhenggai.journal.migrations.0002_refuse_changes")
TABLE = "journal_treehead"


def refuse(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_before.POSTGRESQL.format(table=TABLE), params=None)
        return
    for verb in ("update", "delete"):
        schema_editor.execute(_before.SQLITE.format(table=TABLE, verb=verb), params=None)
    keys = "id = NEW.id OR size = NEW.size"
    schema_editor.execute(_before.SQLITE_REPLACE.format(table=TABLE, keys=keys), params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_refuse_changes")]

    operations = [
        migrations.CreateModel(
            name="TreeHead",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField(unique=True, verbose_name="日志条数")),
                ("root", models.CharField(max_length=64, verbose_name="树根")),
                ("head", models.TextField(verbose_name="树头")),
            ],
            options={"verbose_name": "树头"},
        ),
        migrations.RunPython(refuse, elidable=False),
    ]
