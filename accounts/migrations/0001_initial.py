"""The first tables, and what the application's role may do here and in every later table.

This is the first migration of ours to run: all others depend on the person. It gives the rights
to all tables, now and by default; later migrations may take some away and nothing gives them back.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids
import accounts.models.user

GIVE = """
GRANT USAGE ON SCHEMA public TO strongroom_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO strongroom_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO strongroom_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO strongroom_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO strongroom_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM strongroom_app;
"""

# Django's groups and permissions of a person stay empty. DELETE stays allowed, since deleting
# a person sends one to both tables.
NO_RIGHTS_BY_THE_SIDE = """
REVOKE INSERT, UPDATE ON accounts_user_groups FROM strongroom_app;
REVOKE INSERT, UPDATE ON accounts_user_user_permissions FROM strongroom_app;
"""

# Events are added and never changed; who it was is forgotten when the person is deleted.
EVENTS_ARE_KEPT = """
REVOKE UPDATE, DELETE ON accounts_accountevent FROM strongroom_app;
GRANT UPDATE (user_id) ON accounts_accountevent TO strongroom_app;
"""

UNLOGGED = "ALTER TABLE accounts_counter SET UNLOGGED"


def where_the_role_exists(statements: str) -> str:
    """A database without the two roles (a quick look, another product's) migrates all the same."""
    return (
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'strongroom_app') THEN"
        f"{statements}END IF; END $$"
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(where_the_role_exists(GIVE), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("expires_at", models.DateTimeField(db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                ("language", models.CharField(blank=True, max_length=16, verbose_name="language")),
                (
                    "theme",
                    models.CharField(
                        blank=True,
                        choices=[("", "As the device"), ("light", "Light"), ("dark", "Dark")],
                        max_length=5,
                        verbose_name="theme",
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        default="UTC",
                        max_length=64,
                        validators=[accounts.models.user.known_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False)),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accounts:account:signed-up", "Signed up"),
                            ("accounts:session:signed-in", "Signed in"),
                            ("accounts:session:sign-in-failed", "Sign-in failed"),
                            ("accounts:session:signed-out", "Signed out"),
                            ("accounts:address:verified", "E-mail address verified"),
                            ("accounts:password:changed", "Password changed"),
                            ("accounts:password:reset", "Password reset"),
                        ],
                        editable=False,
                        max_length=64,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ip", models.GenericIPAddressField(editable=False, null=True)),
                ("user_agent", models.CharField(editable=False, max_length=200)),
                ("request_id", models.CharField(editable=False, max_length=64)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "digest",
                    models.CharField(
                        editable=False, max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("session_data", models.TextField()),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "last_seen",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("expire_date", models.DateTimeField(db_index=True)),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(fields=("email",), name="one_account_per_address"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="addresses_are_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_superuser", False)), name="nobody_is_superuser"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("theme__in", ["", "light", "dark"])), name="a_theme_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="accountevent",
            index=models.Index(fields=["user", "-at"], name="events_of_a_person"),
        ),
        migrations.RunSQL(UNLOGGED, migrations.RunSQL.noop),
        migrations.RunSQL(where_the_role_exists(NO_RIGHTS_BY_THE_SIDE), migrations.RunSQL.noop),
        migrations.RunSQL(where_the_role_exists(EVENTS_ARE_KEPT), migrations.RunSQL.noop),
    ]
