"""Of a list: how many it goes on with, and how a form names all of them."""

from typing import Any

from django.utils.formats import number_format

from vault.flows.choose import MOST


def all_of(name: str, number: int, *, shown: int) -> dict[str, Any] | None:
    """None where the page shows all there is. `name` is what `SelectionForm` reads."""
    if number <= shown:
        return None
    if number > MOST:
        return {"name": name, "number": f"{with_commas(MOST)}+", "is_too_many": True}
    return {"name": name, "number": with_commas(number), "is_too_many": False}


def with_commas(number: int) -> str:
    """In groups, as the reader's language writes it."""
    return number_format(number, use_l10n=True, force_grouping=True)
