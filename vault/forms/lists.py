"""What lists are narrowed to: their whole state is the page's address."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.actor import Member
from tenants.models import Mails, Membership, MembershipRole, Policy
from tenants.trail import Wanted
from vault.flows.orders import ORDERS
from vault.flows.search import Query
from vault.flows.sentences import actions_of, kinds
from vault.forms.fields import DayField, start_of


class PeopleForm(forms.Form):
    """Whom a list of people is narrowed to."""

    q = forms.CharField(label=_("Name or address"), max_length=200, required=False)


class PastForm(forms.Form):
    """Whose access, and on which day."""

    q = forms.CharField(label=_("Name"), max_length=200, required=False)
    on = DayField(label=_("As it was on"))

    def clean_on(self) -> datetime | None:
        """The last moment of that day, in the reader's zone; none for today."""
        day = self.cleaned_data["on"]
        if day is None or day == timezone.localdate():
            return None
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return start_of(day + timedelta(days=1)) - timedelta(microseconds=1)


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
    sort = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(name, name) for name in ORDERS]
    )

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

    def wanted(self) -> Query:
        data = self.cleaned_data
        days = data["days"]
        return Query(
            words=data["q"],
            extension=data["type"],
            owner=data["owner"],
            folder=data["folder"],
            sort=data["sort"] or "-changed",
            since=timezone.now() - timedelta(days=days) if days else None,
        )


class TrailForm(forms.Form):
    """The filter of the trail: its whole state is the page's address."""

    who = forms.TypedChoiceField(label=_("Who"), coerce=UUID, empty_value=None, required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    since = DayField(label=_("From"))
    until = DayField(label=_("To"))
    about = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        fields: Any = self.fields
        seats = Membership.objects.select_related("user").order_by("user__name", "user__email")
        people = [(str(seat.user_id), str(seat.user)) for seat in seats]
        fields["who"].choices = [("", _("Anybody")), *people]
        fields["kind"].choices = [("", _("Everything")), *kinds()]

    def wanted(self) -> Wanted:
        """Days are those of whoever asks; `until` is a day that counts."""
        data = self.cleaned_data
        return Wanted(
            about=data["about"],
            actor=data["who"],
            actions=actions_of(data["kind"]),
            since=start_of(data["since"]) if data["since"] else None,
            until=start_of(data["until"] + timedelta(days=1)) if data["until"] else None,
        )


class MailsForm(forms.Form):
    mails = forms.ChoiceField(label=_("By mail"), choices=Mails)
