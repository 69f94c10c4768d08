import pytest
from django.core.cache import cache
from django.db import transaction

from accounts.counters import raise_counter
from accounts.models import Counter, User
from tests.accounts.scene import at_once, expire

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "value",
    [None, True, 0, 1.5, 1795384112.2162, "ink", [1, "two", None], {"a": {"b": [1.25]}}],
)
def test_it_gives_back_what_it_got(value: object) -> None:
    cache.set("a", value)
    assert cache.get("a", "nothing") == value


@pytest.mark.parametrize(
    "value", [(1, 2), {1: "a"}, object(), b"bytes", float("nan"), float("inf"), "\0", "\ud800"]
)
def test_it_refuses_what_is_not_json(value: object) -> None:
    with pytest.raises(TypeError):
        cache.set("a", value)


def test_it_gives_the_default_for_what_it_has_not() -> None:
    assert cache.get("a", "default") == "default"


def test_it_forgets_what_has_expired() -> None:
    cache.set("a", 1, timeout=60)
    expire("cache:1:a")
    assert cache.get("a") is None
    assert "a" not in cache
    assert not cache.touch("a")
    assert not cache.delete("a")


def test_a_timeout_of_zero_keeps_nothing() -> None:
    cache.set("a", 1, timeout=0)
    assert cache.get("a") is None


def test_a_timeout_of_none_keeps_for_ever() -> None:
    cache.set("a", 1, timeout=None)
    assert Counter.objects.get(key="cache:1:a").expires_at is None
    assert cache.get("a") == 1
    assert not cache.add("a", 2)


def test_it_adds_only_what_is_not_there() -> None:
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    assert cache.get("a") == 1


def test_it_adds_over_what_has_expired() -> None:
    cache.set("a", 1)
    expire("cache:1:a")
    assert cache.add("a", 2)
    assert cache.get("a") == 2


def test_touching_moves_the_end() -> None:
    cache.set("a", 1, timeout=1)
    before = Counter.objects.get(key="cache:1:a").expires_at
    assert cache.touch("a", timeout=600)
    assert Counter.objects.get(key="cache:1:a").expires_at > before


def test_deleting_says_whether_it_was_there() -> None:
    cache.set("a", 1)
    assert cache.delete("a")
    assert not cache.delete("a")


def test_it_counts_up_and_down() -> None:
    cache.set("a", 1)
    assert (cache.incr("a", 4), cache.decr("a", 2)) == (5, 3)


@pytest.mark.parametrize("value", [None, "ink"])
def test_it_counts_nothing_that_is_no_number(value: str | None) -> None:
    if value:
        cache.set("a", value)
    with pytest.raises(ValueError, match="No number"):
        cache.incr("a")


def test_it_reads_many_and_writes_many() -> None:
    cache.set_many({"a": 1, "b": 2})
    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
    cache.delete_many(["a", "b"])
    assert cache.get_many(["a", "b"]) == {}


def test_it_keeps_versions_apart() -> None:
    cache.set("a", 1)
    cache.set("a", 2, version=2)
    assert (cache.get("a"), cache.get("a", version=2)) == (1, 2)


def test_clearing_leaves_the_counts() -> None:
    cache.set("a", 1)
    raise_counter("wrong-passwords", seconds=60)
    cache.clear()
    assert cache.get("a") is None
    assert raise_counter("wrong-passwords", seconds=60) == 2


def test_a_refused_value_breaks_no_transaction(alice: User) -> None:
    with transaction.atomic():
        with pytest.raises(TypeError):
            cache.set("a", object())
        assert not cache.add("b", 1) or cache.get("b") == 1
        assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_one_alone_of_sixteen_threads_takes_the_lock() -> None:
    assert at_once(lambda: cache.add("lock", True, 10), times=64).count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_one_alone_of_sixteen_threads_takes_an_expired_lock() -> None:
    cache.set("lock", True)
    expire("cache:1:lock")
    assert at_once(lambda: cache.add("lock", True, 10), times=64).count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_it_misses_no_count_among_sixteen_threads() -> None:
    cache.set("a", 0)
    at_once(lambda: cache.incr("a"), times=64)
    assert cache.get("a") == 64
