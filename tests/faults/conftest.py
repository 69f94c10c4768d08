from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.cast import Acme, found_acme
from tests.gateway.visitor import content_path
from tests.services.stack import Stack
from tests.services.web import WebServer
from vault.flows.sweep import sweep


@pytest.fixture
def acme(on_stack: Stack) -> Acme:
    """Found where nothing is left of what other tests broke off."""
    sweep(lease=timedelta(0))
    return found_acme()


@pytest.fixture
def path(acme: Acme) -> str:
    """Where the contract's bytes are."""
    return content_path(acme.slug, acme.contract.pk)


@pytest.fixture(scope="module")
def elsewhere(stack: Stack) -> Iterator[WebServer]:
    """Another server of the same product: it knows only what the database tells it."""
    with stack.beside("elsewhere") as server:
        yield server
