"""What people type, before a flow takes it."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.actor import Member
from tenants.errors import Invalid
from tenants.models import Mails, Membership, MembershipRole, Policy, Team
from tenants.trail import Wanted
from vault.access import Role
from vault.errors import NameInvalid
from vault.flows.choose import (
    Chosen,
    everything_found,
    everything_in,
    everything_opened,
    everything_starred,
    ticked,
)
from vault.flows.explain import ROLE_WORDS
from vault.flows.grant import Principal
from vault.flows.orders import ORDERS
from vault.flows.search import Query
from vault.flows.sentences import actions_of, kinds
from vault.models.nodes import LONGEST_DESCRIPTION
from vault.names import DisplayName


class NameField(forms.CharField):
    """A display name; a refusal offers the name that would do."""

    def clean(self, value: Any) -> DisplayName:
        try:
            return DisplayName(super().clean(value))
        except NameInvalid as refusal:
            raise ValidationError(refusal.detail, code=refusal.code) from refusal


class DayField(forms.DateField):
    """A day that people mean: with a year of four digits, and one after it."""

    def __init__(self, **options: Any) -> None:
        within = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9000, 1, 1))]
        widget = forms.DateInput(attrs={"type": "date"})
        super().__init__(validators=within, widget=widget, required=False, **options)


class NameForm(forms.Form):
    name = NameField(label=_("Name"), max_length=200)


class DescriptionForm(forms.Form):
    description = forms.CharField(
        label=_("Description"),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class MailsForm(forms.Form):
    mails = forms.ChoiceField(label=_("By mail"), choices=Mails)


class SelectionForm(forms.Form):
    """What an act on many takes: rows of a list, or all that the list goes on with.

    A row is `folder:<id>` or `document:<id>`; `matching` names the list by what it shows:
    `folder:<id>`, `search:<its query>`, `starred:` or `recent:`.
    """

    MOST = 200  # rows; a list has no more on a page

    matching = forms.CharField(max_length=2000, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.nodes: dict[str, list[UUID]] = {"folder": [], "document": []}

    def clean(self) -> None:
        rows = cast("QueryDict", self.data).getlist("node")
        try:
            for text in rows[: self.MOST]:
                kind, _colon, identity = text.partition(":")
                self.nodes[kind].append(UUID(identity))
        except (KeyError, ValueError) as error:
            raise ValidationError(_("Something that was chosen is neither.")) from error
        if len(rows) > self.MOST:
            raise ValidationError(_("This is too much at once."))

    def chosen(self, actor: Member) -> Chosen:
        """Raises `Invalid`, `NotFound`, `TooMany`."""
        if not self.is_valid():
            raise Invalid("; ".join(str(e) for errors in self.errors.values() for e in errors))
        kind, _colon, rest = self.cleaned_data["matching"].partition(":")
        if kind == "folder":
            return everything_in(actor, identity_of(rest))
        if kind == "search":
            return everything_found(actor, query_of(rest, actor))
        if kind in ("starred", "recent"):
            return everything_starred(actor) if kind == "starred" else everything_opened(actor)
        if kind:
            raise Invalid("matching")
        return ticked(self.nodes["folder"], self.nodes["document"])


def identity_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid("matching") from error


def query_of(address: str, actor: Member) -> Query:
    """A search again, by the query of its address. Raises `Invalid`."""
    form = SearchForm(QueryDict(address), actor=actor)
    if not form.is_valid():
        raise Invalid("matching")
    return form.wanted()


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
    role = forms.ChoiceField(label=_("They may"))
    until = DayField(label=_("Until the end of"))

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
        end = start_of(day + timedelta(days=1))
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


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
