"""What fields of several forms have in common: names, and days."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from vault.errors import NameInvalid
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


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
