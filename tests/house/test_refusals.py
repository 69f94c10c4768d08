"""Every refusal has a code of its own, which ARCHITECTURE.md lists with its status."""

import ast
import re
from collections import Counter
from importlib import import_module
from typing import Final

import pytest

from settings.errors import CODES
from tenants.errors import Refused
from tests.house.sources import ROOT, calls, section, tree

for app in ("tenants", "vault", "sharing"):
    import_module(f"{app}.errors")

# One answer on purpose: what is unknown, what is hidden, and a link that was never made.
SHARED: Final = {"not_found"}
# Answers of views and handlers that no refusal stands behind.
SAYERS: Final = {"problem": 2, "say": 2}  # the place of the code among their arguments


def refusals(of: type[Refused] = Refused) -> list[type[Refused]]:
    return [of, *(deeper for kind in of.__subclasses__() for deeper in refusals(kind))]


def with_a_code() -> list[type[Refused]]:
    return [kind for kind in refusals() if "code" in vars(kind)]


def documented() -> dict[str, int]:
    rows = re.findall(r"^\| (.+?) \| (\d{3}) \|", section("ARCHITECTURE.md", "Refusals"), re.M)
    pairs = [
        (code, int(status)) for codes, status in rows for code in re.findall(r"`(\w+)`", codes)
    ]
    assert len(pairs) == len(dict(pairs)), "a code stands in two rows"
    return dict(pairs)


def said() -> set[str]:
    """Codes that are written out where a problem is answered."""
    return set(CODES.values()) | {
        node.args[SAYERS[name]].value  # type: ignore[attr-defined]
        for path in (ROOT / "settings/errors.py", ROOT / "settings/api.py")
        for name, node in calls(tree(path))
        if name in SAYERS and isinstance(node.args[SAYERS[name]], ast.Constant)
    }


def test_a_code_belongs_to_one_refusal() -> None:
    counts = Counter(kind.code for kind in with_a_code())
    assert {code for code, times in counts.items() if times > 1} == SHARED


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
def test_a_refusal_has_a_status_and_words(kind: type[Refused]) -> None:
    assert 400 <= kind.status < 600
    assert str(kind.title)
    assert not str(kind.title).endswith("!")


def test_a_refusal_without_a_code_is_never_raised() -> None:
    """It stands above others, and asks them for their words."""
    nameless = {kind for kind in refusals() if "code" not in vars(kind)}
    assert {kind for kind in nameless if not kind.__subclasses__()} == set()


def test_every_code_of_a_refusal_is_documented_with_its_status() -> None:
    codes = {kind.code: kind.status for kind in with_a_code()}
    assert {code: documented().get(code) for code in codes} == codes


def test_every_other_code_is_documented() -> None:
    assert said() >= {"server_error", "csrf", "bad_request"}
    assert said() - set(documented()) == set()


def test_nothing_is_documented_that_is_never_answered() -> None:
    assert set(documented()) - {kind.code for kind in with_a_code()} - said() == set()
