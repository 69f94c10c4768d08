"""What an organisation may be called in addresses: a DNS label that means nothing else."""

import re
from typing import Final

PATTERN: Final = r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$"
RESERVED: Final = frozenset(
    {
        *("account", "admin", "api", "app", "assets", "auth", "blog", "docs", "help", "login"),
        *("mail", "me", "new", "o", "platform", "r", "root", "s", "settings", "start", "static"),
        *("status", "strongroom", "support", "system", "www"),
    }
)


def is_free_of_meaning(slug: str) -> bool:
    return re.fullmatch(PATTERN, slug) is not None and slug not in RESERVED
