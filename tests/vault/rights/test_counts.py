"""The counts on folders, kept by triggers: whatever is done, they are as counted."""

from collections.abc import Callable
from random import Random

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import Count, Q

from tenants.errors import Refused
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.factories import put
from tests.vault.rows import add_documents
from vault.flows.copy import copy_document, copy_folder
from vault.flows.folders import create_folder
from vault.flows.move import move_document, move_folder
from vault.flows.purge import purge
from vault.flows.restrict import open_document, restrict_document
from vault.flows.trash import restore, trash
from vault.models import Document, Folder, FolderCount, Trashing
from vault.names import DisplayName


def kept() -> dict[object, tuple[int, int]]:
    counts = FolderCount.objects.exclude(documents=0)
    return {c.folder_id: (c.documents, c.unrestricted) for c in counts}


def counted() -> dict[object, tuple[int, int]]:
    rows = (
        Document.objects.order_by()
        .values_list("folder")
        .annotate(all=Count("pk"), unrestricted=Count("pk", filter=Q(restricted=False)))
    )
    return {folder: (documents, unrestricted) for folder, documents, unrestricted in rows}


def acts(acme: Acme, chance: Random) -> dict[str, Callable[[], object]]:
    """Each on things that chance chooses, as they are when it is called."""
    alice = acme.alice

    def folder() -> Folder:
        return chance.choice(list(Folder.objects.order_by("pk")))

    def document() -> Document:
        return chance.choice(list(Document.objects.order_by("pk")))

    def several() -> object:
        return trash(alice, documents={document().pk for _ in range(4)})

    def trashing() -> Trashing:
        return chance.choice(list(Trashing.objects.order_by("pk")))

    return {
        "upload": lambda: put(alice, folder().pk, f"{chance.random()}.pdf"),
        "create": lambda: create_folder(
            alice, folder().pk, name=DisplayName(f"F {chance.random()}")
        ),
        "crowd": lambda: add_documents(folder(), [str(chance.random()) for _ in range(5)]),
        "copy": lambda: copy_document(alice, document().pk, to=folder().pk),
        "copy folder": lambda: copy_folder(alice, folder().pk, to=folder().pk),
        "move": lambda: move_document(alice, document().pk, to=folder().pk),
        "move folder": lambda: move_folder(alice, folder().pk, to=folder().pk),
        "restrict": lambda: restrict_document(alice, document().pk),
        "open": lambda: open_document(alice, document().pk),
        "trash": lambda: trash(alice, folders=[folder().pk]),
        "trash several": several,
        "restore": lambda: restore(alice, trashing().pk),
        "purge": lambda: purge(alice, trashing().pk),
    }


@pytest.mark.parametrize("number", range(6))
def test_the_counts_are_as_counted_whatever_is_done(acme: Acme, number: int) -> None:
    chance = Random(number)
    done = set()
    with scope(acme.tenant_id):
        choices = acts(acme, chance)
        for name in chance.choices(list(choices), k=40):
            try:
                with transaction.atomic():
                    choices[name]()
            except (Refused, IndexError):
                continue  # not here, or there is nothing of the kind
            done.add(name)
            assert kept() == counted(), name
    assert len(done) > 7


def test_the_application_reads_the_counts_and_writes_none(in_acme: Acme) -> None:
    for change in (
        lambda: FolderCount.objects.update(documents=0),
        lambda: FolderCount.objects.all().delete(),
        lambda: FolderCount.objects.create(
            tenant_id=in_acme.tenant_id, folder=in_acme.root, documents=1, unrestricted=1
        ),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_nobody_sees_the_counts_of_another_organisation(acme: Acme, rival: Rival) -> None:
    with scope(rival.tenant_id):
        assert kept() == {}
