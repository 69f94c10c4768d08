from typing import Final

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tenants.models.membership import Membership
from tenants.models.organisation import TenantOwned
from tenants.models.period import Period

LONGEST_NAME: Final = 80  # characters


class Team(TenantOwned):
    """People of one organisation who hold keys together.

    guardian's grants point at an `auth.Group`. Groups have no tenant, so a team owns one that
    says nothing: its name is the team's id, and nobody is ever in it.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    group = models.OneToOneField(Group, models.PROTECT, related_name="+")
    is_everyone = models.BooleanField(default=False)  # all members, no guests

    class Meta:
        constraints = [
            models.UniqueConstraint("tenant", Lower("name"), name="team_names_differ"),
            models.UniqueConstraint("tenant", "group", name="a_group_serves_one_team"),
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(is_everyone=True), name="one_team_is_everyone"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(TenantOwned):
    team = models.ForeignKey(Team, models.CASCADE, related_name="+", db_constraint=False)
    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="+", db_constraint=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "membership", "team"], name="once_in_a_team"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.team_id}"


class TeamMemberPeriod(Period):
    team_id = models.UUIDField()
    membership_id = models.UUIDField()

    class Meta(Period.Meta):
        indexes = [
            *Period.Meta.indexes,
            models.Index(fields=["tenant", "team_id", "valid_from"], name="who_was_in_a_team"),
        ]


class TeamPeriod(Period):
    """What a team was called, and which group stood for it in keys."""

    group_id = models.IntegerField()
    name = models.CharField(max_length=80)

    class Meta(Period.Meta):
        pass
