"""The trail is written: what a row says, how it is numbered and hashed, and by whom alone."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tenants.actor import LinkHolder, System, Trace
from tenants.audit import record
from tenants.events import Event
from tenants.models.audit import AuditEvent, AuditHead, AuditTrace
from tenants.scoping import scope
from tests.cast import PASSWORD, Acme, Rival, signed_in
from tests.factories import body
from tests.house.catalogue import ask
from tests.tenants.scene import acts, bodies, settle_the_trail


def test_a_row_says_who_did_what_to_what_and_when(in_acme: Acme) -> None:
    before = datetime.now(UTC)
    event = record(in_acme.bob, Event.ORGANISATION_ENTERED, in_acme.contract, why="to test")
    said = acts(in_acme.bob)[-1]
    assert before.isoformat() <= said.pop("at").replace("Z", "+00:00")
    assert said == {
        "v": 1,
        "id": str(event),
        "tenant": str(in_acme.tenant_id),
        "actor": {
            "kind": "member",
            "id": str(in_acme.bob.membership_id),
            "user": str(in_acme.bob.user_id),
        },
        "action": "tenants:organisation:entered",
        "subject": {"kind": "document", "id": str(in_acme.contract.pk)},
        "facts": {"why": "to test"},
        "request": "",
    }


def test_links_and_tasks_act_too(in_acme: Acme) -> None:
    record(LinkHolder(in_acme.tenant_id, in_acme.contract.pk), Event.ORGANISATION_ENTERED)
    record(System(in_acme.tenant_id, "sweep"), Event.ORGANISATION_ENTERED)
    link, system = (event["actor"] for event in acts(in_acme.alice)[-2:])
    assert link == {"kind": "link", "id": str(in_acme.contract.pk)}
    assert system == {"kind": "system", "id": "sweep"}


def test_names_and_addresses_lie_beside_it(in_acme: Acme) -> None:
    trace = Trace(ip="192.0.2.7", user_agent="Firefox" + "x" * 500, request_id="r1", name="Bob")
    actor = LinkHolder(in_acme.tenant_id, in_acme.contract.pk, trace=trace)
    event = record(actor, Event.ORGANISATION_ENTERED)
    beside = AuditTrace.objects.get(event=event)
    assert (beside.ip, beside.name, len(beside.user_agent)) == ("192.0.2.7", "Bob", 200)
    assert acts(in_acme.alice)[-1]["request"] == "r1"
    assert "192.0.2.7" not in bodies(in_acme.alice)[-1]


def test_they_can_be_forgotten_without_breaking_it(in_acme: Acme) -> None:
    settle_the_trail()
    before = list(AuditEvent.objects.order_by("seq").values_list("hash", flat=True))
    assert AuditTrace.objects.all().delete()[0] > 0
    assert list(AuditEvent.objects.order_by("seq").values_list("hash", flat=True)) == before


def test_no_row_names_a_person_or_an_address(acme: Acme) -> None:
    """All that the cast does in a browser, and no word of who or where they are."""
    for actor in (acme.alice, acme.bob, acme.carol):
        client = signed_in(actor)
        place = f"/o/{acme.slug}/files/{acme.folder.pk}/"
        client.get(place, headers={"User-Agent": "Firefox/199"}, REMOTE_ADDR="192.0.2.7")
        body(client.get(f"/o/{acme.slug}/d/{acme.contract.pk}/content/"))
        client.post(f"{place}wall/", {"restricted": "on"})
        person = {"principal": f"user:{acme.dan.user_id}", "role": "read"}
        client.post(f"{place}access/", person)
    told = "\n".join(bodies(acme.alice))
    assert len(acts(acme.alice)) > 10
    for word in ("Alice", "Bob", "Carol", "Dan", "@", ".example", "192.0.2.7", "127.0.0.1"):
        assert word not in told, word
    assert "Firefox" not in told
    assert PASSWORD not in told


def test_rows_are_numbered_from_one_without_gaps(in_acme: Acme) -> None:
    settle_the_trail()
    numbers = list(AuditEvent.objects.order_by("id").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert AuditHead.objects.get().seq == len(numbers)


def test_what_is_rolled_back_leaves_no_number(in_acme: Acme) -> None:
    settle_the_trail()
    seq = AuditHead.objects.get().seq
    with transaction.atomic():
        record(in_acme.alice, Event.ORGANISATION_ENTERED)
        transaction.set_rollback(True)
    record(in_acme.alice, Event.ORGANISATION_ENTERED)
    settle_the_trail()
    assert AuditHead.objects.get().seq == seq + 1


def test_each_organisation_counts_its_own(acme: Acme, rival: Rival) -> None:
    settle_the_trail()
    with scope(rival.tenant_id):
        assert AuditHead.objects.get().seq == AuditEvent.objects.count()


# What the application may not do to the trail, whatever it is made to send.
EVENT, HEAD = "INSERT INTO tenants_auditevent", "INSERT INTO tenants_audithead"
FORBIDDEN = [
    "UPDATE tenants_auditevent SET body = '{}'",
    "UPDATE tenants_auditevent SET seq = seq + 1",
    "UPDATE tenants_auditevent SET hash = NULL",
    "DELETE FROM tenants_auditevent",
    "TRUNCATE tenants_auditevent",
    f"{EVENT} (tenant_id, body, seq) SELECT id, '{{}}', 9 FROM tenants_organisation",
    f"{EVENT} (tenant_id, body, hash) SELECT id, '{{}}', '' FROM tenants_organisation",
    f"{EVENT} (id, tenant_id, body) SELECT 1, id, '{{}}' FROM tenants_organisation",
    "UPDATE tenants_audithead SET seq = 0",
    "DELETE FROM tenants_audithead",
    f"{HEAD} (tenant_id, seq, hash) SELECT id, 0, '' FROM tenants_organisation",
    "ALTER TABLE tenants_auditevent DISABLE TRIGGER ALL",
    "ALTER TABLE tenants_auditevent NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY tenant_only ON tenants_auditevent",
    "SET LOCAL session_replication_role = replica",
    "SELECT tenants_chain()",
]


def test_the_application_may_only_add_and_read(in_acme: Acme) -> None:
    settle_the_trail()
    before = ask("SELECT * FROM tenants_auditevent ORDER BY id")
    for statement in FORBIDDEN:
        with (
            pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert ask("SELECT * FROM tenants_auditevent ORDER BY id") == before
