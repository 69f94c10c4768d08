"""What holds for every module: its size, and who may say what to PostgreSQL."""

import ast
import re
from collections.abc import Callable
from typing import Final

import pytest

from tests.house.sources import APPS, ROOT, calls, modules, name_of, product, texts, tree

LONGEST: Final = 300
# SQL that would outlive its transaction: the pool hands the connection on as it is.
LASTING: Final = re.compile(
    r"(?:\A|;)\s*(?:(?i:SET\s+(?!LOCAL\b)(?:SESSION\b|ROLE\b|[\w.]+\s*(?:=|TO\b)))"
    r"|RESET |DISCARD )"
)
NOT_LOCAL: Final = re.compile(r"set_config\s*\([^()]*,\s*(?:false|'f')\s*\)", re.IGNORECASE)
READS_THE_TENANT: Final = {"tenants/rowsecurity.py", "tenants/migrations/0002_walls.py"}
SETS_THE_TENANT: Final = {"tenants/scoping.py", "tenants/migrations/0002_walls.py"}


def those_saying(says: Callable[[str], object]) -> set[str]:
    return {name_of(path) for path in product() if any(says(text) for text in texts(tree(path)))}


def test_a_module_has_at_most_300_lines() -> None:
    """Django's own migrations are as long as it makes them."""
    ours = [p for p in modules(*APPS, "tests") if "migrations" not in p.parts]
    assert [name_of(p) for p in ours if len(p.read_text().splitlines()) > LONGEST] == []
    assert len(ours) > 100


def test_no_setting_of_a_session_outlives_its_transaction() -> None:
    assert those_saying(LASTING.search) == set()
    assert those_saying(NOT_LOCAL.search) == set()


@pytest.mark.parametrize(
    "text", ["SET ROLE x", "SELECT 1; set session x = 1", "set a.b to 1", "RESET ALL"]
)
def test_a_lasting_setting_would_be_noticed(text: str) -> None:
    assert LASTING.search(text)


@pytest.mark.parametrize("text", ["SET LOCAL x = 1", "UPDATE t SET a = 1", "SET CONSTRAINTS ALL"])
def test_a_passing_setting_is_let_through(text: str) -> None:
    assert not LASTING.search(text)


def test_only_the_walls_read_the_tenant_in_sql() -> None:
    assert those_saying(lambda text: "current_setting(" in text) == READS_THE_TENANT


def test_only_the_scope_sets_the_tenant() -> None:
    assert those_saying(lambda text: "set_config(" in text) == SETS_THE_TENANT


def test_nobody_goes_around_the_scoped_manager() -> None:
    """`_base_manager` and `_default_manager` know no scope."""
    around = {
        name_of(path)
        for path in product()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"_base_manager", "_default_manager"}
    }
    assert around == set()


def test_nothing_is_caught_that_cannot_be_mended() -> None:
    """`except Exception` hides the mistake that it meets."""
    wide = {
        name_of(path)
        for path in product()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }
    assert wide == set()


def test_no_module_has_a_name_without_a_subject() -> None:
    empty = {"utils", "helpers", "common", "misc", "manager", "service", "services"}
    assert [name_of(path) for path in product() if path.stem in empty] == []


def test_only_the_writer_of_the_trail_inserts_into_it() -> None:
    assert those_saying(lambda text: "INSERT INTO tenants_auditevent" in text) == {
        "tenants/audit.py"
    }


def test_only_flows_write_a_permit() -> None:
    makers = {
        name_of(path)
        for path in product()
        for called, _ in calls(tree(path))
        if called == "DownloadPermit"
    }
    assert makers
    assert {maker for maker in makers if "/flows/" not in maker} == set()


def test_the_list_of_folders_is_whole() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == set(APPS)
