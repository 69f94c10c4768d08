"""The orders that lists of folders and documents can be read in, by the name in an address."""

from collections.abc import Mapping
from typing import Final

from django.db.models import F
from django.db.models.functions import Lower

from tenants.errors import Invalid
from tenants.keyset import Order, moment, number

BY_NAME: Final = Order("name", Lower("name"))
NEWEST_FIRST: Final = Order("-changed", F("changed_at"), moment, descending=True)
FOR_BOTH: Final = (
    BY_NAME,
    Order("-name", Lower("name"), descending=True),
    Order("changed", F("changed_at"), moment),
    NEWEST_FIRST,
)
FOR_DOCUMENTS: Final = (
    Order("size", F("current__blob__size"), number),
    Order("-size", F("current__blob__size"), number, descending=True),
    Order("type", F("current__blob__media_type")),
    Order("-type", F("current__blob__media_type"), descending=True),
)
ORDERS: Final[Mapping[str, Order]] = {o.name: o for o in (*FOR_BOTH, *FOR_DOCUMENTS)}


def order_called(name: str) -> Order:
    """Raises `Invalid`."""
    if name not in ORDERS:
        raise Invalid("sort")
    return ORDERS[name]


def order_of_folders(order: Order) -> Order:
    """Folders have neither size nor type: among documents sorted by those, they stand by name."""
    return order if order in FOR_BOTH else BY_NAME
