"""What teams were called, and which group stood for them: a key of a team that is gone has both."""

from datetime import UTC, datetime
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from tenants.rowsecurity import IsolateTenant, KeepPeriods
from tenants.scoping import scope


def fill(apps: Any, editor: Any) -> None:
    """The teams that there are. A UUIDv7 begins with the milliseconds of its making (RFC 9562)."""
    team_of, period_of = (apps.get_model("tenants", name) for name in ("Team", "TeamPeriod"))
    for organisation in apps.get_model("tenants", "Organisation").objects.all():
        with scope(organisation.pk):
            period_of.objects.bulk_create(
                period_of(
                    tenant_id=organisation.pk,
                    source=team.pk,
                    valid_from=datetime.fromtimestamp((team.pk.int >> 80) / 1000, UTC),
                    group_id=team.group_id,
                    name=team.name,
                )
                for team in team_of.objects.all()
            )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0005_notifications")]
    operations = [
        migrations.CreateModel(
            name="TeamPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.UUIDField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("group_id", models.IntegerField()),
                ("name", models.CharField(max_length=80)),
            ],
            options={"abstract": False},
        ),
        migrations.AddIndex(
            model_name="teammemberperiod",
            index=models.Index(
                fields=["tenant", "team_id", "valid_from"], name="who_was_in_a_team"
            ),
        ),
        migrations.AddField(
            model_name="teamperiod",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="teamperiod",
            index=models.Index(
                fields=["tenant", "source", "valid_from"], name="teamperiod_states"
            ),
        ),
        IsolateTenant("TeamPeriod"),
        KeepPeriods("Team", "TeamPeriod", "group_id", "name"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
