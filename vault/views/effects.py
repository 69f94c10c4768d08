"""An effect for the templates: plain values, with the words beside them."""

from typing import Any, Final

from django.utils.translation import ngettext

from vault.access.effect import Shift
from vault.flows.foresee import Effect, NamedLink
from vault.views import rows

SHOWN_LINKS: Final = 20


def effect_row(effect: Effect) -> dict[str, Any]:
    return {
        "is_none": effect.is_none,
        "gaining": effect.gaining,
        "losing": effect.losing,
        "unnamed": effect.unnamed,
        "changes": [
            {
                "name": str(change.person),
                "before": rows.role_or_none(change.before) if change.before is not None else "",
                "after": rows.role_or_none(change.after) if change.after is not None else "",
                "gains": gain_words(change.shift),
                "loses": loss_words(change.shift),
            }
            for change in effect.changes
        ],
        "staying": len(effect.links_staying),
        "ending": links(effect.links_ending),
        "returning": links(effect.links_returning),
        "ending_count": len(effect.links_ending),
        "returning_count": len(effect.links_returning),
    }


def links(some: Any) -> list[dict[str, Any]]:
    return [link_row(named) for named in some[:SHOWN_LINKS]]


def link_row(named: NamedLink) -> dict[str, Any]:
    return {"label": named.link.label, "document": named.document, "until": named.link.expires_at}


def gain_words(shift: Shift) -> str:
    return amount(shift.documents_gained, shift.folders_gained)


def loss_words(shift: Shift) -> str:
    return amount(shift.documents_lost, shift.folders_lost)


def amount(documents: int, folders: int) -> str:
    """How much changes: documents, or, where there are none, the folders that are empty yet."""
    if documents:
        return ngettext("%(n)s document", "%(n)s documents", documents) % {"n": documents}
    if folders:
        return ngettext("%(n)s folder", "%(n)s folders", folders) % {"n": folders}
    return ""
