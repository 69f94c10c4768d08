"""The way on from a refusal: a member may ask for what they did not get."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from tenants.actor import Member
from tenants.errors import NotFound, Refused, TooWeak
from vault.access import Role
from vault.flows.reasons import ROLE_WORDS
from vault.forms import AskForm


def asking(request: HttpRequest) -> dict[str, object]:
    """A member who was refused may ask, for a folder or document that there is or is not."""
    refusal, actor = getattr(request, "refusal", None), getattr(request, "actor", None)
    if not isinstance(actor, Member) or actor.viewing:
        return {}
    about = refused_node(request, refusal)
    if about is None:
        return {}
    (kind, node), needed = about, Role.PREVIEW
    if isinstance(refusal, TooWeak):
        needed = Role.from_word(str(refusal.facts["needed"]))
    org = request.organisation.slug  # type: ignore[attr-defined]
    ask = {
        "form": AskForm(at_least=needed),
        "action": reverse(f"vault:ask-{kind}", kwargs={"org": org, f"{kind}_id": node}),
        "needed": ROLE_WORDS[needed] if isinstance(refusal, TooWeak) else "",
    }
    return {"ask": ask}


def refused_node(request: HttpRequest, refusal: Refused | None) -> tuple[str, UUID] | None:
    """What was too weak is known by the refusal, what may not exist by the address alone."""
    if isinstance(refusal, TooWeak):
        return refusal.subject
    if not isinstance(refusal, NotFound) or request.resolver_match is None:
        return None
    named = request.resolver_match.kwargs
    ids = ((kind, named.get(f"{kind}_id")) for kind in ("document", "folder"))
    return next(((kind, node) for kind, node in ids if node), None)
