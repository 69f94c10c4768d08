"""A past date knows what lay in the trash: nobody could see it."""

from typing import Any

from django.db import migrations, models

from tenants.rowsecurity import KeepPeriods, Undone
from tenants.scoping import scope


def fill(apps: Any, editor: Any) -> None:
    """What lies in the trash now has lain there since it was thrown away."""
    kinds = [apps.get_model("vault", name) for name in ("Folder", "Document")]
    period_of = apps.get_model("vault", "PlacePeriod")
    for organisation in apps.get_model("tenants", "Organisation").objects.all():
        with scope(organisation.pk):
            for node in [n for k in kinds for n in k.objects.exclude(trashed=None)]:
                thrown_at = node.trashed.at
                for period in period_of.objects.filter(source=node.pk, valid_to=None):
                    period.valid_to = thrown_at
                    period.save(update_fields=["valid_to"])
                    period.pk, period.valid_from, period.valid_to = None, thrown_at, None
                    period.trashing_id = node.trashed_id
                    period.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = [("tenants", "0006_past_access"), ("vault", "0007_acts_that_go")]
    operations = [
        migrations.AddField(
            model_name="placeperiod",
            name="trashing_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="grantperiod",
            index=models.Index(fields=["tenant", "node_id", "valid_from"], name="keys_to_a_node"),
        ),
        Undone(KeepPeriods("Folder", "PlacePeriod", "restricted", container_id="parent_id")),
        Undone(KeepPeriods("Document", "PlacePeriod", "restricted", container_id="folder_id")),
        KeepPeriods(
            "Folder",
            "PlacePeriod",
            "restricted",
            container_id="parent_id",
            trashing_id="trashed_id",
        ),
        KeepPeriods(
            "Document",
            "PlacePeriod",
            "restricted",
            container_id="folder_id",
            trashing_id="trashed_id",
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
