"""What things are called, and how they arrive."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.models.team import LONGEST_NAME
from vault.forms.fields import NameField
from vault.models.nodes import LONGEST_DESCRIPTION


class NameForm(forms.Form):
    name = NameField(label=_("Name"), max_length=200)


class DescriptionForm(forms.Form):
    description = forms.CharField(
        label=_("Description"),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


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


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
