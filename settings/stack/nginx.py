"""The front door's configuration, rendered from `docker/nginx/`, and the nginx that reads it.

    conf = render(Site(listen=("127.0.0.1:8000",), upstream=socket, ...), into=folder)
    subprocess.Popen(command(find_nginx(), conf))

Every value is checked before it gets into a file: nginx gives a meaning to `$`, `;` and quotes.
"""

import ipaddress
import re
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from settings.stack.places import StackError, is_root

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "docker" / "nginx"
MAIN: Final = "strongroom.conf"
PLACE: Final = re.compile(r"@\{([a-z_]+)\}")  # since `$name` is nginx's own
PATH: Final = re.compile(r"""/[^\x00-\x1f\x7f"'\\$;{}#]*""")
ADDRESS: Final = re.compile(r"(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]|[a-z0-9.-]+|\*):\d{1,5}")
SERVER_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
HSTS: Final = 'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;'
MOST_OPEN_FILES: Final = 8192
DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What differs from one installation to the next.

    `listen` are addresses with ports; `upstream` is the application's socket or its address;
    `public_url` is the origin that people see, which says whether TLS ends before us; with
    `server_names` a request for any other host is dropped without an answer; `trusted_proxies`
    are the networks whose word we take for where a request came from.
    """

    listen: tuple[str, ...]
    upstream: Path | str
    files_root: Path
    static_root: Path
    run: Path
    logs: Path
    public_url: str
    server_names: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    workers: int = 1
    connections_per_address: int = 2000


def render(site: Site, *, into: Path) -> Path:
    """Write the configuration and make the folders that it names; answers its main file."""
    places = _places(site)
    for folder in (into, site.run, site.logs):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for template in TEMPLATES.glob("*.conf.template"):
        text = PLACE.sub(lambda found: places[found[1]], template.read_text(encoding="utf-8"))
        (into / template.stem).write_text(text, encoding="utf-8")
    return into / MAIN


def command(nginx: Path, conf: Path) -> list[str]:
    """How to run it in the foreground."""
    return [str(nginx), "-e", "stderr", "-p", str(conf.parent), "-c", str(conf)]


def complaint(nginx: Path, conf: Path) -> str:
    """What `nginx -t` has against the configuration; nothing when it is sound."""
    answer = subprocess.run(
        [*command(nginx, conf), "-t"], capture_output=True, text=True, check=False
    )
    return answer.stderr if answer.returncode else ""


def _places(site: Site) -> dict[str, str]:
    scheme, port_suffix = _public(site.public_url)
    names = " ".join(_checked(SERVER_NAME, name) for name in site.server_names)
    return {
        "user": "user root;" if is_root() else "",
        "open_files": str(_open_files()),
        "worker_connections": str(_open_files() // 2),
        "workers": str(int(site.workers)),
        "connections": str(int(site.connections_per_address)),
        "run": _path(site.run),
        "logs": _path(site.logs),
        "files_root": _path(site.files_root),
        "static_root": _path(site.static_root),
        "upstream": _upstream(site.upstream),
        "listen": _listen(site.listen, "" if names else " default_server"),
        "server_names": names or '""',
        "catch_all": _catch_all(site.listen) if names else "",
        "real_address": _real_address(site.trusted_proxies),
        "scheme": scheme,
        "port_suffix": port_suffix,
        "hsts": HSTS if scheme == "https" else "",
    }


def _open_files() -> int:
    """A proxied request takes two; who is not root cannot go past the hard limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_OPEN_FILES)


def _public(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise StackError(f"The public address must be an origin, not {url!r}.")
    shown = parts.port not in (None, DEFAULT_PORTS[parts.scheme])
    return parts.scheme, f":{parts.port}" if shown else ""


def _upstream(upstream: Path | str) -> str:
    if isinstance(upstream, Path):
        return f'"unix:{_path(upstream)}"'
    return _checked(ADDRESS, upstream)


def _listen(addresses: tuple[str, ...], flag: str) -> str:
    return "\n".join(f"        listen {_checked(ADDRESS, a)}{flag};" for a in addresses)


def _catch_all(addresses: tuple[str, ...]) -> str:
    """Whoever asks for a host that is not ours gets no answer at all."""
    listen = _listen(addresses, " default_server")
    return f'    server {{\n{listen}\n        server_name "";\n        return 444;\n    }}\n'


def _real_address(proxies: tuple[str, ...]) -> str:
    """Who stands in front of us names the visitor; anyone else could name whom they like."""
    lines = [f"set_real_ip_from {_network(proxy)};" for proxy in proxies]
    believed = ["real_ip_header X-Forwarded-For;", "real_ip_recursive on;"] if lines else []
    return "\n".join(f"    {line}" for line in lines + believed)


def _network(proxy: str) -> str:
    try:
        return str(ipaddress.ip_network(proxy, strict=False))
    except ValueError as error:
        raise StackError(f"{proxy!r} is no address and no network.") from error


def _path(path: Path) -> str:
    return _checked(PATH, str(path))


def _checked(form: re.Pattern[str], value: str) -> str:
    if not form.fullmatch(value):
        raise StackError(f"{value!r} cannot stand in nginx's configuration.")
    return value
