import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.ids
from tenants.rowsecurity import IsolateTenant, SameTenant

MEMBER = {"to": "tenants_membership", "target": "user_id", "cascade": True}


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0005_notifications"),
        ("vault", "0005_names_can_be_searched"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="description",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="trashing",
            name="things",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="trashing",
            name="warned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Star",
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
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stars",
                        to="vault.document",
                    ),
                ),
                (
                    "folder",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stars",
                        to="vault.folder",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "user", "folder", "document"),
                        name="one_star_per_person_and_node",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("folder__isnull", True), ("document__isnull", True), _connector="XOR"
                        ),
                        name="a_star_is_on_one_node",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
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
                ("at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="vault.document",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "user", "-at"], name="visits_of_a_person")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "user", "document"),
                        name="one_visit_per_person_and_document",
                    )
                ],
            },
        ),
        IsolateTenant("Star", "Visit"),
        SameTenant("Star", "folder", cascade=True),
        SameTenant("Star", "document", cascade=True),
        SameTenant("Star", "user", **MEMBER),
        SameTenant("Visit", "document", cascade=True),
        SameTenant("Visit", "user", **MEMBER),
    ]
