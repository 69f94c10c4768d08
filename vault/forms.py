"""What people type, before a flow takes it."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.actor import Member
from tenants.models import Mails, Membership, MembershipRole, Policy, Team
from tenants.models.team import LONGEST_NAME
from tenants.trail import Wanted
from vault.access import Role
from vault.errors import NameInvalid
from vault.flows.decide import MOST_DAYS
from vault.flows.grant import Giving, Principal
from vault.flows.orders import ORDERS
from vault.flows.reasons import ROLE_WORDS
from vault.flows.sentences import actions_of, kinds
from vault.models.nodes import LONGEST_DESCRIPTION
from vault.models.requests import LONGEST_NOTE
from vault.names import DisplayName

if TYPE_CHECKING:
    from django.http import QueryDict


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
    """Rows of a list: `folder:<id>` or `document:<id>`, each as often as it is ticked."""

    MOST = 200

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.nodes: dict[str, list[UUID]] = {"folder": [], "document": []}

    def clean(self) -> None:
        ticked = cast("QueryDict", self.data).getlist("node")
        try:
            for text in ticked[: self.MOST]:
                kind, _colon, identity = text.partition(":")
                self.nodes[kind].append(UUID(identity))
        except (KeyError, ValueError) as error:
            raise ValidationError(_("Something that was chosen is neither.")) from error
        if len(ticked) > self.MOST:
            raise ValidationError(_("This is too much at once."))


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


class PrincipalsField(forms.MultipleChoiceField):
    """People and teams, `user:<id>` or `team:<id>`. Whether there are such, the flow knows."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        try:
            return bool(principal(value))
        except ValueError:
            return False

    def clean(self, value: Any) -> list[Principal]:
        return [principal(text) for text in dict.fromkeys(super().clean(value))]


def principal(text: str) -> Principal:
    """Raises `ValueError`."""
    kind, _colon, identity = text.partition(":")
    if kind not in ("user", "team"):
        raise ValueError(text)
    return Principal(cast("Any", kind), UUID(identity))


class GrantForm(forms.Form):
    """To whom, which role, until when. Of many people, those are offered who are looked for."""

    OFFERED = 50

    principal = PrincipalsField(label=_("People and teams"))
    role = forms.ChoiceField(label=_("They may"))
    until = DayField(label=_("Until the end of"))

    def __init__(self, *args: Any, held: Role, find: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self["principal"].value() or []
        cast("forms.ChoiceField", self.fields["principal"]).choices = offered(find, chosen)
        cast("forms.ChoiceField", self.fields["role"]).choices = [
            (role.word, ROLE_WORDS[role]) for role in Role if Role.NONE < role <= held
        ]
        self.fields["role"].initial = min(held, Role.READ).word

    def clean_role(self) -> Role:
        return Role.from_word(self.cleaned_data["role"])

    def clean_until(self) -> datetime | None:
        """The end of that day, in the zone of whoever gives."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        end = start_of(day + timedelta(days=1))
        if end <= timezone.now():
            raise ValidationError(_("This day is over."), code="past")
        return end

    def givings(self) -> list[Giving]:
        data = self.cleaned_data
        return [Giving(to, data["role"], data["until"]) for to in data["principal"]]


def offered(find: str, chosen: Collection[str]) -> list[tuple[str, str]]:
    """Teams and people whose names have all these words, by name; and those that are chosen."""
    teams = Team.objects.order_by("-is_everyone", "name")
    seats = Membership.objects.select_related("user").order_by("user__name", "user__email")
    for word in find.split():
        teams = teams.filter(name__icontains=word)
        seats = seats.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    ids = [UUID(i) for _k, c, i in (text.partition(":") for text in chosen) if c and is_id(i)]
    kept = Team.objects.filter(pk__in=ids), Membership.objects.filter(user__in=ids)
    most = GrantForm.OFFERED
    found = {
        **{f"team:{team.pk}": team.name for team in (*kept[0], *teams[:most])},
        **{f"user:{s.user_id}": str(s.user) for s in kept[1].select_related("user")},
        **{f"user:{seat.user_id}": str(seat.user) for seat in seats[:most]},
    }
    return list(found.items())


def is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


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


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)


class PeopleForm(forms.Form):
    """Whom a list of people is narrowed to."""

    q = forms.CharField(label=_("Name or address"), max_length=200, required=False)


class AskForm(forms.Form):
    """What somebody asks for, at least what they need."""

    role = forms.ChoiceField(label=_("You ask for"))
    note = forms.CharField(
        label=_("A note to whoever decides"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, at_least: Role = Role.PREVIEW, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["role"])
        field.choices = [(r.word, ROLE_WORDS[r]) for r in Role if r and r >= at_least]
        field.initial = max(at_least, Role.READ).word

    def clean_role(self) -> Role:
        return Role.from_word(self.cleaned_data["role"])


class ApproveForm(forms.Form):
    role = forms.TypedChoiceField(
        coerce=Role.from_word, choices=[(role.word, ROLE_WORDS[role]) for role in Role if role]
    )
    days = forms.IntegerField(min_value=1, max_value=MOST_DAYS, required=False)


class DeclineForm(forms.Form):
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)


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
