"""Room is taken before bytes arrive, by one conditional UPDATE a level."""

from vault.quota.breakdown import Breakdown, breakdown
from vault.quota.ledger import free, release, reserve, set_limit, settle

__all__ = ["Breakdown", "breakdown", "free", "release", "reserve", "set_limit", "settle"]
