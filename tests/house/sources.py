"""The product's own source, as text and as syntax trees."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
APPS: Final = ("accounts", "tenants", "vault", "sharing", "settings")


def modules(*folders: str) -> list[Path]:
    """Every Python file there, committed or not."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def product() -> list[Path]:
    return modules(*APPS)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def texts(module: ast.AST) -> Iterator[str]:
    """Every string in it, docstrings included; a value in an f-string is `{}`."""
    parts: set[int] = set()
    for node in ast.walk(module):  # from the outside in
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            constants = [p.value if isinstance(p, ast.Constant) else "{}" for p in node.values]
            yield "".join(map(str, constants))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in parts
        ):
            yield node.value


def calls(module: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call in it, with the last part of the name that is called."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield called.attr, node
            elif isinstance(called, ast.Name):
                yield called.id, node


def section(document: str, title: str) -> str:
    """What stands under a heading of one of the project's papers."""
    text = (ROOT / document).read_text()
    assert f"\n## {title}\n" in text, f"{document} has no section {title!r}"
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def table(title: str) -> set[str]:
    """What stands in backticks in the first column of a table in the README."""
    rows = re.findall(r"^\| (`.+?) \|", section("README.md", title), re.MULTILINE)
    return {part for row in rows for part in re.findall(r"`(\w+)", row)}
