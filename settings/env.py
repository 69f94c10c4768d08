"""What the machine says: the only reader of the environment.

A variable that is not set is looked up in `$STRONGROOM_VAR/env`, which `make run` writes, so
that `manage.py` finds the installation that runs beside it. Values are checked at start.
"""

import os
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from environs import Env, EnvError

PROJECT: Final = Path(__file__).resolve().parent.parent
VAR: Final = Path(os.environ.get("STRONGROOM_VAR") or PROJECT / "var").resolve()

env: Final = Env()
# The tests stand alone: what runs beside them must not reach into them.
if os.environ.get("DJANGO_SETTINGS_MODULE") != "settings.testing" and (VAR / "env").is_file():
    env.read_env(VAR / "env", recurse=False)

GATEWAYS: Final = ("nginx", "stream")


def folder(name: str, default: Path) -> Path:
    return Path(env.str(name, "") or default).resolve()


def origin(name: str, default: str) -> str:
    """An origin as RFC 6454 has it: scheme, host and perhaps a port, and nothing after."""
    value = env.str(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise EnvError(f"{name} must be an origin like https://vault.example.org, not {value!r}")
    return value


def static_url(name: str, ours: str) -> str:
    """Where browsers ask for static files: at our own path, or at the address of a CDN."""
    value = env.str(name, ours)
    parts = urlsplit(value)
    is_cdn = parts.scheme in ("http", "https") and parts.hostname and parts.path.endswith("/")
    if value != ours and (not is_cdn or parts.query or parts.fragment):
        raise EnvError(f"{name} must be {ours} or like https://cdn.example.org/, not {value!r}")
    return value


def origin_of(address: str) -> list[str]:
    """The origin of an address, for a policy; nothing for a path of ours."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    value = env.str(name, default)
    if value not in choices:
        raise EnvError(f"{name} must be one of {', '.join(choices)}, not {value!r}")
    return value


def token_keys(name: str) -> dict[int, bytes]:
    """`1:<64 hex>,2:<64 hex>`: signing keys by number; the highest number signs.

    An absent or short key would accept forged tokens, so it stops the start.
    """
    keys = {}
    for entry in env.str(name).split(","):
        match = re.fullmatch(r"([1-9]\d{0,2}):([0-9a-f]{64})", entry.strip())
        if not match or int(match[1]) > 255:
            raise EnvError(f"{name} must be NUMBER:64-HEX-DIGITS, separated by commas")
        keys[int(match[1])] = bytes.fromhex(match[2])
    if not keys:
        raise EnvError(f"{name} must hold at least one key")
    return keys
