from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Acme, Rival, found_acme, found_rival
from tests.demo.played import demo
from tests.journeys.people import Street
from tests.journeys.scene import Scene, set_scene
from tests.services.chromium import launch_options
from tests.services.stack import Stack, agreed

__all__ = ["demo"]

# Whatever a page might ask for elsewhere, nothing leaves this machine.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as environment:
        # Playwright keeps a loop in this thread, beside which Django would refuse every query.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            options = launch_options()
            browser = playwright.chromium.launch(**options | {"args": [*options["args"], ALONE]})
            yield browser
            browser.close()


@pytest.fixture
def street(chromium: Browser, stack: Stack) -> Iterator[Street]:
    """From where people come; whatever their browsers complain of fails the test."""
    street = Street(chromium, stack)
    yield street
    street.close()
    assert street.heard() == []


@pytest.fixture(scope="module")
def scene(stack: Stack, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    with django_db_blocker.unblock(), agreed(stack):
        yield set_scene()
        connection.close()


@pytest.fixture(scope="module")
def town(chromium: Browser, stack: Stack) -> Iterator[Street]:
    """A street that stays, for those who walk from page to page."""
    town = Street(chromium, stack)
    yield town
    town.close()


@pytest.fixture
def acme(on_stack: Stack) -> Acme:
    return found_acme()


@pytest.fixture
def rival(on_stack: Stack) -> Rival:
    return found_rival()
