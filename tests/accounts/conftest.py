import pytest

from accounts.flows.open_account import open_account
from accounts.models import User
from tests.accounts.scene import PASSWORD


@pytest.fixture
def alice(db: None) -> User:
    return open_account("alice@accounts.example", name="Alice", password=PASSWORD)
