import pytest
from django.db import connection
from django.utils import timezone

from accounts.counters import raise_counter, sweep
from accounts.models import Counter
from tests.accounts.scene import at_once, expire


@pytest.mark.django_db
def test_it_counts_up() -> None:
    assert [raise_counter("a", seconds=60) for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_it_counts_by_what_is_asked() -> None:
    raise_counter("a", by=5, seconds=60)
    assert raise_counter("a", by=3, seconds=60) == 8


@pytest.mark.django_db
def test_it_keeps_keys_apart() -> None:
    raise_counter("a", seconds=60)
    assert raise_counter("b", seconds=60) == 1


@pytest.mark.django_db
def test_it_begins_anew_after_its_time() -> None:
    raise_counter("a", by=7, seconds=60)
    expire("a")
    assert raise_counter("a", by=2, seconds=60) == 2
    assert Counter.objects.get(key="a").expires_at > timezone.now()


@pytest.mark.django_db
def test_raising_does_not_move_its_end() -> None:
    raise_counter("a", seconds=60)
    end = Counter.objects.get(key="a").expires_at
    raise_counter("a", seconds=600)
    assert Counter.objects.get(key="a").expires_at == end


@pytest.mark.django_db
def test_sweeping_takes_what_is_over_and_nothing_else() -> None:
    raise_counter("old", seconds=60)
    raise_counter("new", seconds=60)
    expire("old")
    assert sweep() >= 1
    assert [counter.key for counter in Counter.objects.filter(key__in=["old", "new"])] == ["new"]


@pytest.mark.django_db
def test_the_table_is_unlogged() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'accounts_counter'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.django_db(transaction=True)
def test_it_misses_nobody_among_sixteen_threads() -> None:
    counts = at_once(lambda: raise_counter("a", seconds=60), times=160)
    assert sorted(counts) == list(range(1, 161))  # type: ignore[type-var]


@pytest.mark.django_db(transaction=True)
def test_an_expired_count_begins_anew_once_among_sixteen_threads() -> None:
    raise_counter("a", by=100, seconds=60)
    expire("a")
    counts = at_once(lambda: raise_counter("a", seconds=60), times=32)
    assert sorted(counts) == list(range(1, 33))  # type: ignore[type-var]
