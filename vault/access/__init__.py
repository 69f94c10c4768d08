"""Who may do what. Pure Python: no clock, no database, no Django.

The strongest key wins. A key opens its folder and everything beneath, except what lies behind a
wall: a restricted folder or document, which only keys at or inside it pass. Owners and admins of
the organisation hold a manage key to everything, walls included.
"""

from vault.access.explanation import Key, Reason, explain, holders
from vault.access.keyring import NO_WALL, Keyring, Place
from vault.access.roles import Role

__all__ = ["NO_WALL", "Key", "Keyring", "Place", "Reason", "Role", "explain", "holders"]
