"""What people type, before a flow takes it."""

from datetime import datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.actor import Member
from tenants.models import Membership, MembershipRole, Policy, Team
from vault.access import Role
from vault.errors import NameInvalid
from vault.flows.explain import ROLE_WORDS
from vault.flows.grant import Principal
from vault.names import DisplayName


class NameField(forms.CharField):
    """A display name; a refusal offers the name that would do."""

    def clean(self, value: Any) -> DisplayName:
        try:
            return DisplayName(super().clean(value))
        except NameInvalid as refusal:
            raise ValidationError(refusal.detail, code=refusal.code) from refusal


class NameForm(forms.Form):
    name = NameField(label=_("Name"), max_length=200)


class UploadForm(forms.Form):
    """What comes with the files."""

    CHOICES = (
        ("keep_both", _("Keep both: the new one gets a number")),
        ("version", _("Make it a new version")),
        ("refuse", _("Refuse the new one")),
    )
    on_conflict = forms.ChoiceField(
        label=_("If a name is taken"), choices=CHOICES, initial="keep_both"
    )


class GrantForm(forms.Form):
    principal = forms.ChoiceField(label=_("Person or team"))
    role = forms.ChoiceField(label=_("May"))
    until = forms.DateField(
        label=_("Until the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, held: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Membership.objects.select_related("user").order_by("user__name", "user__email")
        teams = Team.objects.order_by("-is_everyone", "name")
        cast("forms.ChoiceField", self.fields["principal"]).choices = [
            (_("Teams"), [(f"team:{team.pk}", team.name) for team in teams]),
            (_("People"), [(f"user:{seat.user_id}", str(seat.user)) for seat in people]),
        ]
        cast("forms.ChoiceField", self.fields["role"]).choices = [
            (role.word, ROLE_WORDS[role]) for role in Role if Role.NONE < role <= held
        ]

    def clean_role(self) -> Role:
        return Role.from_word(self.cleaned_data["role"])

    def clean_principal(self) -> Principal:
        kind, _colon, identity = self.cleaned_data["principal"].partition(":")
        return Principal(kind, UUID(identity))

    def clean_until(self) -> datetime | None:
        """The end of that day, in the zone of whoever gives."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        end = datetime.combine(day + timedelta(days=1), time(), timezone.get_current_timezone())
        if end <= timezone.now():
            raise ValidationError(_("This day is over."), code="past")
        return end


class SearchForm(forms.Form):
    """The chips of the search page. Owners are offered to who may see the directory."""

    DAYS = ((7, _("the last 7 days")), (30, _("the last 30 days")), (365, _("the last year")))

    q = forms.CharField(label=_("Name"), max_length=200, required=False)
    type = forms.ChoiceField(label=_("Type"), required=False)
    days = forms.TypedChoiceField(label=_("Changed"), coerce=int, empty_value=None, required=False)
    owner = forms.TypedChoiceField(
        label=_("Filed by"), coerce=UUID, empty_value=None, required=False
    )
    folder = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        types = Policy.objects.values_list("file_types", flat=True).get()
        fields["type"].choices = [("", _("Any")), *((t, t.upper()) for t in sorted(types))]
        fields["days"].choices = [("", _("Any time")), *self.DAYS]
        people = Membership.objects.select_related("user").order_by("user__name", "user__email")
        if actor.role == MembershipRole.GUEST:
            people = people.filter(user_id=actor.user_id)
        owners = [(str(seat.user_id), str(seat.user)) for seat in people]
        fields["owner"].choices = [("", _("Anybody")), *owners]
