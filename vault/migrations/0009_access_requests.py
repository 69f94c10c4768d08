import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids
from tenants.rowsecurity import IsolateTenant, SameTenant

MEMBER = {"to": "tenants_membership", "target": "user_id", "cascade": True}


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0005_notifications"),
        ("vault", "0008_past_access"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessRequest",
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
                    "kind",
                    models.CharField(
                        choices=[("folder", "folder"), ("document", "document")], max_length=8
                    ),
                ),
                ("node", models.UUIDField()),
                ("role", models.CharField(max_length=8)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("until", models.DateTimeField(null=True)),
                (
                    "asker",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["tenant", "-created_at", "-id"],
                        name="requests_that_wait",
                    ),
                    models.Index(
                        fields=["tenant", "asker", "-created_at", "-id"],
                        name="requests_of_a_person",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("tenant", "asker", "kind", "node"),
                        name="one_open_request_per_person_and_node",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state__in", ["approved", "declined"]),
                            ),
                            _connector="OR",
                        ),
                        name="a_request_is_open_or_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["preview", "read", "edit", "manage"])),
                        name="a_request_is_for_a_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["folder", "document"])),
                        name="a_request_is_for_a_folder_or_document",
                    ),
                ],
            },
        ),
        IsolateTenant("AccessRequest"),
        SameTenant("AccessRequest", "asker", **MEMBER),
    ]
