import pytest

from tests.cast import Acme, Rival, found_acme, found_rival
from tests.services.stack import Stack


@pytest.fixture
def acme(on_stack: Stack) -> Acme:
    return found_acme()


@pytest.fixture
def rival(on_stack: Stack) -> Rival:
    return found_rival()
