from collections.abc import Iterator
from importlib import reload

import pytest
from pytest_django import Settings

from accounts import urls


@pytest.fixture(autouse=True)
def _as_it_was(settings: Settings) -> Iterator[None]:
    yield
    settings.STRONGROOM_DEVELOPMENT = True
    reload(urls)


def test_the_mails_are_not_there_in_production(settings: Settings) -> None:
    settings.STRONGROOM_DEVELOPMENT = False
    assert [page.name for page in reload(urls).urlpatterns] == ["profile", "unsent"]
