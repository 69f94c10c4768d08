"""Where a request came from, as far as it can be believed."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Origin:
    """`ip` is None where nobody trustworthy named one; `user_agent` holds 200 characters."""

    ip: str | None
    user_agent: str
    request_id: str


def origin_of(request: HttpRequest) -> Origin:
    return Origin(
        ip=client_ip(request),
        user_agent=request.headers.get("User-Agent", "").replace("\0", "")[:200],
        request_id=getattr(request, "request_id", ""),
    )


def client_ip(request: HttpRequest) -> str | None:
    """What nginx says in X-Real-IP, believed only from this machine; else the peer itself."""
    peer = request.META.get("REMOTE_ADDR", "")
    if is_this_machine(peer):
        return address(request.headers.get("X-Real-IP", "")) or address(peer)
    return address(peer)


def is_this_machine(peer: str) -> bool:
    """A peer on a Unix socket has no address, or the socket's name for one."""
    if not peer or peer.startswith(("unix:", "/")):
        return True
    known = address(peer)
    return known is not None and ip_address(known).is_loopback


def address(text: str) -> str | None:
    """The address without its IPv6 zone, IPv4 in its own form, or None for anything else."""
    try:
        found = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return str(getattr(found, "ipv4_mapped", None) or found)
