"""Rows that were ticked, thrown away in one act; and what is refused of them."""

from uuid import uuid4

import pytest

from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import put
from vault.forms import SelectionForm
from vault.models import Document, Job, Trashing


def throw(acme: Acme, *nodes: str) -> int:
    address = f"/o/{acme.slug}/trash/several/"
    return signed_in(acme.bob).post(address, {"node": list(nodes)}).status_code


def in_the_trash(acme: Acme) -> list[tuple[int, int]]:
    with scope(acme.tenant_id):
        return list(Trashing.objects.values_list("things", "documents"))


def test_what_was_ticked_goes_together(acme: Acme) -> None:
    other = put(acme.bob, acme.folder.pk, "other.pdf")
    assert throw(acme, f"document:{acme.contract.pk}", f"document:{other.pk}") == 302
    assert in_the_trash(acme) == [(2, 2)]


@pytest.mark.parametrize(
    "node", ["", "document", "document:", "document:1", "team:x", "grant:{id}", "{id}"]
)
def test_what_is_neither_folder_nor_document_is_refused(acme: Acme, node: str) -> None:
    nodes = [f"document:{acme.contract.pk}", node.format(id=acme.contract.pk)]
    assert throw(acme, *nodes) == 422
    assert in_the_trash(acme) == []


def test_nothing_is_refused_with_a_reason(acme: Acme) -> None:
    assert throw(acme) == 422


def test_too_much_at_once_is_refused_whole(acme: Acme) -> None:
    nodes = [f"document:{uuid4()}" for _ in range(SelectionForm.MOST)]
    assert throw(acme, f"document:{acme.contract.pk}", *nodes) == 422


def test_one_that_may_not_be_thrown_away_keeps_no_other(acme: Acme) -> None:
    assert throw(acme, f"document:{acme.contract.pk}", f"document:{uuid4()}") == 302
    with scope(acme.tenant_id):
        assert not Document.objects.filter(pk=acme.contract.pk).exists()
        assert Job.objects.get().failed == 1
