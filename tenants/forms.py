"""What people choose in an organisation, before a flow takes it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.actor import Member
from tenants.flows.view_as import Kind
from tenants.models import Membership, Team


class ViewAsForm(forms.Form):
    """A team, or anybody but oneself."""

    who = forms.ChoiceField(label=_("Member or team"))

    def __init__(self, *args: Any, actor: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Membership.objects.select_related("user").exclude(pk=actor.membership_id)
        seats = list(others.order_by("user__name", "user__email"))
        self.seats = {str(seat.user_id): seat.pk for seat in seats}
        people = [
            (f"user:{seat.user_id}", f"{seat.user} ({seat.get_role_display()})") for seat in seats
        ]
        teams = Team.objects.order_by("-is_everyone", "name")
        fields: Any = self.fields
        fields["who"].choices = [
            ("", _("Choose …")),
            (_("People"), people),
            (_("Teams"), [(f"team:{team.pk}", team.name) for team in teams]),
        ]

    def clean_who(self) -> tuple[Kind, UUID]:
        kind, _colon, identity = self.cleaned_data["who"].partition(":")
        return ("team", UUID(identity)) if kind == "team" else ("member", self.seats[identity])
