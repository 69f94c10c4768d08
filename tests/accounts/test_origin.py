import pytest
from django.test import RequestFactory

from accounts.origin import client_ip


@pytest.mark.parametrize("peer", ["", "unix:", "127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_it_believes_the_server_in_front_on_this_machine(rf: RequestFactory, peer: str) -> None:
    request = rf.get("/", REMOTE_ADDR=peer, headers={"X-Real-IP": "203.0.113.7"})
    assert client_ip(request) == "203.0.113.7"


def test_it_believes_no_header_from_elsewhere(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="198.51.100.4", headers={"X-Real-IP": "203.0.113.7"})
    assert client_ip(request) == "198.51.100.4"


def test_it_takes_this_machine_where_nobody_is_in_front(rf: RequestFactory) -> None:
    assert client_ip(rf.get("/", REMOTE_ADDR="127.0.0.1")) == "127.0.0.1"


def test_it_believes_no_forwarding_list(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.7"})
    assert client_ip(request) == "127.0.0.1"


@pytest.mark.parametrize("claim", ["", "nonsense", "1.2.3.4, 5.6.7.8", "1.2.3.4:80"])
def test_a_socket_without_an_address_is_nobody(rf: RequestFactory, claim: str) -> None:
    assert client_ip(rf.get("/", REMOTE_ADDR="", headers={"X-Real-IP": claim})) is None


def test_it_writes_addresses_in_one_way(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="", headers={"X-Real-IP": "::ffff:203.0.113.7"})
    assert client_ip(request) == "203.0.113.7"
