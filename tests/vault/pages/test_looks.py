"""How a person wants lists: their columns, their order, their zone."""

from django.test import Client

from accounts.flows.personalise import personalise
from accounts.models import User
from tests.cast import Acme, signed_in
from tests.factories import put


def listed(client: Client, address: str) -> tuple[str, list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode(), [row["name"] for row in answer.context["documents"]]


def test_the_columns_that_were_chosen_stand_in_every_list(acme: Acme) -> None:
    client, base = signed_in(acme.bob), f"/o/{acme.slug}/"
    folder = f"{base}files/{acme.folder.pk}/"
    before, _names = listed(client, folder)
    assert "PDF document" not in before
    assert "Changed by" in before
    answer = client.post(f"{base}columns/", {"columns": ["kind", "size"], "back": folder})
    assert answer.headers["Location"] == folder
    for address in (folder, f"{base}search/?q=contract"):
        shown, _names = listed(client, address)
        table = shown.partition("<tbody>")[2]
        assert "PDF document" in table
        assert "cell-exposure" not in table
        assert "cell-when" not in table


def test_no_column_but_the_name_is_a_choice_too(acme: Acme) -> None:
    client, base = signed_in(acme.bob), f"/o/{acme.slug}/"
    client.post(f"{base}columns/", {})
    shown, names = listed(client, f"{base}files/{acme.folder.pk}/")
    assert names == ["contract.pdf"]
    assert "cell-size" not in shown.partition("<tbody>")[2]


def test_a_column_that_there_is_not_is_refused(acme: Acme) -> None:
    answer = signed_in(acme.bob).post(f"/o/{acme.slug}/columns/", {"columns": "secret"})
    assert answer.status_code == 422


def test_it_never_leads_to_another_host(acme: Acme) -> None:
    client = signed_in(acme.bob)
    for back in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x"):
        answer = client.post(f"/o/{acme.slug}/columns/", {"back": back})
        assert answer.headers["Location"] == f"/o/{acme.slug}/files/"


def test_the_order_chosen_last_holds_in_the_next_folder_and_session(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "zebra.pdf")
    folder = f"/o/{acme.slug}/files/{acme.folder.pk}/"
    first = signed_in(acme.bob)
    assert listed(first, folder)[1] == ["contract.pdf", "zebra.pdf"]
    assert listed(first, f"{folder}?sort=-name")[1] == ["zebra.pdf", "contract.pdf"]
    assert listed(signed_in(acme.bob), folder)[1] == ["zebra.pdf", "contract.pdf"]
    assert listed(signed_in(acme.alice), folder)[1] == ["contract.pdf", "zebra.pdf"]


def test_an_order_that_there_is_no_more_is_forgotten(acme: Acme) -> None:
    User.objects.filter(pk=acme.bob.user_id).update(sort="-colour")
    client, folder = signed_in(acme.bob), f"/o/{acme.slug}/files/{acme.folder.pk}/"
    assert listed(client, folder)[1] == ["contract.pdf"]
    assert client.get(f"{folder}?sort=-colour").status_code == 422


def test_times_are_told_in_the_readers_zone(acme: Acme) -> None:
    bob = User.objects.get(pk=acme.bob.user_id)
    personalise(bob, {"zone": "Asia/Tokyo"})
    shown = signed_in(acme.bob).get(f"/o/{acme.slug}/d/{acme.contract.pk}/").content.decode()
    assert "JST</time>" in shown
    assert "UTC</time>" not in shown
