import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import accounts.ids
from tenants.rowsecurity import IsolateTenant, SameTenant


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0005_notifications"),
        ("vault", "0009_access_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
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
                    "act",
                    models.CharField(
                        choices=[
                            ("trash", "Moving to the trash"),
                            ("move", "Moving"),
                            ("grant", "Giving access"),
                        ],
                        max_length=8,
                    ),
                ),
                ("target", models.UUIDField(null=True)),
                ("principal_kind", models.CharField(blank=True, max_length=4)),
                ("principal", models.UUIDField(null=True)),
                ("role", models.CharField(blank=True, max_length=8)),
                ("until", models.DateTimeField(null=True)),
                (
                    "folders",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list
                    ),
                ),
                (
                    "documents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list
                    ),
                ),
                ("total", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Under way"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                            ("broken", "Broken off"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("trashing", models.UUIDField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("touched_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.membership",
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
                    "token",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.apitoken",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JobFailure",
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
                ("place", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("node", models.UUIDField()),
                ("code", models.CharField(max_length=40)),
                ("words", models.CharField(max_length=300)),
                (
                    "job",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="failures",
                        to="vault.job",
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
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                fields=["tenant", "membership", "-created_at"], name="jobs_of_a_member"
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "running"])),
                fields=["tenant", "touched_at"],
                name="jobs_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "move"), _negated=True),
                    ("target__isnull", False),
                    _connector="OR",
                ),
                name="a_move_has_a_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "grant"), _negated=True),
                    models.Q(("principal__isnull", False), models.Q(("role", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_grant_has_a_principal_and_a_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done__lte", models.F("total")), ("failed__lte", models.F("done"))
                ),
                name="a_job_does_what_was_asked_and_no_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="jobfailure",
            constraint=models.UniqueConstraint(
                fields=("tenant", "job", "place"), name="one_verdict_per_thing"
            ),
        ),
        IsolateTenant("Job", "JobFailure"),
        SameTenant("Job", "membership", cascade=True),
        SameTenant("Job", "token", cascade=True),
        SameTenant("JobFailure", "job", cascade=True),
    ]
