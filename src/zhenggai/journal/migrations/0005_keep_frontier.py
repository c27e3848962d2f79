"""The full subtrees of a head's tree, so that the next head reads only the events since. Nullable: SQLite then keeps table and triggers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_drop_digest_of_rows")]

    operations = [
        migrations.AddField("treehead", "frontier", models.JSONField(null=True, verbose_name="满子树"))
    ]
