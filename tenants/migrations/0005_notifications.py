import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.ids
from tenants.rowsecurity import IsolateTenant, SameTenant


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0004_trail_can_be_filtered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("node", models.UUIDField(null=True)),
                ("facts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="membership",
            name="mails",
            field=models.CharField(
                choices=[
                    ("at-once", "At once"),
                    ("daily", "Once a day, together"),
                    ("off", "Never"),
                ],
                default="at-once",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.organisation",
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                fields=["tenant", "user", "-created_at", "-id"], name="news_of_a_person"
            ),
        ),
        IsolateTenant("Notification"),
        SameTenant(
            "Notification", "user", to="tenants_membership", target="user_id", cascade=True
        ),
    ]
