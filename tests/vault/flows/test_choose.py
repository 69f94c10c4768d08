"""What an act on many takes: as many as were counted, and nothing that may not be seen."""

from uuid import uuid4

import pytest

from tenants.errors import Invalid, NotFound
from tests.cast import Acme
from tests.vault.many import make, papers
from vault.errors import TooMany
from vault.flows.choose import (
    MOST,
    Matching,
    everything_found,
    everything_in,
    everything_starred,
    ticked,
)
from vault.flows.restrict import restrict_document
from vault.flows.search import Query
from vault.flows.star import star_document, star_folder
from vault.rights.keyrings import keyring_of


def test_nothing_and_too_much_are_refused(in_acme: Acme) -> None:
    with pytest.raises(Invalid):
        ticked([], [])
    with pytest.raises(Invalid):
        everything_in(in_acme.bob, make(in_acme, "Empty").pk)
    with pytest.raises(TooMany) as refusal:
        ticked([], [uuid4() for _ in range(MOST + 1)])
    assert refusal.value.code == "too_many"


def test_everything_in_a_folder_is_what_may_be_seen_right_there(in_acme: Acme) -> None:
    inner = make(in_acme, "Inner")
    papers(in_acme, 2, inner)
    seen, hidden = papers(in_acme, 2)
    restrict_document(in_acme.alice, hidden)
    chosen = everything_in(in_acme.bob, in_acme.folder.pk)
    assert (chosen.folders, set(chosen.documents)) == ([inner.pk], {in_acme.contract.pk, seen})
    matching = Matching.in_folder(in_acme.folder, keyring_of(in_acme.bob))
    assert matching.count() == chosen.number == 3
    with pytest.raises(NotFound):
        everything_in(in_acme.dan, in_acme.folder.pk)


@pytest.mark.parametrize("query", [Query(), Query(words="paper"), Query(starred=True)])
def test_as_many_are_found_as_are_counted(in_acme: Acme, query: Query) -> None:
    folder = make(in_acme, "Paper mill")
    some = papers(in_acme, 60)
    star_document(in_acme.bob, some[0])
    star_folder(in_acme.bob, folder.pk)
    keyring = keyring_of(in_acme.bob)
    chosen = everything_found(in_acme.bob, query)
    assert chosen.number == Matching.of(in_acme.bob, query, keyring).count()
    assert chosen.number == {"": 61, "paper": 61}.get(query.words, 0) or 2


def test_all_that_is_starred_is_ones_own_stars(in_acme: Acme) -> None:
    star_document(in_acme.carol, in_acme.contract.pk)
    assert everything_starred(in_acme.carol).documents == [in_acme.contract.pk]
    with pytest.raises(Invalid):
        everything_starred(in_acme.bob)
