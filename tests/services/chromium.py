"""The machine's own Chromium, driven by Playwright."""

import os
import shutil
from pathlib import Path
from typing import Any

from tests.services.run import missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> Path:
    """`$CHROMIUM`, or the first that stands on PATH."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        if name and (found := shutil.which(name)):
            return Path(found)
    return Path(missing("chromium"))


def launch_options() -> dict[str, Any]:
    """For `playwright.chromium.launch(**...)`. Root's Chromium starts without its sandbox only."""
    return {
        "executable_path": str(chromium()),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }
