"""The demo, played once for whoever looks at it."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from settings.demo.scene import play
from tenants.actor import Member, member_of
from tenants.models import Membership, Organisation
from tenants.scoping import scope
from tests.services.stack import Stack, agreed


@pytest.fixture(scope="module")
def demo(stack: Stack, django_db_blocker: DjangoDbBlocker) -> Iterator[Stack]:
    """A stack on which the demo was played, here or by a module before."""
    with django_db_blocker.unblock(), agreed(stack):
        play()
        yield stack
        connection.close()


@pytest.fixture
def inside(demo: Stack) -> Iterator[None]:
    """The demo's acme in scope."""
    with scope(organisation("acme").pk):
        yield


def organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def person(address: str) -> Member:
    """As a member of the organisation in scope."""
    return member_of(Membership.objects.get(user__email=address))
