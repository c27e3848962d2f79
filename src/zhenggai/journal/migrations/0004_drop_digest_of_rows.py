"""What a row says after an event stands in the event itself; a digest of it in the index cost more than it told."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_treehead")]

    operations = [migrations.RemoveField("changedrow", "digest")]
