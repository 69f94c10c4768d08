"""What a hundred times as many documents cost."""

from collections.abc import Iterator

from settings.stack.postgres import Cluster
from tenants.scoping import scope
from tests.bench.clock import Act, Times, in_sql, in_turns, together
from tests.bench.crowd import OF_BOTH_SIZES, Crowd
from tests.bench.figures import Effort, beside, checks, newest, work
from tests.bench.ground import stand_on
from tests.bench.report import Figure
from tests.bench.seeding import Size
from vault.rights.keyrings import keyring_of

TURNS = 3


def growth(cluster: Cluster, sizes: tuple[Size, Size], effort: Effort) -> Iterator[Figure]:
    """Small, large, small, large: the ratio is that of the middles."""
    taken: dict[tuple[str, Size], list[Times]] = {}
    for _ in range(TURNS):
        for size in sizes:
            stand_on(cluster, size)
            for name, times in measured(effort).items():
                taken.setdefault((name, size), []).append(times)
    small, large = sizes
    for name in dict.fromkeys(name for name, _ in taken):
        before, after = (together(taken[name, size]) for size in (small, large))
        yardstick = f"with {small.documents} documents"
        yield beside(f"growth.{name}", after, yardstick, before)
        yield work(f"growth.{name}, work", after, yardstick, before)


def measured(effort: Effort) -> dict[str, Times]:
    crowd = Crowd.gather()
    found: dict[str, Times] = {}
    for name in OF_BOTH_SIZES:
        actor = crowd.people[name]
        with scope(actor.tenant_id):
            keyring = keyring_of(actor)
            page: Act = in_sql(lambda keys=keyring: newest(keys))
            acts = {f"list.page: {name}": page, f"check.one: {name}": checks(actor)["check"]}
            found |= in_turns(acts, effort.rounds)
    return found
