"""What was chosen in a list: rows that were ticked, or all that the list goes on with."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tenants.actor import Member
from tenants.errors import Invalid
from vault.flows.choose import (
    Chosen,
    everything_found,
    everything_in,
    everything_opened,
    everything_starred,
    ticked,
)
from vault.flows.search import Query
from vault.forms.lists import SearchForm


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
