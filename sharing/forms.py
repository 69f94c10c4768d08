"""What the maker of a link chooses."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sharing.flows.create import Terms
from tenants.models import Policy
from vault.forms import DayField

PRESETS = (1, 7, 30, 90)


class LinkForm(forms.Form):
    """A preset shows the day of its end; none lies past the organisation's maximum."""

    days = forms.TypedChoiceField(label=gettext_lazy("Ends"), coerce=int)
    on = DayField(label=gettext_lazy("Or at the end of"))
    label = forms.CharField(
        label=gettext_lazy("Label"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For you: who the link is for, say."),
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = sorted({policy.link_days_default, *PRESETS})
        field: Any = self.fields["days"]
        field.choices = [(n, preset(n)) for n in days if n <= policy.link_days_max]
        field.initial = policy.link_days_default

    def terms(self) -> Terms:
        data = self.cleaned_data
        label = data["label"].strip()
        if data["on"]:
            return Terms(expires_at=end_of_day(data["on"]), label=label)
        return Terms(expires_at=timezone.now() + timedelta(days=data["days"]), label=label)


def preset(days: int) -> str:
    ends = date_format(timezone.localtime(timezone.now() + timedelta(days=days)), "DATE_FORMAT")
    words = ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    return _("%(words)s, on %(date)s") % {"words": words, "date": ends}


def end_of_day(day: Any) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), timezone.get_current_timezone())
