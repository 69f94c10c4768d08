"""To whom, which role, until when; asked for, given and declined."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models import Membership, Team
from vault.access import Role
from vault.flows.decide import MOST_DAYS
from vault.flows.grant import Giving, Principal
from vault.flows.reasons import ROLE_WORDS
from vault.forms.fields import DayField, start_of
from vault.models.requests import LONGEST_NOTE


class PrincipalsField(forms.MultipleChoiceField):
    """People and teams, `user:<id>` or `team:<id>`. Whether there are such, the flow knows."""

    MOST = 20

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        try:
            return bool(principal(value))
        except ValueError:
            return False

    def clean(self, value: Any) -> list[Principal]:
        chosen = list(dict.fromkeys(principal(text) for text in super().clean(value)))
        if len(chosen) > self.MOST:
            raise ValidationError(_("This is too much at once."))
        return chosen


def principal(text: str) -> Principal:
    """Raises `ValueError`."""
    kind, _colon, identity = text.partition(":")
    if kind not in ("user", "team"):
        raise ValueError(text)
    return Principal(cast("Any", kind), UUID(identity))


class GrantForm(forms.Form):
    """To whom, which role, until when. Of many people, those are offered who are looked for."""

    OFFERED = 50
    LONGEST = 200  # characters of what is looked for

    principal = PrincipalsField(label=_("People and teams"))
    role = forms.ChoiceField(label=_("They may"))
    until = DayField(label=_("Until the end of"))

    def __init__(self, *args: Any, held: Role, find: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self["principal"].value() or []
        words = find[: self.LONGEST].replace("\0", "")
        cast("forms.ChoiceField", self.fields["principal"]).choices = offered(words, chosen)
        cast("forms.ChoiceField", self.fields["role"]).choices = [
            (role.word, ROLE_WORDS[role]) for role in Role if Role.NONE < role <= held
        ]
        self.fields["role"].initial = min(held, Role.READ).word

    @classmethod
    def beginning(cls, asked: Any, *, held: Role) -> "GrantForm":
        """To be filled in, with what an address has of it already."""
        kept = {name: asked[name] for name in ("role", "until") if asked.get(name)}
        first = {"principal": asked.getlist("principal"), **kept}
        return cls(initial=first, held=held, find=asked.get("find", ""))

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
