from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.cast import Acme, Rival, found_acme, found_rival
from tests.journeys.people import Street
from tests.services.chromium import launch_options
from tests.services.stack import Stack


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as environment:
        # Playwright keeps a loop in this thread, beside which Django would refuse every query.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            yield browser
            browser.close()


@pytest.fixture
def street(chromium: Browser, stack: Stack) -> Iterator[Street]:
    """From where people come; whatever their browsers complain of fails the test."""
    street = Street(chromium, stack)
    yield street
    street.close()
    assert street.complaints == []


@pytest.fixture
def acme(on_stack: Stack) -> Acme:
    return found_acme()


@pytest.fixture
def rival(on_stack: Stack) -> Rival:
    return found_rival()
