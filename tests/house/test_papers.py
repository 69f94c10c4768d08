"""README.md and ARCHITECTURE.md speak of what there is, and of all of it."""

import ast
import pkgutil
import re
from typing import Final

from tests.house.sources import APPS, ROOT, calls, modules, section, table, texts, tree

README: Final = (ROOT / "README.md").read_text()
ARCHITECTURE: Final = (ROOT / "ARCHITECTURE.md").read_text()
READS: Final = re.compile(
    r"env\.(str|int|bool|float|list)|os\.environ\.get|(\w+\.)?folder|origin|one_of|token_keys"
    r"|number|listed|static_url"
)
# What every machine sets, whether or not we run on it.
OF_THE_SYSTEM: Final = {"PATH", "XDG_RUNTIME_DIR"}
NAME: Final = re.compile(r"[A-Z][A-Z0-9_]+")


def commands() -> set[str]:
    found = ROOT.glob("*/management/commands/*.py")
    return {path.stem for path in found if path.stem != "__init__"}


def variables() -> set[str]:
    """What the settings read of the environment; those of the tests are the tests' own."""
    found = set()
    for path in modules("settings"):
        for _, call in calls(tree(path)):
            if path.name != "testing.py" and READS.fullmatch(ast.unparse(call.func)):
                found |= {text for argument in call.args for text in texts(argument)}
    return {name for name in found - OF_THE_SYSTEM if NAME.fullmatch(name)}


def test_every_command_is_documented() -> None:
    assert table("Commands") == commands()


def test_every_variable_is_documented() -> None:
    assert variables() >= {"SECRET_KEY", "DATABASE_URL", "FILES_ROOT", "SMTP_HOST", "LISTEN"}
    assert variables() - table("Running two, or elsewhere") == set()


def test_no_variable_is_documented_that_nobody_reads() -> None:
    known = {text for path in modules("settings") for text in texts(tree(path))}
    assert table("Running two, or elsewhere") - known == set()


def test_every_step_of_make_that_is_spoken_of_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"(?:^|`)make ([a-z]+)\b", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_reading_list_exists() -> None:
    files = re.findall(r"`([\w./-]+)`", section("ARCHITECTURE.md", "Reading list"))
    assert len(files) >= 10
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_every_module_that_is_spoken_of_exists() -> None:
    """`vault.flows.upload`, `tenants.keys`: a name in backticks that begins with an app."""
    names = set(re.findall(rf"`((?:{'|'.join(APPS)})(?:\.\w+)+)(?:\(\))?`", ARCHITECTURE + README))
    assert len(names) >= 10
    for name in names:
        assert pkgutil.resolve_name(name), name


def test_the_papers_that_are_spoken_of_exist() -> None:
    for paper in set(re.findall(r"\b[A-Z]+\.md\b", README + ARCHITECTURE)):
        assert (ROOT / paper).is_file(), paper
