from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import Counter

PASSWORD = "purple ink under glass"


def at_once(act: Callable[[], object], times: int, threads: int = 16) -> list[object]:
    """Every call in a thread and with a connection of its own."""

    def call(_number: int) -> object:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(call, range(times)))


def expire(key: str) -> None:
    Counter.objects.filter(key=key).update(expires_at=timezone.now() - timedelta(seconds=1))
