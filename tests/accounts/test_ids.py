from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from accounts.ids import uuid7


def test_it_makes_version_seven() -> None:
    assert (uuid7().version, uuid7().variant) == (7, "specified in RFC 4122")


def test_it_grows_within_a_process() -> None:
    ids = [uuid7() for _ in range(20_000)]
    assert all(a < b for a, b in pairwise(ids))


def test_it_never_repeats_itself_in_threads() -> None:
    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(lambda _: uuid7(), range(20_000)))
    assert len(set(ids)) == len(ids)
