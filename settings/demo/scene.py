"""The demo: acme with four people and a year of papers, and a rival that must never see them."""

from django.db import transaction

from settings.demo.dates import follow_the_versions
from settings.demo.days import live
from settings.demo.filing import file_all, put, put_all
from settings.demo.outsiders import let_in
from settings.demo.papers import notes
from settings.demo.people import Acme, found_acme, found_rival
from settings.demo.rooms import furnish, home
from tenants.models import Organisation
from tenants.scoping import scope
from vault.flows.folders import root_of


@transaction.atomic
def play() -> bool:
    """Make both organisations with all that is in them; False where they are there already.

    All of it or nothing: half a demo would be taken for a whole one the next time.
    """
    if Organisation.objects.filter(slug="acme").exists():
        return False
    acme = found_acme()
    with scope(acme.alice.tenant_id):
        rooms = furnish(acme)
    file_all(acme, rooms)
    let_in(acme)
    live(acme, rooms)
    with scope(acme.alice.tenant_id):
        follow_the_versions()
    rivals(acme)
    return True


def rivals(acme: Acme) -> None:
    rival = found_rival(acme)
    with scope(rival.mallory.tenant_id):
        root, desk = root_of(rival.mallory), home(rival.alice)
    put_all(rival.mallory, root, [notes.PLANS, notes.TENDER])
    put(rival.alice, desk, notes.TWO_HATS)
    with scope(rival.mallory.tenant_id):
        follow_the_versions()
