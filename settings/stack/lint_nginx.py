"""`make check`: gixy reads the configuration as it is rendered, with TLS and without."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from settings.stack.nginx import Site, complaint, render
from settings.stack.nginxbinary import find_nginx

VARIANTS: Final[tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = (
    ("http://localhost:8000", (), ()),
    ("https://vault.example.org", ("vault.example.org",), ("10.0.0.0/8", "fd00::/8")),
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        findings = [
            finding
            for number, variant in enumerate(VARIANTS)
            for finding in _findings(Path(folder, str(number)), *variant)
        ]
    print(*findings or ["nginx: no findings"], sep="\n")
    return bool(findings)


def _findings(
    folder: Path, public_url: str, names: tuple[str, ...], proxies: tuple[str, ...]
) -> list[str]:
    site = Site(
        listen=("127.0.0.1:8000", "[::1]:8000"),
        upstream=folder / "web.socket",
        files_root=folder / "files",
        static_root=folder / "static",
        run=folder / "run",
        logs=folder / "logs",
        public_url=public_url,
        server_names=names,
        trusted_proxies=proxies,
    )
    conf = render(site, into=folder)
    program = find_nginx()
    answers = [_gixy(conf), complaint(program, conf) if program else ""]
    return [answer for answer in answers if answer]


def _gixy(conf: Path) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", "gixy", str(conf)], capture_output=True, text=True, check=False
    )
    return answer.stdout + answer.stderr if answer.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
