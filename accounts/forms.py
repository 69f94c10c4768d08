from collections.abc import Iterator
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Column, User
from accounts.names import tidy


class SignupDetails(forms.Form):
    """What we ask beside allauth's own fields; it makes its sign-up form from this one."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("Others in your organisation see it beside what you do."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["email", "name", "password1"]

    def signup(self, _request: HttpRequest, user: User) -> None:
        user.name = tidy(self.cleaned_data["name"])
        user.save(update_fields=["name"])


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    """A person's own name, language, zone and looks."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Days and times are told, and days end, in this zone."),
        widget=forms.Select(attrs={"data-zone": ""}),
    )

    class Meta:
        model = User
        fields = ("name", "language", "zone", "theme", "density", "shortcuts")
        labels = {"name": _("Your name")}
        help_texts = {
            "name": _("Others in your organisation see it beside what you do."),
            "shortcuts": _("Press ? on any page to see them. Those with Ctrl or Alt always work."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "theme": forms.RadioSelect,
            "density": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["language"].choices = [("", _("As the browser asks")), *settings.LANGUAGES]
        fields["zone"].choices = [("UTC", "UTC"), *zones_by_area()]

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"])


class ColumnsForm(forms.Form):
    columns = forms.MultipleChoiceField(choices=Column, required=False)


def zones_by_area() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """`Europe/Berlin` stands as Berlin under Europe. Names that stand for offsets are left out."""
    places = sorted(zone for zone in available_timezones() if "/" in zone and zone[:4] != "Etc/")
    for area, zones in groupby(places, key=lambda zone: zone.partition("/")[0]):
        yield area, [(zone, zone.partition("/")[2].replace("_", " ")) for zone in zones]
